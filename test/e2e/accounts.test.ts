import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { setupCodeOf } from './support/asking.ts';
import { listens } from './support/listening.ts';
import { linksIn, openPostOffice, type PostOffice } from './support/post-office.ts';
import { startProduct, type Product } from './support/product.ts';

let product: Product;
let post: PostOffice;
test.beforeAll(async () => {
	post = await openPostOffice();
	// Reachable from other machines, so set-up asks for the code.
	product = await startProduct({ HOST: '0.0.0.0', SMTP_URL: post.url, MAIL_FROM: 'Heed <heed@heed.test>' });
});
test.afterAll(async () => {
	await product.stop();
	await post.close();
});
test.describe.configure({ mode: 'serial' });

const at = (path: string) => product.url + path;

/** What a screen reader and a phone would trip over: light on a phone, dark on a desktop. */
const looksRight = async (page: Page) => {
	for (const [colorScheme, width] of [
		['light', 360],
		['dark', 1280],
	] as const) {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: 800 });
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
		const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
		expect(overflow).toBeLessThanOrEqual(0);
	}
};

/** Errors of scripts and of the content security policy. */
const watch = (page: Page) => {
	const errors: string[] = [];
	page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
	page.on('pageerror', (error) => errors.push(error.message));
	return errors;
};

const signIn = async (page: Page, email: string, password: string) => {
	await page.getByLabel('E-mail address').fill(email);
	await page.getByLabel('Password', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Sign in' }).click();
};

const send = (path: string, fields: Record<string, string>, headers: Record<string, string>) => {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	return fetch(at(path).replace('heed.test', '127.0.0.1'), {
		method: 'POST',
		body: form,
		redirect: 'manual',
		headers: { accept: 'text/html', ...headers },
	});
};

test('the first visit sets Heed up, with the code that the start printed, and comes back filled in until it is right', async ({
	page,
}) => {
	const errors = watch(page);
	await page.goto(at('/'));
	await expect(page).toHaveURL(/\/setup$/);
	// A password comes back from no server: only a script leaves it in its field.
	await listens(page);
	await looksRight(page);
	await page.getByLabel('Set-up code').fill('WRONG');
	await page.getByLabel('Your name').fill('Ann Perera');
	await page.getByLabel('E-mail address').fill('ann@shop.example');
	await page.getByLabel('Password', { exact: true }).fill('a wide river bends');
	await page.getByLabel('Workspace name').fill('Corner Shop');
	await page.getByLabel('Time zone').selectOption('Asia/Colombo');
	await page.getByLabel('Start with sample data').uncheck();
	await page.getByRole('button', { name: 'Set up Heed' }).click();
	await expect(page.getByText('This is not the code').first()).toBeVisible();
	await expect(page.getByLabel('Your name')).toHaveValue('Ann Perera');
	await expect(page.getByLabel('Time zone')).toHaveValue('Asia/Colombo');
	await expect(page.getByLabel('Start with sample data')).not.toBeChecked();
	await looksRight(page);

	const code = /Set-up code[^:]*: (\S+)/.exec(product.output())![1]!;
	await page.getByLabel('Set-up code').fill(code);
	await page.getByRole('button', { name: 'Set up Heed' }).click();
	await expect(page).toHaveURL(/\/w\/corner-shop\/surveys$/);
	expect(errors.filter((text) => !text.includes('400'))).toEqual([]);
});

test('a browser keeps the session where no script and no other site reaches it', async ({ page }) => {
	await page.goto(at('/'));
	await expect(page).toHaveURL(/\/sign-in$/);
	await looksRight(page);
	await signIn(page, 'ann@shop.example', 'a wide river bends');
	await expect(page).toHaveURL(/\/surveys$/);
	const [cookie] = (await page.context().cookies()).filter(({ name }) => name === 'heed_session');
	expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', domain: 'heed.test' });
	expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('over https the cookie is for https alone', async () => {
	const secure = await startProduct({ PUBLIC_URL: 'https://heed.test' });
	try {
		const form = {
			name: 'Ann',
			email: 'ann@shop.example',
			password: 'a wide river bends',
			workspaceName: 'Shop',
			timeZone: 'UTC',
			language: 'en',
			code: setupCodeOf(secure),
		};
		const port = /127\.0\.0\.1:(\d+)/.exec(secure.output())![1];
		const body = new FormData();
		for (const [name, value] of Object.entries(form)) body.append(name, value);
		const answer = await fetch(`http://127.0.0.1:${port}/setup`, {
			method: 'POST',
			body,
			redirect: 'manual',
			headers: { accept: 'text/html', origin: 'https://heed.test' },
		});
		expect(answer.status).toBe(303);
		expect(answer.headers.get('strict-transport-security')).toContain('max-age');
		const [cookie] = answer.headers.getSetCookie();
		expect(cookie).toMatch(/^__Host-heed_session=[\w-]{43};/);
		for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(flag);
		expect(cookie).not.toContain('Domain');
	} finally {
		await secure.stop();
	}
});

test('forms of other sites are refused, on sign-in, reset and set-up too', async () => {
	const forms: [string, Record<string, string>][] = [
		['/sign-in', { email: 'ann@shop.example', password: 'a wide river bends' }],
		['/forgot', { email: 'ann@shop.example' }],
		['/reset/some-token', { password: 'seven green hats' }],
		['/setup', { name: 'Eve' }],
		['/sign-out', {}],
		['/account?/rename', { name: 'Eve' }],
		['/w/corner-shop/team?/invite', { email: 'eve@evil.example', role: 'member' }],
	];
	for (const [path, fields] of forms)
		for (const origin of ['https://evil.example', 'null', undefined]) {
			const answer = await send(path, fields, origin ? { origin } : {});
			expect(answer.status, `${path} from ${origin}`).toBe(403);
			expect(answer.headers.getSetCookie()).toEqual([]);
		}
	const own = await send('/sign-in', forms[0]![1], { origin: product.url });
	expect(own.status).toBe(303);
});

test('pages of ours carry a strict policy, and other sites may not frame them', async () => {
	const answer = await fetch(at('/sign-in').replace('heed.test', '127.0.0.1'));
	const policy = answer.headers.get('content-security-policy')!;
	expect(policy).toMatch(/script-src 'self' 'nonce-[^']+'/);
	expect(policy).not.toContain("'unsafe-inline' ");
	expect(/script-src [^;]*/.exec(policy)![0]).not.toContain('unsafe');
	expect(policy).toContain("frame-ancestors 'self'");
	expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('a forgotten password is reset by mail, and every other sign-in ends', async ({ page, browser }) => {
	const elsewhere = await (await browser.newContext()).newPage();
	await elsewhere.goto(at('/account'));
	await signIn(elsewhere, 'ann@shop.example', 'a wide river bends');
	await expect(elsewhere.getByRole('heading', { name: 'Your account' })).toBeVisible();

	const errors = watch(page);
	await page.goto(at('/sign-in'));
	await page.getByRole('link', { name: 'Forgot your password?' }).click();
	await looksRight(page);
	await page.getByLabel('E-mail address').fill('ann@shop.example');
	await page.getByRole('button', { name: 'Mail me a link' }).click();
	await expect(page.getByText('Check your mail')).toBeVisible();
	const link = linksIn(await post.mailTo('ann@shop.example', /password/)).find((each) => each.includes('/reset/'))!;
	await page.goto(link);
	await looksRight(page);
	await page.getByLabel('New password').fill('seven green hats');
	await page.getByRole('button', { name: 'Set the password' }).click();
	await expect(page).toHaveURL(/\/surveys$/);
	await page.goto(link);
	await expect(page.getByRole('heading', { name: 'This link has ended' })).toBeVisible();
	await looksRight(page);
	await elsewhere.reload();
	await expect(elsewhere).toHaveURL(/\/sign-in\?next=%2Faccount$/);
	await elsewhere.context().close();
	expect(errors).toEqual([]);
});

test('a colleague is invited by mail, joins, sees, and is removed, which can be undone', async ({ page, browser }) => {
	const errors = watch(page);
	await page.goto(at('/w/corner-shop/team'));
	await signIn(page, 'ann@shop.example', 'seven green hats');
	// The sign-in page has a field of the same name.
	await page.waitForURL('**/w/corner-shop/team');
	await page.getByLabel('E-mail address').fill('ben@shop.example');
	await page.getByText('Sees everything, changes nothing').click();
	await page.getByRole('button', { name: 'Invite' }).click();
	await expect(page.getByText('An invitation goes to ben@shop.example')).toBeVisible();
	await looksRight(page);

	const ben = await (await browser.newContext()).newPage();
	const link = linksIn(await post.mailTo('ben@shop.example')).find((each) => each.includes('/join/'))!;
	await ben.goto(link);
	await looksRight(ben);
	await ben.getByLabel('Your name').fill('Ben Silva');
	await ben.getByLabel('Choose a password').fill('nine tall lamps here');
	await ben.getByRole('button', { name: 'Join' }).click();
	await expect(ben).toHaveURL(/\/w\/corner-shop\/surveys$/);
	await ben.goto(at('/w/corner-shop/team'));
	await expect(ben.getByText('ann@shop.example')).toBeVisible();
	await expect(ben.getByRole('button', { name: 'Invite' })).toHaveCount(0);
	await looksRight(ben);
	await ben.goto(at('/w/corner-shop/settings'));
	await expect(ben.getByRole('heading', { name: 'This is not open to you' })).toBeVisible();
	await looksRight(ben);

	await page.reload();
	await page.getByRole('button', { name: 'Remove Ben Silva' }).click();
	await expect(page.getByText('Removed from the workspace')).toBeVisible();
	await ben.goto(at('/w/corner-shop/team'));
	await expect(ben.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
	await page.getByRole('button', { name: /^Undo/ }).click();
	await expect(page.getByText('Back in the workspace')).toBeVisible();
	await ben.reload();
	await expect(ben.getByText('ann@shop.example')).toBeVisible();
	await ben.context().close();
	expect(errors).toEqual([]);
});

test('the account and the settings are changed, and a refused change keeps what was typed', async ({ page }) => {
	await page.goto(at('/account'));
	await signIn(page, 'ann@shop.example', 'seven green hats');
	await page.getByLabel('Your name').fill('Ann P.');
	await page.getByRole('button', { name: 'Save the name' }).click();
	await expect(page.getByText('Your name is saved')).toBeVisible();
	await looksRight(page);
	await page.goto(at('/w/corner-shop/settings'));
	await page.getByLabel('Quiet period').fill('14');
	await page.getByLabel('Time zone').selectOption('Asia/Yerevan');
	await page.getByRole('button', { name: 'Save the settings' }).click();
	await expect(page.getByText('The settings are saved')).toBeVisible();
	await page.reload();
	await expect(page.getByLabel('Quiet period')).toHaveValue('14');
	await expect(page.getByLabel('Time zone')).toHaveValue('Asia/Yerevan');
	await looksRight(page);
	await page.goto(at('/new-workspace'));
	await looksRight(page);
	await page.getByLabel('Workspace name').fill('Corner Shop');
	await page.getByRole('button', { name: 'Make the workspace' }).click();
	await expect(page).toHaveURL(/\/w\/corner-shop-2\/surveys$/);
	await page.goto(at('/'));
	await expect(page).toHaveURL(/\/w\/corner-shop-2\/surveys$/);
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('signing in and out, and changing who may do what, works', async ({ page }) => {
		await page.goto(at('/w/corner-shop/team'));
		await signIn(page, 'ann@shop.example', 'not the password');
		await expect(page.getByText('No account has this e-mail address and password')).toBeVisible();
		await expect(page.getByLabel('E-mail address')).toHaveValue('ann@shop.example');
		await signIn(page, 'ann@shop.example', 'seven green hats');
		await expect(page).toHaveURL(/\/team$/);
		await page.getByLabel('Role of Ben Silva').selectOption('member');
		await page
			.getByRole('row', { name: /Ben Silva/ })
			.getByRole('button', { name: 'Save' })
			.click();
		await expect(page.getByText('The role is changed')).toBeVisible();
		await expect(page.getByLabel('Role of Ben Silva')).toHaveValue('member');
		await page.goto(at('/sign-out'));
		await page.getByRole('button', { name: 'Sign out' }).click();
		await expect(page).toHaveURL(/\/sign-in$/);
		await page.goto(at('/account'));
		await expect(page).toHaveURL(/\/sign-in\?next/);
	});
});

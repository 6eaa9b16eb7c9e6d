// Text of strangers and colleagues that looks like markup: shown as it was written on every page, mail and file.
import { expect, test, type Page } from '@playwright/test';
import { definition, makeAnswers, makeContact, makeInvitation, makeSurvey } from '#test/support/factories.ts';
import { ask } from './support/asking.ts';
import { runImport, uploadCsv } from './support/importing.ts';
import { furnish, type Furnished } from './support/workspace.ts';

/** Ends the script that hydrates a page, runs one of its own, and loads a picture that runs another. */
const hostile = '</script><script>pwned=1</script><img src=x onerror=pwned=1>';

// Recording a trace runs scripts in every frame, which the sandboxed ones report.
test.use({ trace: 'off' });

let shop: Furnished;
let survey: string;
let person: string;
let invitation: string;
/** Imports, as paths: one whose columns are to be named, and one with refused rows and rows with a remark. */
let uploaded: string;
let imported: string;
let cookie: Awaited<ReturnType<Furnished['signIn']>>;
test.beforeAll(async () => {
	shop = await furnish(hostile);
	const { ctx, workspaceId, scope } = shop;
	cookie = await shop.signIn();
	await ctx.db.models.users.updateOne({ _id: scope.userId }, { $set: { name: hostile } });
	const texts = {
		question: hostile,
		lowLabel: hostile,
		highLabel: hostile,
		followUps: { detractor: hostile, passive: hostile, promoter: hostile },
		thanks: hostile,
	};
	survey = await makeSurvey(ctx, workspaceId, { name: hostile, definition: definition({ texts: { en: texts } }) });
	const properties = [{ key: hostile, value: hostile }];
	person = await makeContact(ctx, workspaceId, { name: hostile, properties });
	invitation = await makeInvitation(ctx, workspaceId, survey, { contactId: person, properties });
	await makeAnswers(ctx, workspaceId, survey, [
		{ score: 2, at: new Date().toISOString(), comment: hostile, contactId: person, properties },
	]);
	const ours = { slug: shop.slug, cookie: headers().cookie, fileName: hostile };
	const cells = (...given: string[]) => given.map((cell) => `"${cell}"`).join(',');
	const people = [cells('email', hostile), cells(hostile, hostile), cells('ana@shop.lk', hostile)].join('\n');
	const answers = [cells('score', 'when', hostile), cells('9', '2024-01-02', hostile), cells(hostile, '', '')].join(
		'\n',
	);
	uploaded = await uploadCsv(shop.product, { ...ours, kind: 'answers', text: answers });
	imported = await uploadCsv(shop.product, { ...ours, kind: 'people', text: people });
	await runImport(shop.product, imported, ours.cookie, ['email', 'language']);
});
test.afterAll(() => shop.stop());

const headers = () => ({ cookie: `${cookie.name}=${cookie.value}` });

const watch = (page: Page) => {
	const problems: string[] = [];
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
	page.on('pageerror', (error) => problems.push(error.message));
	return problems;
};

/** Nothing of it ran, nothing of it became an element, and it is there to be read. */
const isOnlyText = async (page: Page, path: string) => {
	const state = await page.evaluate(() => ({
		ran: 'pwned' in window,
		pictures: document.querySelectorAll('img[src="x"]').length,
		text:
			document.documentElement.textContent + [...document.querySelectorAll('input')].map(({ value }) => value).join(),
	}));
	expect(state, path).toEqual({ ran: false, pictures: 0, text: expect.stringContaining(hostile) });
};

test('managers read it on every page, and nothing of it runs', async ({ page, context }) => {
	await context.addCookies([cookie]);
	const problems = watch(page);
	const base = `/w/${shop.slug}`;
	const by = encodeURIComponent(hostile);
	for (const path of [
		`${base}/surveys`,
		`${base}/surveys/new`,
		`${base}/surveys/${survey}`,
		`${base}/surveys/${survey}?by=${by}&words=${by}`,
		`${base}/surveys/${survey}/edit`,
		`${base}/surveys/${survey}/preview`,
		`${base}/surveys/${survey}/share`,
		`${base}/people`,
		`${base}/people?words=${by}`,
		`${base}/people/${person}`,
		`${base}/people/${person}/edit`,
		`${base}/sendings`,
		`${base}/sendings/new?survey=${survey}&to=property&key=${by}&value=${by}`,
		`${base}/imports`,
		`${base}/imports/answers?survey=${survey}`,
		uploaded,
		imported,
		`${imported}?remarks`,
		`${base}/settings`,
		`${base}/team`,
		'/account',
	]) {
		await page.goto(shop.product.url + path);
		await page.waitForLoadState('networkidle');
		await isOnlyText(page, path);
	}
	expect(problems).toEqual([]);
});

test('the editor draws it anew while somebody types, within the page’s own policy', async ({ page, context }) => {
	await context.addCookies([cookie]);
	const problems = watch(page);
	await page.goto(`${shop.product.url}/w/${shop.slug}/surveys/${survey}/edit`);
	await page.getByLabel('Question', { exact: true }).fill(`${hostile} really?`);
	await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toContainText('really?');
	await expect(page.frameLocator('iframe').locator('img[src="x"]')).toHaveCount(0);
	await isOnlyText(page, 'the editor');
	expect(problems).toEqual([]);
});

for (const hasScript of [true, false])
	test(`customers read it ${hasScript ? 'with' : 'without'} script, and their own comes back as they wrote it`, async ({
		browser,
	}) => {
		const context = await browser.newContext({ javaScriptEnabled: hasScript });
		const page = await context.newPage();
		const problems = watch(page);
		for (const path of [
			shop.link('open', survey),
			shop.link('open', survey, 'e'),
			shop.link('answer', invitation),
			shop.link('preview', survey),
		]) {
			await page.goto(shop.product.url + path);
			expect(await page.locator('body').innerText()).toContain(hostile);
			await expect(page.locator('img[src="x"]')).toHaveCount(0);
		}
		await page.goto(shop.product.url + shop.link('open', survey));
		await page.getByRole('radio').first().check();
		await page.getByRole('textbox').first().fill(hostile);
		await page.getByRole('button', { name: 'Send answer' }).click();
		await expect(page.getByRole('blockquote')).toHaveText(hostile);
		await expect(page.locator('img[src="x"]')).toHaveCount(0);
		expect(problems).toEqual([]);
		await context.close();
	});

test('mails hold it as text, in a frame that runs nothing', async ({ page, context }) => {
	await context.addCookies([cookie]);
	const sent = await ask(shop.product, `/w/${shop.slug}/sendings/new?/test`, {
		fields: { survey },
		headers: headers(),
	});
	expect(sent.status).toBe(200);
	const mail = await shop.ctx.db.models.mailboxMessages.findOne({}).lean<{ _id: object; html: string }>();
	for (const path of [`/mailbox/${String(mail!._id)}/frame`, `/w/${shop.slug}/sendings/preview?survey=${survey}`]) {
		const frame = await ask(shop.product, path, { headers: headers() });
		expect(frame.text).not.toMatch(/<script|<img src=x/i);
		expect(frame.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox allow-popups/);
		await page.goto(shop.product.url + path);
		expect(await page.locator('body').innerText()).toContain(hostile);
	}
	const problems = watch(page);
	for (const path of ['/mailbox', `/mailbox/${String(mail!._id)}`, `/mailbox/${String(mail!._id)}?part=source`]) {
		await page.goto(shop.product.url + path);
		await isOnlyText(page, path);
	}
	expect(problems).toEqual([]);
});

test('files hold it in a quoted field, to be saved and not shown', async () => {
	const exports = ['answers.csv', 'people.csv'].map((name) => `/w/${shop.slug}/surveys/${survey}/${name}`);
	for (const path of [...exports, `${imported}/refused.csv`]) {
		const file = await ask(shop.product, path, { headers: headers() });
		expect(file.text).toContain(hostile);
		expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
		expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
	}
});

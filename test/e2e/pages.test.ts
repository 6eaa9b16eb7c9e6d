// Every page of the file tree, light on a desk and dark on a phone: nothing for axe to find, no error on the console,
// nothing wider than the screen. A page without a case here fails.
import { globSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { heed } from './support/heed.ts';
import { createOwner } from '#test/support/commands.ts';
import { startProduct, type Product } from './support/product.ts';

const password = 'correct horse battery';
let product: Product;
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;
/** What stands for each [parameter] of a route; filled in as the story goes. */
const known: Record<string, string> = { workspace: 'corner-shop' };

/** Metrics whose report looks another way, by the scores in their file. */
const history = {
	ces: [2, 4, 6, 7],
	stars: [1, 3, 5],
	thumbs: [0, 1],
	pmf: [1, 2, 3],
	enps: [2, 8, 10],
	effort: [1, 3, 5],
};

/** Brings past answers on each metric in, twenty of a kind. */
const importHistory = async () => {
	for (const [name, scores] of Object.entries(history)) {
		const path = join(tmpdir(), `heed-${process.pid}-${name}.csv`);
		const rows = Array.from({ length: 60 }, (_, at) => {
			const day = String(1 + (at % 28)).padStart(2, '0');
			const shop = name === 'enps' ? '' : at % 2 ? ',A' : ',B';
			return `${scores[at % scores.length]},2026-0${1 + (at % 6)}-${day},${at % 4 ? '' : `Thought ${at}`}${shop}`;
		});
		writeFileSync(path, [name === 'enps' ? 'score,when,why' : 'score,when,why,shop', ...rows].join('\n'));
		const metric = name === 'effort' ? 'ces-v1' : name;
		const columns = ['--score', 'score', '--date', 'when', '--comment', 'why'];
		await heed(product, ['import-answers', path, '--new', `Past ${name}`, '--metric', metric, ...columns]);
		rmSync(path);
	}
};

const idIn = (address: string) => /([0-9a-f]{24})/.exec(address)![1]!;
const tokenIn = (address: string) => new URL(address).pathname.split('/')[2]!;

test.beforeAll(async ({ browser }) => {
	test.setTimeout(300_000);
	product = await startProduct();
	await heed(product, createOwner('Asia/Colombo'), password);
	await heed(product, ['seed']);
	await importHistory();
	known.resetToken = (await heed(product, ['reset-password', 'mia@shop.lk'])).split('/reset/')[1]!;
	const context = await browser.newContext();
	const page = await context.newPage();
	const base = `${product.url}/w/corner-shop`;
	await page.goto(`${product.url}/sign-in`);
	await page.getByLabel('E-mail address').fill('mia@shop.lk');
	await page.getByLabel('Password', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL('**/surveys');
	for (const name of Object.keys(history))
		known[name] = idIn((await page.getByRole('link', { name: `Past ${name}` }).getAttribute('href'))!);
	await page.getByRole('link', { name: 'After a purchase' }).click();
	await page.waitForURL(/surveys\/[0-9a-f]{24}/);
	known.survey = idIn(page.url());
	await page.locator('a[href*="/people/"]').first().click();
	await page.waitForURL(/people\/[0-9a-f]{24}/);
	known.person = idIn(page.url());
	await page.goto(`${base}/surveys/new`);
	await page.getByRole('button', { name: 'Make the draft' }).click();
	await page.waitForURL('**/edit');
	known.draft = idIn(page.url());
	await page.getByRole('button', { name: 'Publish' }).click();
	await expect(page.getByText('Live').first()).toBeVisible();
	await page.goto(`${base}/surveys/${known.draft}/share`);
	known.openToken = /\/s\/([\w-]+)/.exec(await page.getByRole('textbox', { name: 'Open link' }).inputValue())![1]!;
	await page.goto(`${base}/people/new`);
	await page.getByLabel('Addresses').fill('ana@shop.am');
	await page.getByRole('button', { name: 'Add them' }).click();
	await expect(page.getByText('1 person added').first()).toBeVisible();
	await page.goto(`${base}/sendings/new?survey=${known.draft}`);
	await page.getByRole('button', { name: 'Send to 1 person' }).click();
	await page.waitForURL(/sendings\/[0-9a-f]{24}/);
	known.sending = idIn(page.url());
	await page.goto(`${base}/people/import`);
	const buffer = Buffer.from('E-mail;Name;Plan\nola@shop.am;Ola;Gold\nnobody;;\n');
	await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer });
	await page.locator('main button[type=submit]').click();
	await page.waitForURL(/imports\/[0-9a-f]{24}/);
	known.import = idIn(page.url());
	await page.goto(`${base}/team`);
	await page.getByLabel('E-mail address').fill('colleague@shop.lk');
	await page.getByRole('button', { name: 'Make the link' }).click();
	known.joinToken = /\/join\/([\w-]+)/.exec(await page.getByLabel('Link for colleague@shop.lk').inputValue())![1]!;
	await expect(async () => {
		await page.goto(`${product.url}/mailbox`);
		await page.locator('a[href*="/mailbox/"]').first().click({ timeout: 1000 });
	}).toPass();
	await page.waitForURL(/mailbox\/./);
	known.message = page.url().split('/').pop()!;
	const unsubscribe = page.frameLocator('iframe').locator('a[href*="/u/"]').first();
	known.answerToken = tokenIn((await unsubscribe.getAttribute('href'))!);
	signedIn = await context.storageState();
	await context.close();
});
test.afterAll(() => product.stop());

type Case = { path: () => string; isSignedOut?: boolean };
const inWorkspace = (rest: string): Case => ({
	path: () => `/w/corner-shop${rest.replace(/\[(\w+)\]/g, (_, name: string) => known[name]!)}`,
});
const signedOut = (path: () => string): Case => ({ path, isSignedOut: true });

/** By route; several where a page looks quite different in another state. */
const cases: Record<string, Case[]> = {
	'(app)/account': [{ path: () => '/account' }],
	'(app)/mailbox': [{ path: () => '/mailbox' }],
	'(app)/mailbox/[message]': [{ path: () => `/mailbox/${known.message}` }],
	'(app)/new-workspace': [{ path: () => '/new-workspace' }],
	'(app)/w/[workspace]/imports': [inWorkspace('/imports')],
	'(app)/w/[workspace]/imports/[import]': [inWorkspace('/imports/[import]')],
	'(app)/w/[workspace]/imports/answers': [inWorkspace('/imports/answers')],
	'(app)/w/[workspace]/people': [inWorkspace('/people'), inWorkspace('/people?words=nobody-has-this')],
	'(app)/w/[workspace]/people/[person]': [inWorkspace('/people/[person]')],
	'(app)/w/[workspace]/people/[person]/edit': [inWorkspace('/people/[person]/edit')],
	'(app)/w/[workspace]/people/import': [inWorkspace('/people/import')],
	'(app)/w/[workspace]/people/new': [inWorkspace('/people/new')],
	'(app)/w/[workspace]/sendings': [inWorkspace('/sendings')],
	'(app)/w/[workspace]/sendings/[sending]': [inWorkspace('/sendings/[sending]')],
	'(app)/w/[workspace]/sendings/new': [inWorkspace('/sendings/new'), inWorkspace('/sendings/new?survey=[draft]')],
	'(app)/w/[workspace]/settings': [inWorkspace('/settings')],
	'(app)/w/[workspace]/surveys': [inWorkspace('/surveys'), inWorkspace('/surveys?show=archived')],
	'(app)/w/[workspace]/surveys/[survey]': [
		inWorkspace('/surveys/[survey]?by=product+line&unit=week'),
		inWorkspace('/surveys/[survey]?language=hy&bucket=promoter&words=zzz'),
		inWorkspace('/surveys/[draft]'),
		...Object.keys(history).map((name) => inWorkspace(`/surveys/[${name}]?per=month`)),
		inWorkspace('/surveys/[effort]?by=shop'),
		inWorkspace('/surveys/[enps]?bucket=detractor'),
		inWorkspace('/surveys/[enps]?words=zzz&by=shop'),
	],
	'(app)/w/[workspace]/surveys/[survey]/edit': [
		inWorkspace('/surveys/[draft]/edit'),
		inWorkspace('/surveys/[survey]/edit'),
	],
	'(app)/w/[workspace]/surveys/[survey]/share': [inWorkspace('/surveys/[draft]/share')],
	'(app)/w/[workspace]/surveys/[survey]/settings': [
		inWorkspace('/surveys/[draft]/settings'),
		inWorkspace('/surveys/[survey]/settings'),
	],
	'(app)/w/[workspace]/surveys/[survey]/versions': [inWorkspace('/surveys/[draft]/versions')],
	'(app)/w/[workspace]/settings/touchpoints': [inWorkspace('/settings/touchpoints')],
	'(app)/w/[workspace]/surveys/new': [inWorkspace('/surveys/new')],
	'(app)/w/[workspace]/surveys/[survey]/translations': [
		inWorkspace('/surveys/[draft]/translations'),
		inWorkspace('/surveys/[survey]/translations'),
	],
	'(app)/w/[workspace]/team': [inWorkspace('/team')],
	'(auth)/forgot': [signedOut(() => '/forgot')],
	'(auth)/join/[token]': [signedOut(() => `/join/${known.joinToken}`), signedOut(() => '/join/none')],
	'(auth)/reset/[token]': [signedOut(() => `/reset/${known.resetToken}`), signedOut(() => '/reset/none')],
	'(auth)/setup': [signedOut(() => '/setup')],
	'(auth)/sign-in': [signedOut(() => '/sign-in')],
	'(auth)/sign-out': [{ path: () => '/sign-out' }],
	'e/[token]': [signedOut(() => `/e/${known.openToken}`)],
	's/[token]': [
		...['en', 'ar', 'ta', 'zh'].map((language) => signedOut(() => `/s/${known.answerToken}?score=3&lang=${language}`)),
		signedOut(() => `/s/${known.openToken}`),
		signedOut(() => '/s/altered?lang=ar'),
	],
	'u/[token]': [signedOut(() => `/u/${known.answerToken}`), signedOut(() => `/u/${known.answerToken}?lang=ar`)],
};

const routes = globSync('src/routes/**/+page.svelte').map((file) =>
	dirname(file).replaceAll('\\', '/').replace('src/routes/', ''),
);

test('every page has a case', () => {
	expect(routes.filter((route) => !cases[route]).sort()).toEqual([]);
	expect(
		Object.keys(cases)
			.filter((route) => !routes.includes(route))
			.sort(),
		'cases without a page',
	).toEqual([]);
});

/** Axe tries every frame, and those of mails and previews run no script, ours neither. */
const isOurs = (text: string) => text.startsWith('Blocked script execution in');

const look = async (page: Page, path: string) => {
	const problems: string[] = [];
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
	page.on('pageerror', (error) => problems.push(error.message));
	const answer = await page.goto(`${product.url}${path}`);
	const isMissing = (answer?.status() ?? 500) >= 400;
	await page.waitForLoadState('load');
	// Mails and previews in sandboxed frames run no script, so axe cannot look into them: their own tests do.
	const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).exclude('iframe').analyze();
	const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
	expect.soft(found, `${path}: axe`).toEqual([]);
	// The browser itself notes a page that answers 404 on the console.
	const errors = problems.filter((text) => !(isMissing && text.startsWith('Failed to load resource')) && !isOurs(text));
	expect.soft(errors, `${path}: console`).toEqual([]);
	const { content, screen } = await page.evaluate(() => ({
		content: document.documentElement.scrollWidth,
		screen: document.documentElement.clientWidth,
	}));
	expect.soft(content, `${path}: nothing is wider than the screen`).toBeLessThanOrEqual(screen);
};

for (const [name, options] of [
	['light on a desk', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
	['dark on a phone', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
] as const)
	test(`every page is sound, ${name}`, async ({ browser }) => {
		test.setTimeout(600_000);
		const owner = await browser.newContext({ ...options, storageState: signedIn });
		const stranger = await browser.newContext(options);
		for (const { path, isSignedOut } of routes.sort().flatMap((route) => cases[route] ?? [])) {
			const page = await (isSignedOut ? stranger : owner).newPage();
			await look(page, path());
			await page.close();
		}
		await owner.close();
		await stranger.close();
	});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { Survey } from '#lib/domain/survey/survey.ts';
import type { ResponseRow } from '#lib/server/db/rows/response.ts';
import type { SurveyRow } from '#lib/server/db/rows/survey.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import { openLinks } from '#lib/server/services/sharing.ts';
import { makeAnswers, makeSurvey } from '#test/support/factories.ts';
import { furnish, type Furnished } from './support/workspace.ts';

let shop: Furnished;
let host: Server;
/** What the other site serves: its page's markup, language and policy. */
let site = { html: '', lang: 'en', style: '', policy: '' };

test.beforeAll(async () => {
	shop = await furnish();
	host = createServer((_request, response) => {
		response.setHeader('content-type', 'text/html; charset=utf-8');
		if (site.policy) response.setHeader('content-security-policy', site.policy);
		response.end(
			`<!doctype html><html lang="${site.lang}"><title>A shop</title>${site.style && `<style>${site.style}</style>`}<h1>A shop</h1><div id="place">${site.html}</div><p>After</p>`,
		);
	}).listen(0, '127.0.0.1');
	await new Promise((done) => host.once('listening', done));
});
test.afterAll(async () => {
	host.close();
	await shop.stop();
});

const snippet = (surveyId: string, attributes = '') => {
	const token = shop.link('open', surveyId).slice(3);
	return `<script async src="${shop.product.url}/embed.js" data-survey="${token}" ${attributes}></script>`;
};
const visit = async (page: Page, html: string, rest: Partial<typeof site> = {}) => {
	site = { html, lang: 'en', style: '', policy: '', ...rest };
	await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
};
const survey = (given: Parameters<typeof makeSurvey>[2] = {}) => makeSurvey(shop.ctx, shop.workspaceId, given);
const answers = (surveyId: string) =>
	shop.ctx.db.models.responses.find({ surveyId: new ObjectId(surveyId) }).lean<ResponseRow[]>();
/** The frame as tall as what is in it. */
const fits = async (page: Page) => {
	const content = await page.frameLocator('#place iframe').locator('main').boundingBox();
	const frame = await page.locator('#place iframe').boundingBox();
	return content && frame && Math.abs(content.height - frame.height) <= 1 && frame.height > 200;
};

test('a visitor of another site answers in place, and the place is as tall as its content', async ({ page }) => {
	const problems: string[] = [];
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
	const id = await survey();
	const { url } = shop.product;
	await visit(page, snippet(id), { policy: `default-src 'none'; script-src ${url}; frame-src ${url}` });
	const frame = page.frameLocator('#place iframe');
	await expect(frame.getByRole('heading')).toHaveText(/recommend Ceylon Tea House/);
	await expect.poll(() => fits(page)).toBe(true);
	await expect(page.locator('#place iframe')).toHaveAttribute('title', 'A question from Ceylon Tea House');
	await frame.getByRole('radio', { name: '8 of 10' }).check();
	await frame.getByRole('textbox').fill('from the shop');
	await frame.getByRole('button', { name: 'Send answer' }).click();
	await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Thank you');
	await expect(frame.getByRole('heading', { level: 1 })).toBeFocused();
	await expect.poll(() => fits(page)).toBe(true);
	expect(await answers(id)).toMatchObject([{ score: 8, comment: 'from the shop', channel: 'embed', kind: 'real' }]);
	expect(problems).toEqual([]);
});

test('a visitor answers by keyboard', async ({ page }) => {
	const id = await survey({ metric: 'csat' });
	await visit(page, snippet(id));
	await expect.poll(() => fits(page)).toBe(true);
	await page.keyboard.press('Tab');
	await page.keyboard.press('Space');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toHaveText('Thank you');
	expect(await answers(id)).toHaveLength(1);
});

const set = (id: string, change: Partial<Pick<SurveyRow, 'opensAt' | 'closesAt' | 'quota' | 'archivedAt'>>) =>
	shop.ctx.db.models.surveys.updateOne(
		{ _id: new ObjectId(id), workspaceId: new ObjectId(shop.workspaceId) },
		{ $set: change },
	);
const hour = 3_600_000;
for (const [state, change] of [
	['opens later', () => ({ opensAt: new Date(Date.now() + hour) })],
	['is over', () => ({ closesAt: new Date(Date.now() - hour) })],
	['is archived', () => ({ archivedAt: new Date() })],
	['is full', () => ({ quota: 1 })],
] as const)
	test(`shows nothing while the survey ${state}`, async ({ page }) => {
		const id = await survey();
		await makeAnswers(shop.ctx, shop.workspaceId, id, [{ score: 9, at: new Date().toISOString() }]);
		await visit(page, snippet(id));
		await expect.poll(() => fits(page)).toBe(true);
		await set(id, change());
		const asked = page.waitForResponse(/\/e\//);
		await visit(page, snippet(id));
		expect((await asked).status()).toBe(410);
		await expect(page.locator('iframe')).toHaveCount(0);
		expect((await page.locator('#place').boundingBox())!.height).toBe(0);
	});

test('a survey that ends under a visitor keeps what they wrote, in the same place', async ({ page }) => {
	const id = await survey();
	await visit(page, snippet(id));
	const frame = page.frameLocator('#place iframe');
	await frame.getByRole('radio', { name: '8 of 10' }).check();
	await frame.getByRole('textbox').fill('from the shop');
	await set(id, { closesAt: new Date(Date.now() - hour) });
	await frame.getByRole('button', { name: 'Send answer' }).click();
	await expect(frame.getByRole('heading', { name: 'This survey is closed' })).toBeVisible();
	await expect(frame.getByText('from the shop')).toBeVisible();
	await expect.poll(() => fits(page)).toBe(true);
	expect(await answers(id)).toHaveLength(0);
});

for (const status of ['closed', 'paused', 'draft'] as const)
	test(`shows nothing while the survey is ${status}`, async ({ page }) => {
		const asked = page.waitForResponse(/\/e\//);
		await visit(page, snippet(await survey({ status })));
		expect((await asked).status()).toBe(410);
		await expect(page.locator('iframe')).toHaveCount(0);
		expect((await page.locator('#place').boundingBox())!.height).toBe(0);
	});

test('shows nothing for a token that was altered', async ({ page }) => {
	const asked = page.waitForResponse(/\/e\//);
	await visit(page, snippet(await survey()).replace(/data-survey="..../, 'data-survey="AAAA'));
	expect((await asked).status()).toBe(404);
	await expect(page.locator('iframe')).toHaveCount(0);
});

test('follows the language of the page, from right to left', async ({ page }) => {
	await visit(page, snippet(await survey()), { lang: 'ar-EG' });
	const frame = page.frameLocator('iframe');
	await expect(frame.locator('html')).toHaveAttribute('dir', 'rtl');
	await expect.poll(() => fits(page)).toBe(true);
	const [zero, one] = [frame.getByText('0', { exact: true }).first(), frame.getByText('1', { exact: true }).first()];
	expect((await zero.boundingBox())!.x).toBeGreaterThan((await one.boundingBox())!.x);
});

for (const [style, paper] of [
	['', 'rgb(255, 255, 255)'],
	[':root { color-scheme: light dark }', 'rgb(20, 21, 24)'],
] as const)
	test(`is ${style ? 'dark' : 'light'} at night on a page that can ${style ? '' : 'not '}be dark`, async ({
		browser,
	}) => {
		const context = await browser.newContext({ colorScheme: 'dark' });
		const page = await context.newPage();
		await visit(page, snippet(await survey()), { style });
		const frame = page.frameLocator('iframe');
		await expect(frame.locator('main')).toHaveCSS('background-color', paper);
		await expect.poll(() => fits(page)).toBe(true);
		const { violations } = await new AxeBuilder({ page }).include('#place').analyze();
		expect(violations.map(({ id }) => id)).toEqual([]);
		await context.close();
	});

test('every score can be tapped in a place of 240 px', async ({ page }) => {
	await visit(page, snippet(await survey()), { style: '#place { width: 240px }' });
	await expect.poll(() => fits(page)).toBe(true);
	const scores = page.frameLocator('iframe').getByRole('radio');
	for (const { width, height } of await scores.evaluateAll((all) => all.map((one) => one.getBoundingClientRect()))) {
		expect(width).toBeGreaterThanOrEqual(44);
		expect(height).toBeGreaterThanOrEqual(44);
	}
	const main = page.frameLocator('iframe').locator('main');
	expect(await main.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(240);
});

test.describe('without script', () => {
	test.use({ javaScriptEnabled: false });

	test('a visitor finds the link in place of the question, in the survey’s language', async ({ page }) => {
		const id = await survey();
		const given = { id, workspaceId: shop.workspaceId, draft: { language: 'de' } } as Survey;
		await visit(page, openLinks(shop.ctx, given, { name: 'Tea & "Co"' }).embedSnippet);
		await page.getByRole('link', { name: 'Eine Frage von Tea & "Co"' }).click();
		await expect(page.getByRole('radio')).toHaveCount(11);
	});
});

test('several on one page, each its own', async ({ page }) => {
	const [first, second] = [await survey(), await survey({ metric: 'csat' })];
	await visit(page, snippet(first) + snippet(second));
	await expect(page.locator('iframe')).toHaveCount(2);
	await expect(page.frameLocator('iframe >> nth=0').getByRole('radio')).toHaveCount(11);
	await expect(page.frameLocator('iframe >> nth=1').getByRole('radio')).toHaveCount(5);
});

test('a message from elsewhere changes nothing', async ({ page }) => {
	await visit(page, snippet(await survey()));
	await expect.poll(() => fits(page)).toBe(true);
	await page.evaluate(() => postMessage({ heed: 'gone' }, '*'));
	await page.evaluate(() => postMessage({ heed: 'size', height: 9999, title: 'x' }, '*'));
	await page.waitForTimeout(200);
	expect(await fits(page)).toBe(true);
});

test('only the embedded form may be framed', async ({ request }) => {
	const id = await survey();
	const policyOf = async (path: string) =>
		(await request.get(shop.product.url.replace('heed.test', '127.0.0.1') + path)).headers()['content-security-policy'];
	expect(await policyOf(shop.link('open', id, 'e'))).toContain('frame-ancestors *');
	expect(await policyOf('/e/altered')).toContain('frame-ancestors *');
	expect(await policyOf(shop.link('open', id))).toContain("frame-ancestors 'self'");
	expect(await policyOf('/sign-in')).toContain("frame-ancestors 'self'");
	expect(await policyOf(shop.link('open', id, 'e'))).not.toMatch(/script-src[^;]*unsafe/);
});

test('browsers keep the script for five minutes and then ask for its content by hash', async () => {
	const address = `${shop.product.address}/embed.js`;
	for (const encoding of ['br', 'identity']) {
		const headers = { 'accept-encoding': encoding };
		const first = await fetch(address, { headers });
		expect(first.headers.get('cache-control')).toBe('public, max-age=300, stale-while-revalidate=86400');
		expect((await first.text()).length).toBeGreaterThan(500);
		const tag = first.headers.get('etag')!;
		expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
		const again = await fetch(address, { headers: { ...headers, 'if-none-match': tag } });
		expect(again.status).toBe(304);
		expect(again.headers.get('etag')).toBe(tag);
		const other = await fetch(address, { headers: { ...headers, 'if-none-match': 'W/"another"' } });
		expect(other.status).toBe(200);
	}
});

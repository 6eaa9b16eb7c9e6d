import { brotliCompressSync, constants } from 'node:zlib';
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { languages } from '#lib/domain/survey/language.ts';
import { newQuestion, questionKinds } from '#lib/domain/survey/question.ts';
import type { Metric } from '#lib/domain/survey/metric.ts';
import type { ResponseRow } from '#lib/server/db/rows/response.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import { makeInvitation, makeSurvey } from '#test/support/factories.ts';
import { furnish, type Furnished } from './support/workspace.ts';

let shop: Furnished;
test.beforeAll(async () => {
	shop = await furnish();
});
test.afterAll(() => shop.stop());

const survey = (given: Parameters<typeof makeSurvey>[2] = {}) => makeSurvey(shop.ctx, shop.workspaceId, given);
const invite = async (surveyId: string, given: Parameters<typeof makeInvitation>[3] = {}) =>
	shop.link('answer', await makeInvitation(shop.ctx, shop.workspaceId, surveyId, given));
const answers = (surveyId: string) =>
	shop.ctx.db.models.responses.find({ surveyId: new ObjectId(surveyId) }).lean<ResponseRow[]>();
const address = (path: string) => shop.product.url + path;
const post = (path: string, fields: Record<string, string> | FormData | Blob, headers: Record<string, string> = {}) => {
	let body: FormData | Blob;
	if (fields instanceof Blob || fields instanceof FormData) body = fields;
	else {
		body = new FormData();
		for (const [name, value] of Object.entries(fields)) body.append(name, value);
	}
	return fetch(address(path).replace('heed.test', '127.0.0.1'), {
		method: 'POST',
		body,
		redirect: 'manual',
		headers: { accept: 'text/html', ...headers },
	});
};
const brotli = (text: string) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;

for (const scripts of [true, false])
	test.describe(scripts ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled: scripts, viewport: { width: 360, height: 740 } });

		test('a customer taps 9 in a mail, comments, sends, and changes the answer', async ({ page }) => {
			const id = await survey();
			const link = await invite(id);
			await page.goto(address(`${link}?score=9`));
			await expect(page.getByRole('radio', { name: '9 of 10' })).toBeChecked();
			await page.getByLabel('What did you like most?').fill('The tea 🍵');
			await page.getByRole('button', { name: 'Send answer' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
			await expect(page.getByRole('blockquote')).toHaveText('The tea 🍵');
			expect(await answers(id)).toMatchObject([{ score: 9, comment: 'The tea 🍵', channel: 'email' }]);

			await page.goto(address(link));
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have already answered. Thank you.');
			await page.getByRole('button', { name: 'Change your answer' }).click();
			await expect(page.getByRole('radio', { name: '9 of 10' })).toBeChecked();
			await page.getByRole('radio', { name: '3 of 10' }).check();
			await expect(page.getByLabel('What should we do better?')).toHaveValue('The tea 🍵');
			await page.getByRole('button', { name: 'Save change' }).click();
			await expect(page.getByText('Your change is saved.')).toBeVisible();
			expect(await answers(id)).toMatchObject([{ score: 3, comment: 'The tea 🍵' }]);
		});

		test('anyone answers an open link once for each form, and changes it from there', async ({ page }) => {
			const id = await survey({ metric: 'csat' });
			await page.goto(address(shop.link('open', id)));
			await page.getByRole('radio', { name: '2 of 5' }).check();
			await page.getByLabel('What should we have done better?').fill('Answer sooner');
			await page.getByRole('button', { name: 'Send answer' }).click();
			await expect(page.getByText('2 of 5, Dissatisfied')).toBeVisible();
			await page.getByRole('button', { name: 'Change your answer' }).click();
			await page.getByRole('radio', { name: '5 of 5' }).check();
			await page.getByRole('button', { name: 'Save change' }).click();
			await expect(page.getByText('5 of 5, Very satisfied')).toBeVisible();
			expect(await answers(id)).toMatchObject([{ score: 5, comment: 'Answer sooner', channel: 'link' }]);
		});

		test('switching the language keeps what was typed, and answers nothing', async ({ page }) => {
			const id = await survey();
			await page.goto(address(shop.link('open', id)));
			await page.getByRole('radio', { name: '4 of 10' }).check();
			await page.getByRole('textbox').fill('kept');
			await page.getByText('English').click();
			await page.getByRole('button', { name: 'العربية' }).click();
			await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
			await expect(page.getByRole('textbox')).toHaveValue('kept');
			await expect(page.locator('input:checked')).toHaveValue('4');
			expect(await answers(id)).toHaveLength(0);
			await page.getByRole('button', { name: 'إرسال الإجابة' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('شكرًا لك');
			expect(await answers(id)).toMatchObject([{ score: 4, language: 'ar' }]);
		});

		test('a comment that is too long comes back whole, with the reason', async ({ page }) => {
			const id = await survey();
			const comment = 'ක'.repeat(10_001);
			await page.goto(address(`${await invite(id)}?score=7`));
			await page.getByRole('textbox').fill(comment);
			await page.getByRole('button', { name: 'Send answer' }).click();
			await expect(page.getByRole('alert')).toContainText('1 character too long');
			await expect(page.getByRole('textbox')).toHaveValue(comment);
			await expect(page.locator('input:checked')).toHaveValue('7');
			await page.getByRole('textbox').fill(comment.slice(1));
			await page.getByRole('button', { name: 'Send answer' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
			expect((await answers(id))[0]?.comment).toHaveLength(10_000);
		});

		test('a survey that closed meanwhile says so, and shows what was typed', async ({ page }) => {
			const id = await survey();
			await page.goto(address(await invite(id)));
			await page.getByRole('radio', { name: '8 of 10' }).check();
			await page.getByRole('textbox').fill('Too late?');
			await shop.ctx.db.models.surveys.updateOne({ _id: id }, { $set: { status: 'closed' } });
			await page.getByRole('button', { name: 'Send answer' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('This survey is closed');
			await expect(page.getByRole('blockquote')).toHaveText('Too late?');
			expect(await answers(id)).toHaveLength(0);
		});
	});

test('a scanner that opens every link, with HEAD and GET, changes nothing', async () => {
	const id = await survey();
	const link = await invite(id);
	const everything = async () =>
		JSON.stringify([
			await shop.ctx.db.models.responses.find({}).lean(),
			await shop.ctx.db.models.invitations.find({}).lean(),
			await shop.ctx.db.models.surveys.find({}).lean(),
			await shop.ctx.db.models.staleDays.find({}).lean(),
		]);
	const before = await everything();
	const queries = ['', '?change=1', '?done=given', ...Array.from({ length: 11 }, (_, score) => `?score=${score}`)];
	for (const path of [link, shop.link('open', id), shop.link('open', id, 'e'), shop.link('preview', id)])
		for (const query of queries)
			for (const method of ['HEAD', 'GET']) {
				const response = await fetch(address(path + query).replace('heed.test', '127.0.0.1'), { method });
				expect(response.status).toBe(200);
			}
	expect(await everything()).toBe(before);
});

test.describe('a form that cannot be taken', () => {
	const wrong = ['11', '-1', '9.5', '', ' 9', '1e1', '٩'];
	for (const score of wrong)
		test(`with the score "${score}" comes back with the comment and the reason`, async () => {
			const id = await survey();
			const response = await post(await invite(id), { score, comment: 'kept <b>&amp;' });
			expect(response.status).toBe(400);
			const html = await response.text();
			expect(html).toContain('Choose a number first');
			expect(html).toContain('kept &lt;b>&amp;amp;');
			expect(await answers(id)).toHaveLength(0);
		});

	test('with several scores, or none, or files in their place, is not taken either', async () => {
		const id = await survey();
		const several = new FormData();
		several.append('score', '9');
		several.append('score', '3');
		several.append('comment', new File(['x'], 'comment.txt'));
		const file = new FormData();
		file.append('score', new File(['9'], 'score.txt'));
		for (const form of [several, file, new FormData()]) expect((await post(await invite(id), form)).status).toBe(400);
		expect(await answers(id)).toHaveLength(0);
	});

	test('of more than 64 KB is refused in words, whatever its length says', async () => {
		const id = await survey();
		const link = await invite(id, { language: 'hy' });
		const response = await post(link, { score: '9', comment: 'x'.repeat(1_000_000) });
		expect(response.status).toBe(413);
		expect(await response.text()).toContain('lang="hy"');
		const chunked = await fetch(address(link).replace('heed.test', '127.0.0.1'), {
			method: 'POST',
			body: new ReadableStream({
				start(controller) {
					for (let n = 0; n < 20; n++) controller.enqueue(new TextEncoder().encode(`comment=${'x'.repeat(10_000)}&`));
					controller.close();
				},
			}),
			headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
			duplex: 'half',
		} as RequestInit);
		expect(chunked.status).toBe(413);
		expect(await answers(id)).toHaveLength(0);
	});

	test('or a link that was altered, is met in the language of the browser', async () => {
		const link = await invite(await survey());
		for (const path of [link.slice(0, -1), `${link}x`, '/s/abc', link.replace(/.$/, '%00')]) {
			const response = await fetch(address(path).replace('heed.test', '127.0.0.1'), {
				headers: { 'accept-language': 'si-LK,en;q=0.5' },
			});
			expect(response.status).toBe(404);
			expect(await response.text()).toContain('<html lang="si" dir="ltr">');
		}
	});

	test('or a link that was cut off, or has more at its end, too', async () => {
		const link = await invite(await survey());
		for (const path of ['/s', '/s/', '/e/', '/u', `${link}/more`, `${link}/a/b`, '/u/abc/more']) {
			const response = await fetch(address(path).replace('heed.test', '127.0.0.1'), {
				headers: { 'accept-language': 'de' },
			});
			expect(response.status, path).toBe(404);
			expect(await response.text(), path).toContain('Dieser Link funktioniert nicht');
		}
	});
});

test('twenty posts of one form at once are one answer', async () => {
	const id = await survey();
	const link = await invite(id);
	const statuses = await Promise.all(
		Array.from({ length: 20 }, async (_, n) => (await post(link, { score: String(n % 11), comment: '' })).status),
	);
	expect(new Set(statuses)).toEqual(new Set([303]));
	expect(await answers(id)).toHaveLength(1);
});

test('the page is one request, and at most 4 KB, in every language', async ({ page }) => {
	const requests: string[] = [];
	page.on('request', (request) => requests.push(new URL(request.url()).pathname));
	const sizes: Record<string, number> = {};
	for (const metric of ['nps', 'csat'] as Metric[]) {
		const id = await survey({ metric });
		for (const language of languages) {
			const link = await invite(id, { language });
			requests.length = 0;
			const response = await page.goto(address(`${link}?score=3`));
			await page.waitForLoadState('networkidle');
			expect(requests.filter((path) => path !== '/favicon.svg')).toEqual([link]);
			sizes[`${metric} ${language}`] = brotli(await response!.text());
		}
	}
	console.log('Customer page, brotli bytes:', JSON.stringify(sizes));
	expect(Math.max(...Object.values(sizes))).toBeLessThanOrEqual(4096);
	const embed = brotli(readFileSync('build/client/embed.js', 'utf8')) + Math.max(...Object.values(sizes));
	console.log('Embed, loader and widget, brotli bytes:', embed);
	expect(embed).toBeLessThanOrEqual(5120);
});

const tapTargets = (page: Page) =>
	page.locator('input[type=radio], button, summary').evaluateAll((all) =>
		all.map((one) => {
			const { width, height } = one.getBoundingClientRect();
			return { name: one.getAttribute('aria-label') ?? one.textContent, width, height };
		}),
	);

for (const metric of ['nps', 'csat'] as Metric[])
	test(`every score of ${metric} is at least 44 by 44 at 320 px, and nothing is wider than the screen`, async ({
		browser,
	}) => {
		const id = await survey({ metric });
		const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
		for (const language of languages) {
			await page.goto(address(await invite(id, { language })));
			await page.locator('summary').click();
			for (const { name, width, height } of await tapTargets(page)) {
				expect(height, `${language}: ${name}`).toBeGreaterThanOrEqual(44);
				expect(width, `${language}: ${name}`).toBeGreaterThanOrEqual(44);
			}
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
		}
		await page.close();
	});

test('a word that is wider than the screen is broken, wherever it stands', async ({ browser }) => {
	const word = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabteilung';
	const questions = questionKinds.map((kind, at) => newQuestion(kind, `q${at + 1}`));
	const words = Object.fromEntries(
		questions.map((question) => [
			question.id,
			{
				title: word,
				description: word,
				...('options' in question && { options: Object.fromEntries(question.options.map((id) => [id, word])) }),
				...('rows' in question && { rows: Object.fromEntries(question.rows.map((id) => [id, word])) }),
			},
		]),
	);
	const id = await survey({
		definition: {
			questions,
			endings: { promoter: { kind: 'permission' } },
			texts: { en: { question: word, questions: words, endings: { promoter: { text: word, button: word } } } },
		},
	});
	const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
	await page.goto(address(`${await invite(id)}?score=9`));
	for (const step of ['Send answer', 'Continue', 'Continue', 'Continue', 'Continue', '']) {
		expect(await page.evaluate(() => document.documentElement.scrollWidth), step).toBeLessThanOrEqual(320);
		if (step) await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: step }).click()]);
	}
	await expect(page.getByRole('button', { name: word })).toBeVisible();
	await page.close();
});

for (const colorScheme of ['light', 'dark'] as const)
	test(`axe finds nothing in either direction, ${colorScheme}`, async ({ browser }) => {
		const context = await browser.newContext({ colorScheme });
		const page = await context.newPage();
		const [nps, csat] = [await survey(), await survey({ metric: 'csat' })];
		const closed = await survey({ status: 'closed' });
		const check = async (path: string) => {
			await page.goto(address(path));
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(
				violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
				path,
			).toEqual([]);
		};
		for (const language of ['en', 'ar', 'ta', 'zh'] as const) {
			await check(`${await invite(nps, { language })}?score=9`);
			await check(`${await invite(csat, { language })}?score=2`);
			await check(`${shop.link('open', closed)}?lang=${language}`);
			const answered = await invite(nps, { language });
			await post(answered, { score: '9', comment: 'ok' });
			await check(answered);
		}
		await context.close();
	});

test('answers are given by keyboard alone', async ({ page }) => {
	const id = await survey();
	await page.goto(address(await invite(id)));
	await page.keyboard.press('Tab');
	await page.keyboard.press('Space');
	for (let n = 0; n < 6; n++) await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Tab');
	await page.keyboard.type('by keyboard');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
	expect(await answers(id)).toMatchObject([{ score: 6, comment: 'by keyboard' }]);
});

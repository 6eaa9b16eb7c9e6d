// A real file of answers, through the page and through the command: the figures that somebody else counted.
import { existsSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { heed } from './support/heed.ts';
import { startProduct, type Product } from './support/product.ts';

const file = process.env.OLIST_CSV ?? '';
test.skip(!existsSync(file), 'Set OLIST_CSV to the Olist order reviews to run this against them.');

let product: Product;
let page: Page;
const base = () => `${product.url}/w/corner-shop`;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
	if (!existsSync(file)) return;
	product = await startProduct();
	const owner = ['--email', 'mia@shop.lk', '--name', 'Mia', '--workspace', 'Corner Shop', '--time-zone', 'UTC'];
	await heed(product, ['create-owner', ...owner], 'correct horse battery');
	page = await (await browser.newContext()).newPage();
	await page.goto(`${product.url}/sign-in`);
	await page.getByLabel('E-mail address').fill('mia@shop.lk');
	await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL('**/surveys');
});
test.afterAll(async () => product?.stop());

/** The survey's headline, its chart's table and its export. */
const expectFigures = async (name: string, count: string, share: string) => {
	await page.goto(`${base()}/surveys`);
	await page.getByRole('link', { name }).first().click();
	await page.waitForURL(/surveys\/[0-9a-f]{24}/);
	// A survey that was never published opens in its editor.
	const address = page.url().replace(/\/edit$/, '');
	await page.goto(address);
	await expect(page.getByText(`${count} answers`).first()).toBeVisible();
	for (const [month, shown] of [
		['2017-11', '75.2'],
		['2018-03', '70.6'],
		['2018-08', '80.3'],
	] as const) {
		await page.goto(`${address}?unit=month`);
		await page.getByText('Show as table').click();
		const label = new Date(`${month}-15`).toLocaleDateString('en-GB', {
			month: 'short',
			year: 'numeric',
			timeZone: 'UTC',
		});
		await expect(page.locator('details tr', { hasText: label })).toContainText(shown);
	}
	const text = await (await page.request.get(`${address}/answers.csv`)).text();
	const header = text.slice(0, text.indexOf('\r\n')).replace('\uFEFF', '').split(',');
	const { parse } = await import('csv-parse/sync');
	const rows = parse(text, { columns: true, bom: true }) as Record<string, string>[];
	const scoreColumn = header.find((title) => /score/i.test(title))!;
	const satisfied = rows.filter((row) => Number(row[scoreColumn]) >= 4).length;
	expect(rows.length.toLocaleString('en')).toBe(count);
	expect(((100 * satisfied) / rows.length).toFixed(2)).toBe(share);
};

test('through the page, with the id column: 6,121 answers, 77.52 %', async () => {
	await page.goto(`${base()}/imports/answers`);
	await page.locator('input[type=file]').setInputFiles(file);
	await page.getByRole('button', { name: 'Upload' }).click();
	await page.waitForURL(/imports\/[0-9a-f]{24}/);
	const is = async (column: string, role: string) => page.getByLabel(`What “${column}” is`).selectOption(role);
	await is('review_id', 'id');
	await is('order_id', 'skip');
	await is('review_score', 'score');
	await is('review_comment_title', 'skip');
	await is('review_comment_message', 'comment');
	await is('review_creation_date', 'askedAt');
	await is('review_answer_timestamp', 'date');
	await page.getByLabel('Name of the new survey').fill('Delivery, from the page');
	await page.locator('input[name=metric][value=csat]').check({ force: true });
	await page.getByRole('button', { name: /^Import 6,123/ }).click();
	await expect(page.getByText('6,121').first()).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText('The same id as', { exact: false }).first()).toBeVisible();
	await expectFigures('Delivery, from the page', '6,121', '77.52');
});

test('through the command, without the id column: 6,123 answers, 77.53 %', async () => {
	const columns = [
		'--score',
		'review_score',
		'--date',
		'review_answer_timestamp',
		'--asked-at',
		'review_creation_date',
	];
	const target = ['--new', 'Delivery, by command', '--metric', 'csat', '--comment', 'review_comment_message'];
	const output = await heed(product, ['import-answers', file, ...target, ...columns, '--time-zone', 'UTC']);
	expect(output).toContain('6,123');
	await expectFigures('Delivery, by command', '6,123', '77.53');
});

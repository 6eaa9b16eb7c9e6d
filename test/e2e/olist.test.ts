// A real file of answers, through the page and through the command: the figures that somebody else counted.
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test, type Page } from '@playwright/test';
import { heed } from './support/heed.ts';
import { startProduct, type Product } from './support/product.ts';

const file = process.env.OLIST_CSV ?? '';
test.skip(!existsSync(file), 'Set OLIST_CSV to the file olist-order-reviews.csv to import it.');
test.describe.configure({ mode: 'serial' });

/** Satisfied, all and their share in per cent, by the month of the answer; the whole file under ''. */
const counted = {
	withIds: { '': [4745, 6121, '77.52'], refused: 2 },
	withoutIds: { '': [4747, 6123, '77.53'], refused: 0 },
	months: { 'Nov 2017': [206, 274, '75.18'], 'Mar 2018': [343, 486, '70.58'], 'Aug 2018': [444, 553, '80.29'] },
} as const;
const isoMonths: Record<string, string> = { 'Nov 2017': '2017-11', 'Mar 2018': '2018-03', 'Aug 2018': '2018-08' };
type Figures = readonly [satisfied: number, all: number, share: string];

let product: Product;
let page: Page;
test.beforeAll(async ({ browser }) => {
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

const text = (count: number) => count.toLocaleString('en');

/** Counted from rows of the export. */
const figuresIn = (rows: Record<string, string>[]): Figures => {
	const satisfied = rows.filter(({ Bucket }) => Bucket === 'satisfied').length;
	return [satisfied, rows.length, ((100 * satisfied) / rows.length).toFixed(2)];
};

/** The survey's headline, its chart's table and its export. */
const expectFigures = async (name: string, whole: Figures) => {
	await page.goto(`${product.url}/w/corner-shop/surveys`);
	const line = page.getByRole('row', { name });
	await expect(line).toContainText(`${whole[2]}\u00a0%`);
	await expect(line).toContainText(text(whole[1]));
	await line.getByRole('link', { name }).click();
	// It is a draft that nobody was asked with, and has answers: they are what it opens at.
	await page.waitForURL(/surveys\/[0-9a-f]{24}$/);
	const address = page.url();
	const headline = page.locator('.headline');
	await expect(headline).toContainText(`${whole[2]}\u00a0%`);
	await expect(headline).toContainText(`${text(whole[1])} answers`);

	await page.goto(`${address}?per=month`);
	await page.getByText('Show as table').click();
	for (const [month, [satisfied, all, share]] of Object.entries(counted.months)) {
		const row = page.locator('details tr', { has: page.getByRole('rowheader', { name: month }) });
		await expect(row.locator('td').first()).toHaveText(new RegExp(`^${share} \\(`));
		await expect(row.locator('td').last()).toHaveText(text(all));
		await expect(row.getByRole('cell', { name: text(satisfied), exact: true })).toBeVisible();
	}

	const downloading = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Export answers' }).click();
	const csv = readFileSync(await (await downloading).path(), 'utf8');
	const rows = parse(csv, { columns: true, bom: true }) as Record<string, string>[];
	expect(figuresIn(rows)).toEqual(whole);
	expect(rows.filter(({ Score }) => Number(Score) >= 4)).toHaveLength(whole[0]);
	for (const [month, figures] of Object.entries(counted.months)) {
		const isWithin = (row: Record<string, string>) => row['Answered at']!.startsWith(isoMonths[month]!);
		expect(figuresIn(rows.filter(isWithin)), month).toEqual(figures);
	}
};

for (const [how, idRole, { '': whole, refused }] of [
	['with the id column', 'id', counted.withIds],
	['without it', 'skip', counted.withoutIds],
] as const) {
	test(`through the page, ${how}: ${text(whole[1])} answers, ${whole[2]} %`, async () => {
		const name = `Delivery, from the page, ${how}`;
		await page.goto(`${product.url}/w/corner-shop/imports/answers`);
		await page.locator('input[type=file]').setInputFiles(file);
		await page.getByRole('button', { name: 'Upload' }).click();
		await page.waitForURL(/imports\/[0-9a-f]{24}/);
		const roles = {
			review_id: idRole,
			order_id: 'skip',
			review_score: 'score',
			review_comment_title: 'skip',
			review_comment_message: 'comment',
			review_creation_date: 'askedAt',
			review_answer_timestamp: 'date',
		};
		for (const [column, role] of Object.entries(roles)) await page.getByLabel(`What “${column}” is`).selectOption(role);
		await page.getByLabel('Name of the new survey').fill(name);
		await page.locator('input[name=metric][value=csat]').check({ force: true });
		await page.getByRole('button', { name: 'Import 6,123 answers' }).click();
		await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 60_000 });
		await expect(page.locator('.stat', { hasText: 'Added' })).toContainText(text(whole[1]));
		await expect(page.locator('.stat', { hasText: 'Refused' })).toContainText(text(refused));
		await expect(page.getByText('The same id as line')).toHaveCount(refused);
		await expectFigures(name, whole);
	});

	test(`through the command, ${how}: ${text(whole[1])} answers, ${whole[2]} %`, async () => {
		const name = `Delivery, by command, ${how}`;
		const options = {
			new: name,
			metric: 'csat',
			score: 'review_score',
			date: 'review_answer_timestamp',
			'asked-at': 'review_creation_date',
			comment: 'review_comment_message',
			...(idRole === 'id' && { id: 'review_id' }),
		};
		const words = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]);
		const output = await heed(product, ['import-answers', file, ...words]);
		expect(output).toContain(`${text(whole[1])} added, 0 were here already, ${refused} refused.`);
		expect(output.match(/The same id as line \d+/g) ?? []).toHaveLength(refused);
		await expectFigures(name, whole);
	});
}

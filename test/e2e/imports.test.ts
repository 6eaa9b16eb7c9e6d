// A manager brings people and past answers: what they see before anything is imported, and what is made of it.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { makeSurvey } from '#test/support/factories.ts';
import { furnish, type Furnished } from './support/workspace.ts';

let tea: Furnished;
test.beforeAll(async () => {
	tea = await furnish();
});
test.afterAll(() => tea.stop());

const open = async (browser: Browser, path: string, javaScriptEnabled = true): Promise<Page> => {
	const context = await browser.newContext({ javaScriptEnabled, locale: 'en-GB' });
	await context.addCookies([await tea.signIn()]);
	const page = await context.newPage();
	await page.goto(`${tea.product.url}/w/${tea.slug}${path}`);
	return page;
};
const upload = async (page: Page, name: string, text: string) => {
	await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
	await page.getByRole('button', { name: 'Upload' }).click();
	await page.waitForURL(/imports\/[0-9a-f]{24}/);
};
const preview = (page: Page) => page.getByRole('table', { name: 'The first rows as they will be read' });
const row = (page: Page, at: number) => preview(page).locator('tbody tr').nth(at);

const answers = [
	'rating,answered,remark,customer e-mail,shop',
	'9.0,03/02/2024 23:30,Good tea,ana@shop.lk,Galle',
	'4,04/02/2024 10:00,,,Kandy',
	'9.5,05/02/2024 10:00,Half,,Kandy',
].join('\n');

test('past answers are shown as what they will become, by the format, zone and scale chosen', async ({ browser }) => {
	const survey = await makeSurvey(tea.ctx, tea.workspaceId, { name: 'After a purchase' });
	const page = await open(browser, `/surveys/${survey}`);
	await page.getByRole('link', { name: 'Bring past answers' }).click();
	await upload(page, 'old answers.csv', answers);
	await expect(page.getByLabel('Survey', { exact: true })).toHaveValue(survey);
	await page.getByLabel('What “rating” is').selectOption('score');
	await page.getByLabel('What “answered” is').selectOption('date');
	await expect(page.getByLabel('What “remark” is')).toHaveValue('comment');

	// Day and month cannot be told apart: nothing is guessed.
	await expect(page.getByText('As they stand in the file.')).toBeVisible();
	await expect(row(page, 0)).toContainText('03/02/2024 23:30');
	await page.getByLabel('How dates are written').selectOption('month-first');
	await expect(row(page, 0)).toContainText('2 Mar 2024, 23:30');
	await page.getByLabel('How dates are written').selectOption('day-first');
	await expect(row(page, 0)).toContainText('3 Feb 2024, 23:30');
	await expect(row(page, 0)).toContainText('promoter');
	await expect(row(page, 1)).toContainText('detractor');
	await expect(row(page, 2)).toContainText('Will be refused: 9.5 is not a whole number');
	await page.getByLabel('Time zone').selectOption('Asia/Colombo');
	await expect(row(page, 0)).toContainText('3 Feb 2024, 18:00');
	await expect(page.getByText('Times are shown in UTC')).toBeVisible();

	await page.getByLabel('Survey', { exact: true }).selectOption('new');
	await page.locator('input[name=metric][value=csat]').check({ force: true });
	await expect(row(page, 0)).toContainText('Will be refused: 9.0 is not on the scale from 1 to 5');
	await expect(row(page, 1)).toContainText('satisfied');
	const whole = page.getByRole('region', { name: 'What the whole file will become' });
	await page.getByRole('button', { name: 'Check every row' }).click();
	await expect(whole.locator('.stat', { hasText: 'Will be refused' })).toContainText('2');
	await expect(whole).toContainText('1 row, line 2: 9.0 is not on the scale from 1 to 5');
	await expect(page.getByLabel('How dates are written')).toHaveValue('day-first');
	// What was said of another choice is not left standing.
	await page.getByLabel('Survey', { exact: true }).selectOption(survey);
	await expect(whole).toHaveCount(0);
	await page.getByRole('button', { name: 'Check every row' }).click();
	await expect(whole.locator('.stat', { hasText: 'Will be added' })).toContainText('2');
	await page.getByRole('button', { name: 'Import 3 answers' }).click();
	await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 30_000 });
	await expect(page.locator('.stat', { hasText: 'Added' })).toContainText('2');
	await expect(page.getByRole('row', { name: '9.5 is not a whole number' })).toBeVisible();

	await page.getByRole('link', { name: 'See “After a purchase”' }).click();
	await expect(page.getByText('Good tea')).toBeVisible();
	await page.getByRole('button', { name: 'More about this survey' }).click();
	await page.getByRole('menuitem', { name: 'Bring past answers' }).click();
	await page.waitForURL(`**/imports/answers?survey=${survey}`);
	await page.context().close();
});

test('people are shown as they will be read, with what is passed over and what is not shown', async ({ browser }) => {
	const page = await open(browser, '/people/import');
	const properties = ['plan', 'city', 'since', 'shop', 'size', 'vip'];
	const lines = [
		`E-mail;Full name;Language;${properties.join(';')}`,
		`ANA@shop.lk; Ana  Perera;Deutsch?;${properties.join(';')}`,
		`nobody;;;${properties.join(';')}`,
	];
	await upload(page, 'people.csv', lines.join('\n'));
	await expect(row(page, 0)).toContainText('is not one Heed speaks; it was left empty');
	await expect(row(page, 1)).toContainText('Will be refused: “nobody” is not an e-mail address');
	await expect(page.getByText('2 more properties are kept with each row, and not shown here.')).toBeVisible();
	for (const name of ['size', 'vip']) await page.getByLabel(`What “${name}” is`).selectOption('skip');
	await expect(preview(page)).toBeVisible();
	await expect(page.getByText('not shown here')).toHaveCount(0);

	await page.getByRole('button', { name: 'Import 2 people' }).click();
	await page.getByRole('link', { name: 'See people' }).click({ timeout: 30_000 });
	await page.getByRole('link', { name: 'ana@shop.lk' }).click();
	await page.getByRole('link', { name: 'Edit', exact: true }).click();
	await page.locator('input[name=name]').fill('Ana by hand');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('heading', { name: 'Ana by hand', level: 1 })).toBeVisible();
	await page.context().close();
});

test('without script a file is brought in all the same', async ({ browser }) => {
	const page = await open(browser, '/imports/answers', false);
	await upload(page, 'answers.csv', answers);
	const roles = { rating: 'score', answered: 'date', remark: 'comment', 'customer e-mail': 'email', shop: 'property' };
	for (const [column, role] of Object.entries(roles)) await page.getByLabel(`What “${column}” is`).selectOption(role);
	await page.getByLabel('Name of the new survey').fill('Brought without script');
	await page.getByRole('button', { name: 'Import 3 answers' }).click();
	// Refused, and everything that was chosen is there.
	await expect(page.getByText('day and month cannot be told apart').first()).toBeVisible();
	await expect(page.getByLabel('Name of the new survey')).toHaveValue('Brought without script');
	await expect(page.getByLabel('What “shop” is')).toHaveValue('property');
	await page.getByLabel('How dates are written').selectOption('day-first');
	await page.getByRole('button', { name: 'Check every row' }).click();
	await expect(page.getByText('1 row, line 4: 9.5 is not a whole number')).toBeVisible();
	await expect(page.getByLabel('What “shop” is')).toHaveValue('property');
	await page.getByRole('button', { name: 'Import 3 answers' }).click();
	await expect(async () => {
		await page.reload();
		await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 1_000 });
	}).toPass({ timeout: 30_000 });
	await page.getByRole('button', { name: 'Undo this import' }).click();
	await expect(async () => {
		await page.reload();
		await expect(page.getByText('This import is undone')).toBeVisible({ timeout: 1_000 });
	}).toPass({ timeout: 30_000 });
	await page.context().close();
});

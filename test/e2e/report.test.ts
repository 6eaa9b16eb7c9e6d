// What a team sees of its answers: numbers that follow filters, answers as they come in, exports and deletions.
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { cookieName } from '#lib/server/auth/cookie.ts';
import { sessionStore } from '#lib/server/auth/lucia.ts';
import { standardChoice } from '#lib/domain/survey/metric.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import * as workspaces from '#lib/server/db/workspaces.ts';
import { makeAnswers, makeContact, makeMember, makeSurvey } from '#test/support/factories.ts';
import { listens } from './support/listening.ts';
import { furnish, type Furnished } from './support/workspace.ts';

let tea: Furnished;
let base: string;
let token: string;
let surveyId: string;
let personId: string;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
	tea = await furnish();
	const { ctx, workspaceId } = tea;
	const { userId } = await makeMember(ctx, workspaceId);
	({ token } = await sessionStore(ctx).open(userId, 'a test'));
	base = `${tea.product.url}/w/${(await workspaces.byId(ctx.db, workspaceId))!.slug}`;
	surveyId = await makeSurvey(ctx, workspaceId, { name: 'Orders' });
	personId = await makeContact(ctx, workspaceId, { name: 'Ana', email: 'ana@shop.am' });
	const plan = (value: string) => [{ key: 'plan', value }];
	const at = (day: number) => `2024-03-${String(day).padStart(2, '0')}T12:00:00Z`;
	await makeAnswers(ctx, workspaceId, surveyId, [
		...Array.from({ length: 12 }, (_, index) => ({ score: 10, at: at(index + 1), properties: plan('Pro') })),
		...Array.from({ length: 4 }, (_, index) => ({ score: 2, at: at(index + 1), properties: plan('Free') })),
		{ score: 7, at: at(20), comment: '=late delivery', contactId: personId, channel: 'email' as const },
	]);
});
test.afterAll(() => tea.stop());

type Look = { width?: number; colorScheme?: 'light' | 'dark'; javaScriptEnabled?: boolean };
const open = async (browser: Browser, path: string, { width = 1280, ...look }: Look = {}): Promise<Page> => {
	const context = await browser.newContext({ viewport: { width, height: 900 }, ...look });
	await context.addCookies([{ name: cookieName(tea.ctx.config), value: token, url: tea.product.url }]);
	const page = await context.newPage();
	await page.goto(`${base}${path}`);
	return page;
};
const report = () => `/surveys/${surveyId}`;
const score = (page: Page) => page.locator('.stat.l');

test('shows the score with what it rests on, and its chart as a table', async ({ browser }) => {
	const page = await open(browser, report());
	// 12 promoters, 1 passive, 4 detractors of 17.
	await expect(score(page)).toContainText('47.1');
	await expect(score(page)).toContainText('17 answers');
	await expect(score(page)).toContainText('95\u00a0%: 3 to 77');
	await page.getByRole('link', { name: 'Month' }).click();
	await page.getByText('Show as table').click();
	await expect(page.getByRole('row', { name: /Mar 2024/ })).toContainText('47.1');
	await page.context().close();
});

for (const javaScriptEnabled of [true, false])
	test(`narrows numbers, list and export together, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
		browser,
	}) => {
		const page = await open(browser, report(), { javaScriptEnabled });
		await page.getByLabel('Property').selectOption('plan');
		if (!javaScriptEnabled) await page.getByRole('button', { name: 'Apply' }).click();
		await expect(page.getByRole('row', { name: /Pro/ })).toContainText('100.0');
		await page.getByRole('link', { name: 'Free', exact: true }).click();
		await expect(score(page)).toContainText('−100.0');
		await expect(page.locator('#answers li')).toHaveCount(4);
		await expect(page).toHaveURL(/property=plan&value=Free/);
		await page.getByLabel('Bucket').selectOption('promoter');
		if (!javaScriptEnabled) await page.getByRole('button', { name: 'Find' }).click();
		await expect(page.getByText('No answer has this')).toBeVisible();
		await expect(score(page)).toContainText('4 answers');
		await page.context().close();
	});

test('exports what is listed, with nothing that a spreadsheet would run', async ({ browser }) => {
	const page = await open(browser, `${report()}?words=delivery`);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: 'Export answers' }).click(),
	]);
	expect(download.suggestedFilename()).toMatch(/^orders-answers-.*\.csv$/);
	const text = await readFile(await download.path(), 'utf8');
	const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
	expect(rows).toHaveLength(1);
	expect(rows[0]).toMatchObject({ Score: '7', Comment: "'=late delivery", 'E-mail': 'ana@shop.am' });
	await page.context().close();
});

test('shows a new answer within five seconds, without a reload', async ({ browser }) => {
	const page = await open(browser, report());
	await expect(score(page)).toContainText('17 answers');
	await listens(page);
	await makeAnswers(tea.ctx, tea.workspaceId, surveyId, [
		{ score: 9, at: new Date().toISOString(), comment: 'Just now' },
	]);
	await expect(score(page)).toContainText('18 answers', { timeout: 5_000 });
	await expect(page.getByText('Just now')).toBeVisible();
	await page.context().close();
});

for (const javaScriptEnabled of [true, false])
	test(`deletes an answer and undoes it, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({ browser }) => {
		const page = await open(browser, `${report()}?language=en`, { javaScriptEnabled });
		await page.getByRole('button', { name: /Delete the answer of Ana/ }).click();
		await expect(score(page)).toContainText('17 answers');
		// A live page loads itself again; the undo stays.
		for (let looks = 0; javaScriptEnabled && looks < 2; looks++) await page.waitForResponse(/\/revision$/);
		await page.getByRole('button', { name: 'Undo' }).click();
		await expect(score(page)).toContainText('18 answers');
		await page.context().close();
	});

test('deletes a person with everything about them, and undoes it', async ({ browser }) => {
	const page = await open(browser, `/people/${personId}`);
	await expect(page.getByText('=late delivery')).toBeVisible();
	await page.getByRole('button', { name: 'Delete everything about them' }).click();
	await expect(page.getByText('This person is being deleted')).toBeVisible();
	const other = await open(browser, report());
	await expect(score(other)).toContainText('17 answers');
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByRole('heading', { name: 'Ana' })).toBeVisible();
	await expect(score(other)).toContainText('18 answers', { timeout: 5_000 });
	await other.context().close();
	await page.context().close();
});

test('lists the score of each survey, with the mean where the metric has one', async ({ browser }) => {
	const { ctx, workspaceId } = tea;
	const id = await makeSurvey(ctx, workspaceId, {
		name: 'Effort',
		metric: 'ces',
		definition: { scale: standardChoice('ces') },
	});
	const scores = [7, 6, 5, 5, 4, 2, 1, 7, 6, 5];
	await makeAnswers(
		ctx,
		workspaceId,
		id,
		scores.map((score) => ({ score, at: '2024-03-01T12:00:00Z' })),
	);
	await tea.ctx.db.models.surveys.updateOne(
		{ _id: new ObjectId(id), workspaceId: new ObjectId(workspaceId) },
		{ $set: { touchpointId: 'tsupport' } },
	);
	const page = await open(browser, '/surveys');
	// 7 of 10 agree; their sum is 48.
	await expect(page.getByRole('row', { name: /Effort/ })).toContainText(/70\.00\s%\s+mean 4\.80\s*10/);
	await page.getByRole('link', { name: 'Effort' }).click();
	await expect(page.getByText('Touchpoint: Support')).toBeVisible();
	await page.context().close();
});

test('teaches the next step where there is nothing yet', async ({ browser }) => {
	const { ctx, workspaceId } = tea;
	const draft = await makeSurvey(ctx, workspaceId, { status: 'draft' });
	const live = await makeSurvey(ctx, workspaceId);
	const cases: [string, string][] = [
		[`/surveys/${draft}`, 'Edit and publish'],
		[`/surveys/${live}`, 'Send it'],
		[`${report()}?channel=embed`, 'Clear all filters'],
	];
	for (const [path, step] of cases) {
		const page = await open(browser, path);
		await expect(page.getByRole('link', { name: step })).toBeVisible();
		await page.context().close();
	}
});

// The test of every page looks at it light on a desk and dark on a phone.
for (const [colorScheme, width] of [
	['light', 360],
	['dark', 1280],
] as const)
	test(`axe finds nothing, and nothing sticks out: ${colorScheme}, ${width} px`, async ({ browser }) => {
		for (const path of [`${report()}?by=plan`, `${report()}?from=2001-01-01&to=2001-02-01`, `/people/${personId}`]) {
			const page = await open(browser, path, { width, colorScheme });
			await page.waitForLoadState('networkidle');
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
			await page.context().close();
		}
	});

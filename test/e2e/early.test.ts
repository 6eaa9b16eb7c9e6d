// What somebody does on a page whose scripts are still on their way is not lost when they come.
import { expect, test } from '@playwright/test';
import { makeAnswers, makeContact, makeSurvey } from '#test/support/factories.ts';
import { holdScripts } from './support/listening.ts';
import { startProduct } from './support/product.ts';
import { furnish, type Furnished } from './support/workspace.ts';

let tea: Furnished;
let base: string;
let surveyId: string;
test.beforeAll(async () => {
	tea = await furnish();
	base = `${tea.product.url}/w/${tea.slug}`;
	surveyId = await makeSurvey(tea.ctx, tea.workspaceId, { name: 'Orders' });
	await makeContact(tea.ctx, tea.workspaceId, { email: 'ana@shop.am' });
	const plan = (value: string) => [{ key: 'plan', value }];
	await makeAnswers(tea.ctx, tea.workspaceId, surveyId, [
		{ score: 10, at: '2024-03-01T12:00:00Z', properties: plan('Pro') },
		{ score: 2, at: '2024-03-02T12:00:00Z', properties: plan('Free') },
	]);
});
test.afterAll(() => tea.stop());
test.beforeEach(async ({ context }) => context.addCookies([await tea.signIn()]));

test('what was typed, chosen and unticked stays', async ({ browser }) => {
	const fresh = await startProduct();
	const page = await browser.newPage();
	const letScriptsIn = await holdScripts(page);
	await page.goto(`${fresh.url}/setup`, { waitUntil: 'commit' });
	await page.getByLabel('Your name').fill('Mia Perera');
	await page.getByLabel('Time zone').selectOption('Asia/Colombo');
	await page.getByLabel('Customers’ language').selectOption('si');
	await page.getByLabel('Start with sample data').uncheck();
	await letScriptsIn();
	await page.getByLabel('Workspace name').fill('Corner Shop');
	await expect(page.getByLabel('Your name')).toHaveValue('Mia Perera');
	await expect(page.getByLabel('Time zone')).toHaveValue('Asia/Colombo');
	await expect(page.getByLabel('Customers’ language')).toHaveValue('si');
	await expect(page.getByLabel('Start with sample data')).not.toBeChecked();
	await page.close();
	await fresh.stop();
});

test('a filter that was chosen is applied', async ({ page }) => {
	const letScriptsIn = await holdScripts(page);
	await page.goto(`${base}/surveys/${surveyId}`, { waitUntil: 'commit' });
	await page.getByLabel('Property').selectOption('plan');
	await letScriptsIn();
	await expect(page).toHaveURL(/property=plan/);
	await expect(page.getByRole('row', { name: /Pro/ })).toContainText('100.0');
});

test('a switch that was turned is saved', async ({ page }) => {
	const letScriptsIn = await holdScripts(page);
	await page.goto(`${base}/team`, { waitUntil: 'commit' });
	await page.getByLabel('Mail me each detractor’s answer').check();
	await letScriptsIn();
	await expect(page.getByText('You get each detractor’s answer by mail')).toBeVisible();
	await page.reload();
	await expect(page.getByLabel('Mail me each detractor’s answer')).toBeChecked();
});

test('a card that was chosen shows what belongs to it', async ({ page }) => {
	const letScriptsIn = await holdScripts(page);
	await page.goto(`${base}/sendings/new?survey=${surveyId}`, { waitUntil: 'commit' });
	await page.getByLabel('At a time').check();
	await page.getByLabel('Day and time').fill('2126-03-04T10:30');
	await expect(page.getByRole('button', { name: 'Send to 1 person' })).toBeHidden();
	await letScriptsIn();
	await expect(page.getByLabel('Day and time')).toHaveValue('2126-03-04T10:30');
	await page.getByRole('button', { name: 'Schedule it' }).click();
	await expect(page.getByText('It goes out on 4 March 2126 at 10:30')).toBeVisible();
});

test('a sending is scheduled without JavaScript too', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	await context.addCookies([await tea.signIn()]);
	const page = await context.newPage();
	await page.goto(`${base}/sendings/new?survey=${surveyId}`);
	await expect(page.getByLabel('Day and time')).toBeHidden();
	await page.getByLabel('At a time').check();
	await page.getByRole('button', { name: 'Schedule it' }).click();
	await expect(page.getByText('Choose a day and a time').first()).toBeVisible();
	await page.getByLabel('Day and time').fill('2126-03-05T10:30');
	await page.getByRole('button', { name: 'Schedule it' }).click();
	await expect(page.getByText('It goes out on 5 March 2126 at 10:30')).toBeVisible();
	await context.close();
});

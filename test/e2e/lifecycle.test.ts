// A survey's life as a manager leads it: touchpoint, schedule, quota, versions, archive and the end; with and without
// script, and what a customer meets meanwhile.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { isoIn } from '#lib/domain/time/zone.ts';
import { makeSurvey } from '#test/support/factories.ts';
import { furnish, type Furnished } from './support/workspace.ts';

let shop: Furnished;
test.beforeAll(async () => {
	test.setTimeout(120_000);
	shop = await furnish();
});
test.afterAll(() => shop.stop());

const manager = async (browser: Browser, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> => {
	const context = await browser.newContext({ ...options, viewport: { width: 1280, height: 900 } });
	await context.addCookies([await shop.signIn()]);
	return context.newPage();
};
const customer = async (browser: Browser, language = 'en') => {
	const context = await browser.newContext({ locale: language, viewport: { width: 360, height: 740 } });
	return context.newPage();
};
const inWorkspace = (rest: string) => `${shop.product.url}/w/${shop.slug}${rest}`;
const survey = (name: string) => makeSurvey(shop.ctx, shop.workspaceId, { name });
const answer = async (visitor: Page, id: string, score: number) => {
	await visitor.goto(`${shop.product.url}${shop.link('open', id)}?score=${score}`);
	await visitor.getByRole('button', { name: 'Send answer' }).click();
	await expect(visitor.getByRole('heading', { name: 'Your answer' })).toBeVisible();
};
const local = (at: Date) => isoIn(at, 'UTC').slice(0, 16);
const minute = 60_000;

test('a survey opens, fills and says so, in the customer’s language', async ({ browser }) => {
	const id = await survey('Scheduled');
	const page = await manager(browser);
	const visitor = await customer(browser, 'de');
	await page.goto(inWorkspace(`/surveys/${id}/settings`));
	await page.locator('select[name=touchpointId]').selectOption({ label: 'Delivery' });
	await page.getByLabel('Opens').fill(local(new Date(Date.now() + 60 * minute)));
	await page.getByLabel('Closes after').fill('1');
	await page.getByRole('button', { name: 'Save the settings' }).click();
	await expect(page.getByText('The settings are saved')).toBeVisible();
	await expect(page.getByText(/^Opens on/).first()).toBeVisible();
	await visitor.goto(shop.product.url + shop.link('open', id));
	await expect(visitor.getByRole('heading', { name: 'Diese Umfrage ist noch nicht geöffnet' })).toBeVisible();

	await page.goto(inWorkspace(`/sendings/new?survey=${id}`));
	await expect(page.getByText('It is not open yet')).toBeVisible();

	await page.goto(inWorkspace(`/surveys/${id}/settings`));
	await page.getByLabel('Opens').fill('');
	await page.getByRole('button', { name: 'Save the settings' }).click();
	await expect(page.getByText('The settings are saved')).toBeVisible();
	await page.goto(inWorkspace('/surveys'));
	const row = page.getByRole('row').filter({ hasText: 'Scheduled' });
	await expect(row).toContainText('Delivery');
	await expect(row).toContainText('Live');
	await answer(await customer(browser), id, 9);
	await expect(row).toContainText('Closed: quota reached', { timeout: 8_000 });
	const late = await customer(browser, 'ar');
	await late.goto(shop.product.url + shop.link('open', id));
	await expect(late.locator('html')).toHaveAttribute('dir', 'rtl');
	await expect(late.getByRole('heading')).toHaveText('حصل هذا الاستبيان على إجابات كافية');

	await page.goto(inWorkspace(`/surveys/${id}/edit`));
	await expect(page.getByText('Closed: quota reached')).toBeVisible();
	await expect(page.getByRole('button', { name: /^(Pause|Close)$/ })).toHaveCount(0);
	await page.getByRole('link', { name: 'Reopen' }).click();
	await page.waitForURL('**/settings');
	await expect(page.getByText('This survey has the 1 answer it was to get')).toBeVisible();
});

test('a first version that opens later is not said to be answered now', async ({ browser }) => {
	const id = await makeSurvey(shop.ctx, shop.workspaceId, { name: 'For tomorrow', status: 'draft' });
	const page = await manager(browser);
	await page.goto(inWorkspace(`/surveys/${id}/settings`));
	await page.getByLabel('Opens').fill(local(new Date(Date.now() + 24 * 60 * minute)));
	await page.getByRole('button', { name: 'Save the settings' }).click();
	await expect(page.getByText('The settings are saved')).toBeVisible();
	await page.goto(inWorkspace(`/surveys/${id}/edit`));
	await page.getByRole('button', { name: 'Publish' }).click();
	await expect(page.getByText('Published. It takes answers from the time that its settings say')).toBeVisible();
});

test('settings can be saved without script, come back as typed, and are not saved over somebody else’s', async ({
	browser,
}) => {
	const id = await survey('Plain');
	const page = await manager(browser, { javaScriptEnabled: false });
	const other = await manager(browser, { javaScriptEnabled: false });
	await page.goto(inWorkspace(`/surveys/${id}/settings`));
	await other.goto(inWorkspace(`/surveys/${id}/settings`));
	await page.getByLabel('Opens').fill('2027-03-02T09:00');
	await page.getByLabel('Closes', { exact: false }).first().fill('2027-03-01T09:00');
	await page.getByRole('button', { name: 'Save the settings' }).click();
	await expect(page.getByText('It would close before it opens').first()).toBeVisible();
	await expect(page.getByLabel('Opens')).toHaveValue('2027-03-02T09:00');
	await page.getByLabel('Closes', { exact: false }).first().fill('2027-03-03T09:00');
	await page.getByRole('button', { name: 'Save the settings' }).click();
	await expect(page.getByText('The settings are saved')).toBeVisible();
	await other.getByLabel('Closes after').fill('50');
	await other.getByRole('button', { name: 'Save the settings' }).click();
	await expect(other.getByText('Somebody else changed these settings meanwhile')).toBeVisible();
	await expect(other.getByLabel('Closes after')).toHaveValue('50');
});

test('the archive hides a survey, deleting says what goes with it, and both can be undone', async ({ browser }) => {
	const id = await survey('Old one');
	const visitor = await customer(browser);
	await answer(visitor, id, 3);
	const page = await manager(browser);
	await page.goto(inWorkspace(`/surveys/${id}/settings`));
	await expect(page.getByText('Only archived surveys and drafts can be deleted')).toBeVisible();
	await page.getByRole('button', { name: 'Archive this survey' }).click();
	await expect(page.getByText('Archived', { exact: true })).toBeVisible();
	await visitor.goto(shop.product.url + shop.link('open', id));
	await expect(visitor.getByRole('heading', { name: 'This survey is closed' })).toBeVisible();
	await page.goto(inWorkspace(`/surveys/${id}/edit`));
	await expect(page.getByText('In the archive')).toBeVisible();
	await expect(page.getByRole('button', { name: /^(Pause|Close|Publish.*)$/ })).toHaveCount(0);
	await page.goto(inWorkspace('/surveys'));
	await expect(page.getByRole('link', { name: 'Old one' })).toHaveCount(0);
	await page.getByRole('link', { name: /archived survey/ }).click();
	await page.getByRole('link', { name: 'Old one' }).click();
	await page.getByRole('navigation', { name: 'Survey', exact: true }).getByRole('link', { name: 'Settings' }).click();
	await expect(page.getByText('1 answer, 0 invitations, 0 sendings')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Export the answers as CSV' })).toBeVisible();
	await page.getByRole('button', { name: 'Delete it with 1 answer' }).click();
	await expect(page.getByText('This survey is being deleted')).toBeVisible();
	await page.getByRole('button', { name: /^Undo/ }).click();
	await expect(page.getByRole('heading', { name: 'Old one' })).toBeVisible();
	await page.getByRole('button', { name: 'Take it out of the archive' }).click();
	await expect(page.getByText('Live', { exact: true })).toBeVisible();
});

test('versions say what changed, and the chart says where comparison ends', async ({ browser }) => {
	const id = await survey('Worded anew');
	const { ctx } = shop;
	const row = await ctx.db.models.surveys.findById(id).lean<{ draft: object }>();
	const texts = { en: { question: 'Would you really recommend us?' } };
	const page = await manager(browser);
	await page.goto(inWorkspace(`/surveys/${id}/versions`));
	await expect(page.getByText('The first version.')).toBeVisible();
	await ctx.db.models.surveys.updateOne(
		{ _id: row!['_id' as never], workspaceId: row!['workspaceId' as never] },
		{ $set: { draft: { ...row!.draft, texts }, hasUnpublishedEdits: true }, $inc: { draftRevision: 1 } },
	);
	await page.reload();
	await expect(page.getByText('Comparison with the past ends here')).toBeVisible();
	await expect(page.getByText('Would you really recommend us?')).toBeVisible();
	await page.goto(inWorkspace(`/surveys/${id}/edit`));
	await page.getByRole('button', { name: /^Publish/ }).click();
	await expect(page.getByText('Published').first()).toBeVisible();
	const visitor = await customer(browser);
	await answer(visitor, id, 8);
	await page.goto(inWorkspace(`/surveys/${id}/versions?from=1&to=2`));
	await expect(page.getByRole('heading', { name: 'Version 2, asked now' })).toBeVisible();
	await expect(page.getByText(/by Mia/)).toBeVisible();
	await expect(page.getByRole('status').getByText('Wording of the question in English')).toBeVisible();
	await page.goto(inWorkspace(`/surveys/${id}`));
	await page.getByText('Show as table').first().click();
	await expect(page.getByText(/Version 2: Wording of the question in English; no comparison/)).toBeVisible();
});

test('a preview link is for a colleague without an account, until it is revoked', async ({ browser }) => {
	const id = await survey('To look at');
	const page = await manager(browser);
	await page.goto(inWorkspace(`/surveys/${id}/share`));
	await page.getByLabel('Works for').selectOption('1');
	await page.waitForURL('**/share?days=1');
	const link = await page.getByLabel('Preview link').inputValue();
	const colleague = await customer(browser);
	await colleague.goto(link);
	await expect(colleague.getByText('This is a preview')).toBeVisible();
	await page.getByRole('button', { name: 'Revoke all preview links made so far' }).click();
	await expect(page.getByText('No preview link made so far works any more')).toBeVisible();
	await colleague.reload();
	await expect(colleague.getByRole('heading', { name: 'This link has expired' })).toBeVisible();
	expect(await page.getByLabel('Preview link').inputValue()).not.toBe(link);
});

test('touchpoints are moved by keyboard and by drag, renamed, and removed with an undo', async ({ browser }) => {
	const page = await manager(browser);
	await page.goto(inWorkspace('/settings/touchpoints'), { waitUntil: 'networkidle' });
	const names = () =>
		page
			.locator('.touchpoint input[name=name]')
			.evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));
	const first = await names();
	await page.getByRole('button', { name: 'Move Website up' }).focus();
	await page.keyboard.press('Enter');
	await expect.poll(names).toEqual(['Website', 'Advertising', ...first.slice(2)]);
	await expect(page.getByRole('button', { name: 'Move Website down' })).toBeFocused();
	await expect(page.getByText('Website: Before the purchase, 1 of 3')).toBeAttached();

	const grip = (name: string) =>
		page
			.locator('.touchpoint')
			.filter({ has: page.getByRole('button', { name: `Move ${name} up` }) })
			.locator('.grip');
	const drag = async (name: string, below: string) => {
		const [from, to] = [await grip(name).boundingBox(), await grip(below).boundingBox()];
		await page.mouse.move(from!.x + 5, from!.y + 5);
		await page.mouse.down();
		await page.mouse.move(to!.x + 5, to!.y + to!.height + 12, { steps: 8 });
		await page.mouse.up();
	};
	await drag('Website', 'Advice');
	await expect.poll(names).toEqual(['Advertising', 'Advice', 'Website', ...first.slice(3)]);
	const phase = (title: string) => page.getByRole('region', { name: title }).getByLabel('Name of Website');
	await drag('Website', 'Payment');
	await expect(phase('During the purchase')).toBeVisible();
	await expect
		.poll(names)
		.toEqual(['Advertising', 'Advice', 'Store', 'Order', 'Payment', 'Website', ...first.slice(6)]);
	await drag('Website', 'Advice');
	await expect(phase('Before the purchase')).toBeVisible();
	await expect.poll(names).toEqual(['Advertising', 'Advice', 'Website', ...first.slice(3)]);

	const order = page.locator('.touchpoint').filter({ has: page.getByRole('button', { name: 'Remove Order' }) });
	await order.getByLabel('Name of Order').fill('Checkout');
	await order.getByRole('button', { name: 'Rename' }).click();
	await expect(page.getByText('It is called “Checkout” now')).toBeVisible();
	await page.getByRole('button', { name: 'Remove Checkout' }).click();
	await expect(page.getByText('“Checkout” is removed').first()).toBeVisible();
	expect(await names()).not.toContain('Checkout');
	await page.getByRole('button', { name: /^Undo/ }).last().click();
	await expect.poll(names).toContain('Checkout');
	const plain = await manager(browser, { javaScriptEnabled: false });
	await plain.goto(inWorkspace('/settings/touchpoints'));
	await plain.getByLabel('Name', { exact: true }).fill('Showroom');
	await plain.getByRole('button', { name: 'Add it' }).click();
	await expect(plain.getByLabel('Name of Showroom')).toBeVisible();
});

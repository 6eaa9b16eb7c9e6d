import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import sharp from 'sharp';
import { firstVisit, makeDraft, type SignedIn } from './support/first-visit.ts';
import { startProduct, type Product } from './support/product.ts';

// A field that is not there fails the test at once, not at its end.
test.use({ actionTimeout: 10_000 });

let product: Product;
let signedIn: SignedIn;
const surveys = '/w/ceylon-tea-house/surveys';

test.beforeAll(async ({ browser }) => {
	product = await startProduct();
	signedIn = await firstVisit(browser, product);
});
test.afterAll(() => product.stop());

const open = async (browser: Browser, options: Parameters<Browser['newContext']>[0] = {}) => {
	const context = await browser.newContext({ storageState: signedIn, ...options });
	return context.newPage();
};
/** Makes a draft and stands in its editor. */
const begin = async (page: Page, name: string) => {
	await makeDraft(page, product.url + surveys, name);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
};
const status = (page: Page) => page.getByRole('status').filter({ hasText: /^(All changes saved|Saving|Not saved)/ });
const preview = (page: Page) => page.frameLocator('iframe[title="The page as customers see it"]');
/** Goes to a step by how its entry in the list begins. */
const goTo = (page: Page, name: string) =>
	page
		.getByRole('navigation', { name: 'Steps' })
		.getByRole('link', { name: new RegExp(`^${name}`) })
		.click();
const question = (page: Page) => page.getByLabel('Question', { exact: true });
const openLink = async (page: Page) => {
	await page.getByRole('link', { name: 'Share' }).click();
	return page.getByRole('textbox', { name: 'Open link' }).inputValue();
};

test('a survey is made, worded with the preview following each key, published, and answered', async ({ browser }) => {
	const page = await open(browser);
	const problems: string[] = [];
	page.on('console', (message) => {
		// The test's own looks into the sandboxed frame are reported too.
		if (message.type() === 'error' && !/frame is sandboxed/.test(message.text())) problems.push(message.text());
	});
	await begin(page, 'After a purchase');
	await expect(preview(page).getByRole('heading', { level: 1 })).toHaveText(/recommend Ceylon Tea House/);
	await preview(page).getByRole('radio', { name: '3 of 10' }).check();
	await question(page).pressSequentially('Would you tell a friend?');
	await expect(preview(page).getByRole('heading', { level: 1 })).toHaveText('Would you tell a friend?');
	await expect(question(page)).toBeFocused();
	await expect(preview(page).getByRole('radio', { name: '3 of 10' })).toBeChecked();
	await goTo(page, 'Follow-up');
	await page.getByLabel('Follow-up for detractors (0–6)', { exact: true }).fill('What went wrong?');
	await expect(preview(page).getByText('What went wrong?')).toBeVisible();
	await expect(status(page)).toHaveText('All changes saved');
	await page.reload();
	await expect(page.getByLabel('Follow-up for detractors (0–6)', { exact: true })).toHaveValue('What went wrong?');
	await goTo(page, 'NPS');
	await expect(question(page)).toHaveValue('Would you tell a friend?');

	await page.getByRole('button', { name: 'Publish' }).click();
	await expect(page.getByText('Live', { exact: true })).toBeVisible();
	await question(page).fill('Not yet for customers?');
	await expect(status(page)).toHaveText('All changes saved');
	await expect(page.getByText('Edits not published')).toBeVisible();

	const link = await openLink(page);
	const customer = await (await browser.newContext()).newPage();
	await customer.goto(link);
	await expect(customer.getByRole('heading', { level: 1 })).toHaveText('Would you tell a friend?');
	await customer.getByRole('radio', { name: '6 of 10' }).check();
	await customer.getByLabel('What went wrong?').fill('Nothing');
	await customer.getByRole('button', { name: 'Send answer' }).click();
	await expect(customer.getByRole('heading', { level: 1 })).toHaveText('Thank you');

	await page.goBack();
	await page.getByRole('button', { name: 'Publish changes' }).click();
	await expect(page.getByText('Edits not published')).toHaveCount(0);
	await customer.goto(link);
	await expect(customer.getByRole('heading', { level: 1 })).toHaveText('Not yet for customers?');
	expect(problems).toEqual([]);
});

test('the preview shows each language, both steps, and goes back to standard', async ({ browser }) => {
	const page = await open(browser);
	await begin(page, 'Looked at');
	await page.getByLabel('Language', { exact: true }).selectOption('ar');
	await expect(preview(page).locator('html')).toHaveAttribute('dir', 'rtl');
	await goTo(page, 'Thanks');
	await page.getByLabel('Thank-you text', { exact: true }).fill('Come again soon!');
	await page.getByLabel('Page', { exact: true }).selectOption('answered');
	await expect(preview(page).getByText('Come again soon!')).toBeVisible();
	await page.getByRole('button', { name: 'Back to standard: Thank-you text' }).click();
	await expect(preview(page).getByText('Come again soon!')).toHaveCount(0);
	await page.getByLabel('Colours').selectOption('dark');
	await expect(preview(page).locator('main')).toHaveCSS('background-color', 'rgb(20, 21, 24)');
});

test('two people editing lose nothing and choose', async ({ browser }) => {
	const mine = await open(browser);
	await begin(mine, 'Edited by two');
	const theirs = await open(browser);
	await goTo(mine, 'Thanks');
	await theirs.goto(mine.url());
	await theirs.getByLabel('Thank-you text', { exact: true }).fill('Theirs');
	await expect(status(theirs)).toHaveText('All changes saved');
	await mine.getByLabel('Thank-you text', { exact: true }).fill('Mine');
	await expect(status(mine)).toHaveText(/saved elsewhere/);
	await expect(mine.getByText('You saved this survey in another window')).toBeVisible();
	await expect(mine.getByText('Different: the thanks.')).toBeVisible();
	await expect(mine.getByText('Saved meanwhile: “Theirs”')).toBeVisible();
	await expect(mine.getByLabel('Thank-you text', { exact: true })).toHaveValue('Mine');
	await mine.getByRole('button', { name: 'Use this: Thank-you text' }).click();
	await expect(mine.getByLabel('Thank-you text', { exact: true })).toHaveValue('Theirs');
	await mine.getByLabel('Thank-you text', { exact: true }).fill('Both of us');
	await mine.getByRole('button', { name: 'Keep mine' }).click();
	await expect(status(mine)).toHaveText('All changes saved');
	await theirs.reload();
	await expect(theirs.getByLabel('Thank-you text', { exact: true })).toHaveValue('Both of us');
	// Nothing of either is lost: what was saved over is one step back.
	await mine.getByRole('button', { name: 'Undo' }).click();
	await expect(mine.getByLabel('Thank-you text', { exact: true })).toHaveValue('Theirs');
});

test('what is typed while the connection is gone is saved when it is back', async ({ browser }) => {
	const page = await open(browser);
	await begin(page, 'On a train');
	await page.context().setOffline(true);
	await question(page).fill('In the tunnel?');
	await expect(status(page)).toHaveText(/no connection/);
	await page.context().setOffline(false);
	await expect(status(page)).toHaveText('All changes saved');
	await page.reload();
	await expect(question(page)).toHaveValue('In the tunnel?');
});

test('a logo is shown at once, served as a picture and nothing else, and an SVG is refused without losing a word', async ({
	browser,
}) => {
	const page = await open(browser);
	await begin(page, 'With a logo');
	const buffer = await sharp({ create: { width: 300, height: 90, channels: 3, background: '#a04020' } })
		.png()
		.toBuffer();
	await goTo(page, 'Look');
	await page.getByLabel('Logo').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer });
	await expect(preview(page).getByRole('img', { name: 'Ceylon Tea House' })).toBeVisible();
	const address = (await page.getByAltText('The logo now').getAttribute('src'))!;
	const served = await page.request.get(product.url.replace('heed.test', '127.0.0.1') + address);
	expect(served.headers()).toMatchObject({
		'content-type': 'image/png',
		'x-content-type-options': 'nosniff',
		'content-security-policy': "default-src 'none'; sandbox",
		'cache-control': 'public, max-age=31536000, immutable',
	});
	await goTo(page, 'NPS');
	await question(page).fill('Typed before');
	await goTo(page, 'Look');
	const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
	await page.getByLabel('Another logo').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: svg });
	await expect(page.getByText('This is not a PNG, JPEG or WebP picture.').first()).toBeVisible();
	await page.getByLabel('Another logo').setInputFiles([]);
	await page.getByLabel('Remove the logo').click();
	await expect(preview(page).getByRole('img')).toHaveCount(0);
	await expect(status(page)).toHaveText('All changes saved');
	await page.reload();
	await expect(page.getByAltText('The logo now')).toHaveCount(0);
	await goTo(page, 'NPS');
	await expect(question(page)).toHaveValue('Typed before');
});

test('a survey is paused, taken back by undo, closed and reopened', async ({ browser }) => {
	const page = await open(browser);
	await begin(page, 'Through its life');
	await page.getByRole('button', { name: 'Publish' }).click();
	await page.getByRole('button', { name: 'Pause' }).click();
	await expect(page.getByText('Paused', { exact: true })).toBeVisible();
	await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: /undo/i }).click();
	await expect(page.getByText('Live', { exact: true })).toBeVisible();
	await page.getByRole('button', { name: 'Close', exact: true }).click();
	await expect(page.getByText('Closed', { exact: true })).toBeVisible();
	await expect(page.getByRole('button', { name: /^Publish/ })).toHaveCount(0);
	await page.getByRole('button', { name: 'Reopen' }).click();
	await expect(page.getByText('Live', { exact: true })).toBeVisible();
});

test.describe('without script', () => {
	test('a draft is made, corrected and published as plain forms', async ({ browser }) => {
		const page = await open(browser, { javaScriptEnabled: false });
		await begin(page, 'Plain');
		await question(page).fill('Plainly asked?');
		await page.getByRole('button', { name: 'Save draft' }).click();
		await expect(question(page)).toHaveValue('Plainly asked?');
		await goTo(page, 'Look');
		await page.getByLabel('Brand colour', { exact: true }).fill('green');
		await page.getByRole('button', { name: 'Save draft' }).click();
		await expect(page.getByText('A colour is # and six hexadecimal digits').first()).toBeVisible();
		await expect(page.getByLabel('Brand colour', { exact: true })).toHaveValue('green');
		await page.getByLabel('Brand colour', { exact: true }).fill('#aa2200');
		await page.getByRole('button', { name: 'Publish' }).click();
		await expect(page.getByText('Live', { exact: true })).toBeVisible();
		await expect(preview(page).getByRole('heading', { level: 1 })).toHaveText('Plainly asked?');

		await goTo(page, 'Thanks');
		const other = await open(browser);
		await other.goto(page.url());
		await other.getByLabel('Thank-you text', { exact: true }).fill('Saved by a colleague');
		await expect(status(other)).toHaveText('All changes saved');
		await page.getByLabel('Thank-you text', { exact: true }).fill('Typed by me');
		await page.getByRole('button', { name: 'Save draft' }).click();
		await expect(page.getByText('Saved meanwhile: “Saved by a colleague”')).toBeVisible();
		await expect(page.getByLabel('Thank-you text', { exact: true })).toHaveValue('Typed by me');
		await page.getByRole('button', { name: 'Save what I see here' }).click();
		await expect(page.getByText('Saved meanwhile')).toHaveCount(0);
		await expect(page.getByLabel('Thank-you text', { exact: true })).toHaveValue('Typed by me');
	});
});

// The test of every page looks at them light on a desk and dark on a phone.
for (const [colorScheme, width] of [
	['light', 360],
	['dark', 1280],
] as const)
	test(`axe finds nothing on the pages of surveys, ${colorScheme}, ${width} px`, async ({ browser }) => {
		const page = await open(browser, { colorScheme });
		await page.setViewportSize({ width, height: 800 });
		await begin(page, `Checked ${colorScheme}`);
		const editor = page.url();
		for (const address of [
			`${product.url}${surveys}`,
			`${product.url}${surveys}/new`,
			editor,
			editor.replace(/edit$/, 'share'),
		]) {
			await page.goto(address, { waitUntil: 'networkidle' });
			const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('iframe').analyze();
			expect(
				violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
				address,
			).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth), address).toBeLessThanOrEqual(width);
		}
	});

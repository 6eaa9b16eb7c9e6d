import { expect, test, type Browser } from '@playwright/test';
import { add, begin, isSaved, preview, title } from './support/builder.ts';
import { firstVisit, type SignedIn } from './support/first-visit.ts';
import { startProduct, type Product } from './support/product.ts';

test.use({ actionTimeout: 10_000 });

let product: Product;
let signedIn: SignedIn;

test.beforeAll(async ({ browser }) => {
	product = await startProduct();
	signedIn = await firstVisit(browser, product);
});
test.afterAll(() => product.stop());

const open = async (browser: Browser, options: Parameters<Browser['newContext']>[0] = {}) => {
	const context = await browser.newContext({ storageState: signedIn, ...options });
	return context.newPage();
};

test('the preview is answered from page to page, as somebody in particular, and nothing is counted', async ({
	browser,
}) => {
	const page = await open(browser);
	await page.goto(`${product.url}/w/ceylon-tea-house/people/new`);
	await page.getByLabel('Addresses').fill('Nimal Perera <nimal@shop.lk>');
	await page.getByRole('button', { name: 'Add them' }).click();
	await expect(page.getByText('1 person added').first()).toBeVisible();
	await begin(page, product, 'Walked');
	const shown = preview(page);
	await add(page, 'One choice', 'And you, {first name|friend}: which shop?');
	await page.getByRole('textbox', { name: 'Option 1' }).fill('Colombo');
	await page.getByRole('textbox', { name: 'Option 2' }).fill('Kandy');
	await expect(shown.getByText('And you, friend: which shop?')).toBeVisible();
	await page.getByLabel('As this person').fill('nimal@shop.lk');
	await expect(shown.getByText('And you, Nimal: which shop?')).toBeVisible();
	await add(page, 'Short text', 'What do you miss in Kandy?');
	await page.getByRole('button', { name: 'Add a condition' }).click();
	await page.getByLabel('What to look at').selectOption({ label: '1. And you, {first name|friend}: which shop?' });
	await page.getByRole('checkbox', { name: 'Kandy' }).check();
	await page.getByRole('checkbox', { name: 'Colombo' }).uncheck();

	await page.getByLabel('Page', { exact: true }).selectOption({ label: 'Score' });
	await shown.getByRole('radio', { name: '3 of 10' }).check();
	await shown.getByRole('button', { name: 'Send answer' }).click();
	await shown.getByRole('radio', { name: 'Colombo' }).check();
	await shown.getByRole('button', { name: 'Continue' }).click();
	await expect(shown.getByRole('heading', { level: 1 })).toHaveText('Thank you');
	await page.getByRole('button', { name: 'Start anew' }).click();
	await shown.getByRole('radio', { name: '9 of 10' }).check();
	await shown.getByRole('button', { name: 'Send answer' }).click();
	await shown.getByRole('radio', { name: 'Kandy' }).check();
	await shown.getByRole('button', { name: 'Continue' }).click();
	await expect(shown.getByText('What do you miss in Kandy?')).toBeVisible();
	await shown.getByRole('button', { name: 'Back' }).click();
	await expect(shown.getByRole('radio', { name: 'Kandy' })).toBeChecked();
	await isSaved(page);
	await page.getByRole('button', { name: 'Publish' }).click();
	await expect(page.getByText('Live', { exact: true })).toBeVisible();
	await page.getByRole('link', { name: 'Results' }).click();
	await expect(page.getByRole('heading', { name: 'Nobody was asked yet' })).toBeVisible();
});

test('personal words are inserted where the caret is, by keyboard, worded at once and undone in one step', async ({
	browser,
}) => {
	const page = await open(browser);
	await page.goto(`${product.url}/w/ceylon-tea-house/people/new`);
	await page.getByLabel('Addresses').fill('kamala@shop.lk');
	await page.getByRole('button', { name: 'Add them' }).click();
	await expect(page.getByText('1 person added').first()).toBeVisible();
	await page.goto(`${product.url}/w/ceylon-tea-house/people`);
	const address = await page.getByRole('link', { name: 'kamala@shop.lk' }).getAttribute('href');
	await page.goto(`${product.url}${address}/edit`);
	await page.getByLabel('Name of property 1').fill('Order Number');
	await page.getByLabel('Its value').first().fill('A-17');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('A-17')).toBeVisible();

	await begin(page, product, 'Personal');
	await title(page).fill('Hello, how was it?');
	await title(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(5, 5));
	await page.keyboard.type(' ');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Tab');
	const menu = page.getByRole('button', { name: 'Insert…: Question' });
	await expect(menu).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('menuitem', { name: 'First name' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(title(page)).toBeFocused();
	await expect(title(page)).toHaveValue('Hello {first name|there}, how was it?');
	// What stands there for everybody without a name is chosen, to be worded over.
	await page.keyboard.type('friend');
	await expect(title(page)).toHaveValue('Hello {first name|friend}, how was it?');

	await page.keyboard.press('End');
	await menu.click();
	await page.getByRole('menuitem', { name: 'Order Number' }).click();
	await expect(title(page)).toHaveValue('Hello {first name|friend}, how was it?{Order Number|your order number}');
	await page.keyboard.press('Control+z');
	await expect(title(page)).toHaveValue('Hello {first name|friend}, how was it?');
	await page.keyboard.press('Control+Shift+z');
	await expect(title(page)).toHaveValue(/your order number/);
	const shown = preview(page);
	await page.getByLabel('As this person').fill('kamala@shop.lk');
	await expect(shown.getByText('Hello friend, how was it?A-17')).toBeVisible();

	// A condition finds the property, too, however its name and its value are written.
	await add(page, 'Yes or no', 'Asked of this order alone?');
	await page.getByRole('button', { name: 'Add a condition' }).click();
	await page.getByLabel('What to look at').selectOption({ label: 'A property of the person' });
	const property = page.getByLabel('Property', { exact: true });
	await property.focus();
	await expect(page.locator('datalist option[value="Order Number"]')).toBeAttached();
	await property.fill('order_number');
	await page.getByLabel('Is one of').fill('a-17');
	await page.getByLabel('Page', { exact: true }).selectOption({ label: 'Score' });
	await shown.getByRole('radio', { name: '9 of 10' }).check();
	await shown.getByRole('button', { name: 'Send answer' }).click();
	await expect(shown.getByText('Asked of this order alone?')).toBeVisible();
	await isSaved(page);
});

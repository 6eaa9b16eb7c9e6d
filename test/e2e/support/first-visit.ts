// The first visit to a new product, as a person makes it in a browser.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Product } from './product.ts';

export type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Sets a new product up without sample data, and signs in with that: the state that further windows begin with. */
export const firstVisit = async (
	browser: Browser,
	product: Product,
	workspace = 'Ceylon Tea House',
): Promise<SignedIn> => {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(product.url);
	await page.getByLabel('Your name').fill('Mia');
	await page.getByLabel(/e-mail/i).fill('mia@shop.lk');
	await page.locator('[name=password]').fill('seven green teapots');
	await page.locator('[name=workspaceName]').fill(workspace);
	await page.locator('[name=hasSampleData]').uncheck();
	await page.locator('button[type=submit]').click();
	await page.waitForURL(/\/surveys$/);
	const state = await context.storageState();
	await context.close();
	return state;
};

/** Makes a draft of this name from the template that is chosen first, and stands in its editor. */
export const makeDraft = async (page: Page, surveysUrl: string, name: string): Promise<void> => {
	await page.goto(`${surveysUrl}/new`);
	await page.getByLabel('Name').fill(name);
	await page.getByRole('button', { name: 'Make the draft' }).click();
	await page.waitForURL(/\/edit$/);
};

import { expect, test, type Browser, type Page } from '@playwright/test';
import { add, begin, isSaved, status, steps, title, titles } from './support/builder.ts';
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

test('of two versions, theirs can be taken, and undo brings mine back', async ({ browser }) => {
	const mine = await open(browser);
	await begin(mine, product, 'Two hands');
	const theirs = await open(browser);
	await theirs.goto(mine.url());
	await add(theirs, 'Date', 'Their question?');
	await isSaved(theirs);
	await title(mine).fill('My wording?');
	await expect(mine.getByText(/Different: the score, the order of questions, “Their question\?”/)).toBeVisible();
	await mine.getByRole('button', { name: 'Take theirs' }).click();
	expect(await titles(mine)).toEqual(['Their question?']);
	await expect(title(mine)).toHaveValue('');
	await isSaved(mine);
	await mine.getByRole('button', { name: 'Undo' }).click();
	await expect(title(mine)).toHaveValue('My wording?');
	await isSaved(mine);
});

const publish = async (page: Page) => {
	await page.getByRole('button', { name: 'Publish' }).click();
	await expect(page.getByText('Live', { exact: true })).toBeVisible();
};

test('what was saved in another window is never published unseen, and never typed over', async ({ browser }) => {
	const mine = await open(browser);
	await begin(mine, product, 'Seen by two');
	const theirs = await open(browser);
	await theirs.goto(mine.url());
	await add(theirs, 'Yes or no', 'Seen by nobody else?');
	await isSaved(theirs);
	await mine.getByRole('button', { name: 'Publish' }).click();
	await expect(mine.getByText('This survey was saved elsewhere meanwhile. You see the newest now.')).toBeVisible();
	await expect(mine.getByText('Draft', { exact: true })).toBeVisible();
	expect(await titles(mine)).toEqual(['Seen by nobody else?']);
	await publish(mine);

	// A step of its life loads the page anew, too.
	await theirs.reload();
	await add(theirs, 'Yes or no', 'And this one?');
	await isSaved(theirs);
	await mine.getByRole('button', { name: 'Pause' }).click();
	await expect(mine.getByText('Paused', { exact: true })).toBeVisible();
	expect(await titles(mine)).toEqual(['Seen by nobody else?', 'And this one?']);
	await title(mine).fill('Typed after all that?');
	await isSaved(mine);
	expect(await titles(mine)).toHaveLength(2);
	await theirs.reload();
	expect(await titles(theirs)).toHaveLength(2);
	await expect(steps(theirs).getByText('Typed after all that?')).toBeVisible();
});

test('a save whose reply was lost is one’s own, also for a page that was closed meanwhile', async ({ browser }) => {
	const page = await open(browser);
	await begin(page, product, 'Lost replies');
	const address = page.url();
	/** The next save arrives, and what the server says of it does not. */
	const loseReply = () =>
		page.evaluate(() => {
			const reach = window.fetch;
			window.fetch = async (...sent) => {
				const reply = await reach(...sent);
				if (!String(sent[0]).endsWith('/edit/draft')) return reply;
				window.fetch = reach;
				throw new TypeError('Failed to fetch');
			};
		});
	await loseReply();
	await title(page).fill('Arrived?');
	await expect(status(page)).toHaveText(/no connection/);
	await title(page).fill('Arrived, and more?');
	await isSaved(page);
	await page.reload();
	await expect(title(page)).toHaveValue('Arrived, and more?');

	await loseReply();
	await title(page).fill('Arrived again?');
	await expect(status(page)).toHaveText(/no connection/);
	await page.route('**/edit/draft', (route) => route.abort());
	await title(page).fill('Never arrived?');
	const again = await page.context().newPage();
	await page.waitForTimeout(400);
	await page.close({ runBeforeUnload: false });
	await again.goto(address);
	await expect(title(again)).toHaveValue('Arrived again?');
	await again.getByRole('button', { name: 'Restore them' }).click();
	await isSaved(again);
	await again.reload();
	await expect(title(again)).toHaveValue('Never arrived?');
});

test('whoever saves in two windows is told that it was themselves', async ({ browser }) => {
	const page = await open(browser);
	await begin(page, product, 'Both mine');
	const other = await open(browser);
	await other.goto(page.url());
	await title(other).fill('In the other?');
	await isSaved(other);
	await title(page).fill('In this one?');
	await expect(page.getByText('You saved this survey in another window while you were editing here')).toBeVisible();
	await page.getByRole('button', { name: 'Keep mine' }).click();
	await isSaved(page);
});

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
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

test('a survey grows from a template to three questions with logic, is set in order by keyboard, undone, redone and published', async ({
	browser,
}) => {
	const page = await open(browser);
	const problems: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'error' && !/frame is sandboxed/.test(message.text())) problems.push(message.text());
	});
	await begin(page, product, 'Grown');
	await add(page, 'One choice', 'Which shop do you go to?');
	await page.getByRole('textbox', { name: 'Option 1' }).fill('Colombo');
	await page.keyboard.press('Enter');
	await page.keyboard.type('Kandy');
	await page.keyboard.press('Enter');
	await page.keyboard.type('Galle');
	await expect(page.getByRole('textbox', { name: 'Option 3' })).toHaveValue('Galle');
	await page.keyboard.press('Alt+ArrowUp');
	await expect(page.getByRole('textbox', { name: 'Option 2' })).toHaveValue('Galle');
	await add(page, 'Short text', 'What do you miss there?');
	await add(page, 'Rating', 'How was the service?');
	await isSaved(page);

	// Only those who go to Colombo and would not recommend it are asked what they miss.
	await steps(page)
		.getByRole('link', { name: /What do you miss/ })
		.click();
	await page.getByRole('button', { name: 'Add a condition' }).click();
	await page.getByRole('button', { name: 'Condition', exact: true }).click();
	await page.getByLabel('What to look at').nth(1).selectOption({ label: '1. Which shop do you go to?' });
	await expect(page.getByRole('checkbox', { name: 'Colombo' })).toBeChecked();

	// Moved before the question that its condition looks at, it says so and is not published.
	await steps(page)
		.getByRole('link', { name: /What do you miss/ })
		.focus();
	await page.keyboard.press('Alt+ArrowUp');
	expect(await titles(page)).toEqual(['What do you miss there?', 'Which shop do you go to?', 'How was the service?']);
	await expect(page.getByText('Moved to place 1 of 3')).toBeAttached();
	await expect(page.getByText('A condition looks at an answer that comes later').first()).toBeVisible();
	await page.getByRole('button', { name: 'Publish' }).click();
	await expect(page.getByText(/Not published yet\. Question 1: A condition looks/)).toBeVisible();
	await page.keyboard.press('Control+z');
	expect(await titles(page)).toEqual(['Which shop do you go to?', 'What do you miss there?', 'How was the service?']);
	await page.keyboard.press('Control+Shift+z');
	expect((await titles(page))[0]).toBe('What do you miss there?');
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByText('A condition looks at an answer that comes later')).toHaveCount(0);

	// Promoters skip the last question.
	await steps(page)
		.getByRole('link', { name: /^One choice/ })
		.click();
	await page.getByRole('button', { name: 'Add a rule' }).click();
	await page.getByRole('checkbox', { name: 'Promoters' }).check();
	await page.getByRole('checkbox', { name: 'Detractors' }).uncheck();
	await steps(page).getByRole('link', { name: 'Paths' }).click();
	const path = (name: string) => page.getByRole('region', { name }).getByRole('listitem');
	await expect(path('Promoters')).toHaveText([/^Score/, /Which shop/, /Thank them/]);
	await expect(path('Passives')).toHaveText([/^Score/, /Which shop/, /How was the service/, /Thank them/]);
	await expect(path('Detractors')).toHaveText([/^Score/, /Which shop/, /only if/, /How was/, /Thank them/]);

	await isSaved(page);
	await page.getByRole('button', { name: 'Publish' }).click();
	await expect(page.getByText('Live', { exact: true })).toBeVisible();
	await page.reload();
	await expect(path('Promoters')).toHaveCount(3);
	expect(problems).toEqual([]);
});

test('a question is dragged, duplicated, deleted and brought back', async ({ browser }) => {
	const page = await open(browser, { viewport: { width: 1280, height: 900 } });
	await begin(page, product, 'Dragged');
	for (const [kind, words] of [
		['Yes or no', 'First?'],
		['Date', 'Second?'],
		['Number', 'Third?'],
	] as const)
		await add(page, kind, words);
	const grip = (await steps(page).locator('li[data-question]').first().locator('[data-grip]').boundingBox())!;
	const last = (await steps(page).locator('li[data-question]').last().boundingBox())!;
	await page.mouse.move(grip.x + 10, grip.y + 10);
	await page.mouse.down();
	await page.mouse.move(grip.x + 10, grip.y + 40, { steps: 4 });
	await page.mouse.move(grip.x + 10, last.y + last.height - 4, { steps: 8 });
	await page.mouse.up();
	expect(await titles(page)).toEqual(['Second?', 'Third?', 'First?']);

	await steps(page).getByRole('link', { name: /Third/ }).click();
	await page.getByRole('button', { name: 'Duplicate' }).click();
	expect(await titles(page)).toEqual(['Second?', 'Third?', 'Third?', 'First?']);
	await page.getByRole('button', { name: 'Delete' }).click();
	expect(await titles(page)).toEqual(['Second?', 'Third?', 'First?']);
	await page.getByRole('button', { name: 'Bring it back' }).click();
	expect(await titles(page)).toEqual(['Second?', 'Third?', 'Third?', 'First?']);
	await isSaved(page);
});

test('what cannot be saved says where it is wrong, stays as it was typed, and is there after a crash', async ({
	browser,
}) => {
	const page = await open(browser);
	await begin(page, product, 'Wrong at first');
	await add(page, 'Short text', 'x'.repeat(301));
	await expect(status(page)).toHaveText(/Not saved: see the fields/);
	await expect(page.getByText('At most 300 characters')).toBeVisible();
	// The tab dies with what was typed unsaved.
	const again = await page.context().newPage();
	const address = page.url();
	await page.waitForTimeout(400);
	await page.close({ runBeforeUnload: false });
	await again.goto(address);
	await again.getByRole('button', { name: 'Restore them' }).click();
	await steps(again)
		.getByRole('link', { name: /^Short text/ })
		.click();
	await expect(title(again)).toHaveValue('x'.repeat(301));
	await title(again).fill('Short enough?');
	await isSaved(again);
	await again.reload();
	await expect(title(again)).toHaveValue('Short enough?');
	await expect(again.getByRole('button', { name: 'Restore them' })).toHaveCount(0);
});

test('what is refused is marked in the list, one press away, and where publishing leads', async ({ browser }) => {
	const page = await open(browser);
	await begin(page, product, 'Marked');
	await title(page).fill('x'.repeat(3000));
	await expect(status(page)).toHaveText(/Not saved: see the fields/);
	await steps(page)
		.getByRole('link', { name: /^Thanks/ })
		.click();
	await expect(steps(page).getByRole('link', { name: /^NPS.*look here/s })).toBeVisible();
	await page.getByRole('button', { name: 'Show me' }).click();
	await expect(title(page)).toBeFocused();
	await steps(page).getByRole('link', { name: 'Look', exact: true }).click();
	await page.getByRole('button', { name: 'Publish' }).click();
	await expect(title(page)).toBeFocused();
	await title(page).fill('Short enough?');
	await isSaved(page);

	await add(page, 'Short text', 'How many?');
	const most = page.getByLabel('Most characters');
	await most.fill('');
	await expect(page.getByText('Write a whole number from 1 to 10000')).toBeVisible();
	await most.pressSequentially('150');
	await expect(most).toHaveValue('150');
	await isSaved(page);
});

const pressOn = async (page: Page, button: Locator) => {
	await button.focus();
	await page.keyboard.press('Enter');
};

test('whoever works by keyboard goes on where they were, whatever is added or taken away', async ({ browser }) => {
	const page = await open(browser);
	await begin(page, product, 'By keyboard');
	const button = (name: string) => page.getByRole('button', { name, exact: true });
	await pressOn(page, button('Add a question'));
	await page.keyboard.press('Enter');
	await expect(title(page)).toBeFocused();
	await page.keyboard.type('Which shop?');
	await page.getByRole('textbox', { name: 'Option 1' }).fill('Colombo');
	await page.getByRole('textbox', { name: 'Option 2' }).fill('Kandy');
	await pressOn(page, button('Duplicate'));
	await expect(steps(page).getByRole('link', { name: /Which shop/ })).toHaveCount(2);
	await expect(title(page)).toBeFocused();
	await page.keyboard.type('Copied: ');
	await pressOn(page, button('Move up'));
	await expect(button('Move up')).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(button('Move up')).toBeFocused();
	await expect(page.getByText('Moved to place 1 of 2')).toBeAttached();

	await pressOn(page, button('Add a condition'));
	await expect(page.getByLabel('Whether condition 1 holds')).toBeFocused();
	await pressOn(page, button('Condition'));
	await expect(page.getByLabel('Whether condition 2 holds')).toBeFocused();
	await pressOn(page, button('Remove condition 2'));
	await expect(page.getByLabel('Whether condition 1 holds')).toBeFocused();
	await pressOn(page, button('Remove condition 1'));
	await expect(button('Add a condition')).toBeFocused();
	await pressOn(page, button('Add a rule'));
	await expect(page.getByLabel('Always')).toBeFocused();
	await pressOn(page, button('Remove rule 1'));
	await expect(button('Add a rule')).toBeFocused();

	await pressOn(page, button('Delete'));
	await expect(button('Bring it back')).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(title(page)).toBeFocused();
	await expect(title(page)).toHaveValue(/Copied/);
	await pressOn(page, steps(page).getByRole('link', { name: /^Thanks/ }));
	await expect(page.getByLabel('Thank-you text', { exact: true })).toBeFocused();
	while ((await button('Undo').getAttribute('aria-disabled')) !== 'true') await pressOn(page, button('Undo'));
	await expect(button('Undo')).toBeFocused();
});

test('a pasted list becomes an option of each line, and a question has room for fifty', async ({ browser }) => {
	const page = await open(browser);
	await begin(page, product, 'Many shops');
	await add(page, 'One choice', 'Which shop?');
	const paste = (text: string) =>
		page.evaluate((pasted) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', pasted);
			document.activeElement!.dispatchEvent(
				new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
			);
		}, text);
	const options = page.getByRole('textbox', { name: /^Option \d+$/ });
	await options.first().focus();
	await paste(Array.from({ length: 50 }, (_, at) => `  Shop ${at + 1} 🫖\r\n`).join(''));
	await expect(options).toHaveCount(50);
	await expect(options.last()).toHaveValue('Shop 50 🫖');
	await isSaved(page);
	await expect(page.getByRole('button', { name: 'Add an option' })).toBeDisabled();
	await options.nth(49).focus();
	await paste('One too many\nand another');
	await expect(page.getByText('At most 50', { exact: true })).toBeVisible();
	await page.keyboard.press('Control+z');
	await expect(options).toHaveCount(50);
	await isSaved(page);
	await page.reload();
	await expect(options).toHaveCount(50);
});

test('a question is asked in some languages', async ({ browser }) => {
	const page = await open(browser);
	await begin(page, product, 'In some languages');
	await add(page, 'Yes or no', 'Did the translation read well?');
	await page.getByRole('button', { name: 'Add a condition' }).click();
	await page.getByLabel('What to look at').selectOption({ label: 'The language' });
	await expect(page.getByRole('checkbox', { name: 'English' })).toBeChecked();
	await expect(page.getByRole('checkbox', { name: 'Tamil' })).toHaveCount(0);
	await page.getByLabel('Another language').selectOption('Sinhala');
	await page.getByLabel('Another language').selectOption('Tamil');
	await page.getByRole('checkbox', { name: 'English' }).uncheck();
	await isSaved(page);
	await page.reload();
	await expect(page.getByRole('checkbox', { name: 'Tamil' })).toBeChecked();
	await steps(page).getByRole('link', { name: 'Paths' }).click();
	await expect(page.getByText('only if they are asked in Sinhala or Tamil').first()).toBeVisible();

	// None of them is said where it is wrong, and nothing is lost.
	await steps(page)
		.getByRole('link', { name: /Did the translation/ })
		.click();
	await page.getByRole('checkbox', { name: 'Sinhala' }).uncheck();
	await page.getByRole('checkbox', { name: 'Tamil' }).uncheck();
	await expect(page.getByText('Choose at least one')).toBeVisible();
	await page.getByLabel('Another language').selectOption('Arabic');
	await isSaved(page);
	await expect(page.getByText('Choose at least one')).toHaveCount(0);
});

for (const [colorScheme, width] of [
	['light', 1280],
	['dark', 360],
] as const)
	test(`axe finds nothing on any step of the builder, ${colorScheme}, ${width} px`, async ({ browser }) => {
		test.setTimeout(180_000);
		const page = await open(browser, { colorScheme });
		await begin(page, product, `Steps ${colorScheme}`);
		await add(page, 'Several choices', 'Which and why?');
		await page.getByRole('button', { name: 'Add a condition' }).click();
		await page.getByRole('button', { name: 'Group', exact: true }).click();
		await page.getByRole('button', { name: 'Add a rule' }).click();
		await add(page, 'Matrix', 'Rate each');
		await isSaved(page);
		const address = page.url().replace(/\?.*/, '');
		await page.setViewportSize({ width, height: 800 });
		for (const step of ['metric', 'comment', 'q1', 'q2', 'endings', 'look', 'settings', 'paths', 'check']) {
			await page.goto(`${address}?step=${step}`, { waitUntil: 'networkidle' });
			const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('iframe').analyze();
			expect(
				violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
				step,
			).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth), step).toBeLessThanOrEqual(width);
		}
	});

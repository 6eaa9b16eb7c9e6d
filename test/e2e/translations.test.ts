// A survey made from a template, translated to Sinhala and Arabic, mailed, and answered in both from the mail as received.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { linksIn, openPostOffice, type PostOffice } from './support/post-office.ts';
import { startProduct, type Product } from './support/product.ts';

let post: PostOffice;
let product: Product;
let page: Page;
let survey: string;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
	post = await openPostOffice();
	product = await startProduct({ SMTP_URL: post.url, MAIL_FROM: 'Corner Shop <feedback@shop.lk>' });
	page = await (await browser.newContext()).newPage();
	await page.goto(product.url);
	await page.getByLabel('Your name').fill('Mia Perera');
	await page.getByLabel('E-mail address').fill('mia@shop.lk');
	await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
	await page.getByLabel('Workspace name').fill('Corner Shop');
	await page.getByLabel('Start with sample data').uncheck();
	await page.getByRole('button', { name: 'Set up Heed' }).click();
	await expect(page).toHaveURL(/\/w\/corner-shop\/surveys$/);
});
test.afterAll(async () => {
	await product.stop();
	await post.close();
});

const words = {
	si: {
		language: 'Sinhala',
		email: 'nimal@shop.lk',
		question: 'ඔබේ ඇණවුම ලැබුණු ආකාරය ගැන ඔබ කෙතරම් සෑහීමට පත් වූවාද?',
		thanks: 'ස්තුතියි. ඔබේ පිළිතුර අපට උපකාරී වේ.',
	},
	ar: {
		language: 'Arabic',
		email: 'layla@shop.ae',
		question: 'ما مدى رضاك عن وصول طلبك؟',
		thanks: 'شكرًا لك. إجابتك تساعدنا.',
	},
} as const;

test('a survey is made from a template that the keyboard found', async () => {
	await page.goto(`${product.url}/w/corner-shop/surveys/new`);
	const search = page.getByLabel('Find a template');
	await expect(async () => {
		await search.fill('parcel arrived');
		await expect(page.getByRole('radio')).toHaveCount(1, { timeout: 500 });
	}).toPass();
	await search.press('ArrowDown');
	await expect(page.getByRole('radio', { name: 'Satisfaction with delivery' })).toBeFocused();
	await expect(page.getByRole('radio', { name: 'Satisfaction with delivery' })).toBeChecked();
	await page.getByLabel('Name').fill('Deliveries');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/edit$/);
	survey = page.url().replace(/\/edit$/, '');
});

/** What an address gives to whoever is signed in. */
const fetched = (address: string) => page.evaluate(async (url) => (await fetch(url)).text(), address);

/** A file as a translator sends it back, with these rows in it. */
const bring = async (rows: string) => {
	await page
		.locator('input[type=file]')
		.setInputFiles({ name: 'texts.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) });
	await page.getByRole('button', { name: 'Import' }).click();
};

test('its texts are translated side by side, saved while one types', async () => {
	await page.goto(`${survey}/translations`);
	await expect(page.getByText('Only in English so far')).toBeVisible();
	for (const { language, question } of Object.values(words)) {
		await page.getByLabel('Language to add').selectOption({ label: language });
		await page.getByRole('button', { name: 'Add', exact: true }).click();
		const field = page.getByLabel(`The question with the score in ${language}`);
		await expect(page.getByLabel('Only what is missing')).toBeVisible();
		await field.fill(question);
		await expect(page.getByText('Saved', { exact: true })).toBeVisible();
		await page.reload();
		await expect(field).toHaveValue(question);
	}
	await expect(page.getByLabel('The question with the score in Arabic')).toHaveCSS('direction', 'rtl');
	await page.screenshot({ path: test.info().outputPath('translations-arabic.png'), fullPage: true });
});

test('the rest comes from a translator’s file, which loses nothing to a row that is wrong', async () => {
	await bring(
		`key,si,ar\r\nthanks,${words.si.thanks},${words.ar.thanks}\r\nlowLabel,${'x'.repeat(61)},\r\nnowhere,a,b\r\n`,
	);
	await expect(
		page
			.getByText('Taken: Arabic 1, Sinhala 1.', { exact: false })
			.or(page.getByText('Taken: Sinhala 1, Arabic 1.', { exact: false })),
	).toBeVisible();
	await expect(page.getByText(/Line 3, Sinhala: It has 61 characters, and 60 fit/)).toBeVisible();
	await expect(page.getByText(/Line 4: There is no text with the key “nowhere”/)).toBeVisible();
	const file = await fetched(`${survey}/texts.csv`);
	expect(file).toContain(words.ar.thanks);
	expect(file).toContain(words.si.question);
});

test('a language is removed and brought back with its words', async () => {
	await page.goto(`${survey}/translations?language=ar`);
	await expect(page.getByLabel('Only what is missing')).toBeVisible();
	await page.getByRole('button', { name: 'Remove Arabic' }).click();
	await page.getByRole('button', { name: /^Undo/ }).click();
	await expect(page.getByLabel('Thanks in Arabic')).toHaveValue(words.ar.thanks);
});

test('what somebody else wrote meanwhile is shown, and nobody’s words are lost', async () => {
	const other = await page.context().newPage();
	for (const each of [page, other]) {
		await each.goto(`${survey}/translations?language=si`);
		await expect(each.getByLabel('Only what is missing')).toBeVisible();
	}
	await other.getByLabel('High end of the scale in Sinhala').fill('ඉතා සතුටුයි');
	await expect(other.getByText('Saved', { exact: true })).toBeVisible();
	await other.close();
	await page.getByLabel('High end of the scale in Sinhala').fill('සතුටුයි');
	await expect(page.getByText('somebody else wrote here meanwhile', { exact: false }).first()).toBeVisible();
	await expect(page.getByText('Saved meanwhile: “ඉතා සතුටුයි”')).toBeVisible();
	await page.getByRole('button', { name: 'Use this: High end of the scale' }).click();
	await page.getByRole('button', { name: 'Save what I see here' }).click();
	await expect(page.getByText('Saved', { exact: true })).toBeVisible();
	await page.reload();
	await expect(page.getByLabel('High end of the scale in Sinhala')).toHaveValue('ඉතා සතුටුයි');
});

test('what is not translated yet is named by the check, which leads to it', async () => {
	await page.goto(`${survey}/translations`);
	await expect(page.getByLabel('Only what is missing')).toBeVisible();
	await page.getByLabel('Language to add').selectOption({ label: 'French' });
	await page.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(page.getByLabel('The question with the score in French')).toBeVisible();
	await page.goto(`${survey}/edit`);
	await expect(page.getByText('All changes saved')).toBeVisible();
	await page.getByLabel('Question', { exact: true }).first().fill('How was the delivery?');
	await expect(page.getByRole('link', { name: /^Check/ })).toContainText('3');
	await expect(page.getByText('All changes saved')).toBeVisible();
	await page.getByRole('link', { name: /^Check/ }).click();
	await expect(page.getByText('1 text is not translated into French; it is asked in English.')).toBeVisible();
	for (const language of ['Arabic', 'Sinhala'])
		await expect(
			page.getByText(`1 text in ${language} is a translation of what English does not say any more.`),
		).toBeVisible();
	await page.locator('#editor').getByRole('link', { name: 'Translations' }).first().click();
	await expect(page).toHaveURL(/translations\?language=fr$/);
	await expect(page.getByText('1 of ', { exact: false }).first()).toBeVisible();
	await page.getByRole('button', { name: 'Remove French' }).click();
	await expect(page.getByText('French removed')).toBeVisible();
});

test('a translation whose base was edited is marked, until it is confirmed or written anew', async () => {
	for (const { language, question } of Object.values(words)) {
		await page.goto(`${survey}/translations?language=${language === 'Arabic' ? 'ar' : 'si'}`);
		await page.getByLabel('Only what is missing or out of date').check();
		await expect(page.getByText('1 translation is of an earlier English text.', { exact: false })).toBeVisible();
		const field = page.getByLabel(`The question with the score in ${language}`);
		await expect(field).toHaveValue(question);
		await expect(page.locator('.outdated')).toHaveCSS('border-inline-start-width', '3px');
		await page.screenshot({ path: test.info().outputPath(`outdated-${language}.png`), fullPage: true });
		if (language === 'Arabic') {
			await page.getByRole('button', { name: /^Still right: The question/ }).press('Enter');
			await expect(page.getByLabel('Only what is missing or out of date')).toBeFocused();
		} else {
			await field.fill('බෙදා හැරීම කොහොමද?');
			await expect(page.getByText('Saved', { exact: true })).toBeVisible();
			await expect(page.getByText('Out of date', { exact: true })).toHaveCount(0);
			await field.fill(question);
			await expect(page.getByText('Saved', { exact: true })).toBeVisible();
			await page.reload();
			await expect(field).toHaveValue(question);
		}
		await expect(page.getByText('Out of date', { exact: true })).toHaveCount(0);
	}
	await page.goto(`${survey}/edit`);
	await expect(page.getByText('All changes saved')).toBeVisible();
	await expect(page.getByRole('link', { name: /^Check/ })).not.toContainText(/\d/);
});

test('it is published and mailed to two people, each in their language', async () => {
	await page.goto(`${survey}/edit`);
	await page.getByRole('button', { name: 'Publish' }).click();
	await expect(page.getByText('Live').first()).toBeVisible();
	await page.goto(`${product.url}/w/corner-shop/people/import`);
	const rows = `email,name,language\n${words.si.email},Nimal,si\n${words.ar.email},Layla,ar\n`;
	await page
		.locator('input[type=file]')
		.setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) });
	await page.getByRole('button', { name: 'Upload' }).click();
	await page.waitForURL(/imports\/[0-9a-f]{24}/);
	await page.getByRole('button', { name: 'Import 2 people' }).click();
	await expect(page.getByText('Added', { exact: true }).first()).toBeVisible();
	await page.goto(`${product.url}/w/corner-shop/sendings/new?survey=${survey.split('/').pop()}`);
	await page.getByRole('button', { name: 'Send to 2 people' }).click();
	await expect(page).toHaveURL(/\/sendings\/[0-9a-f]{24}/);
});

const answer = async (browser: Browser, code: keyof typeof words, hasScript: boolean) => {
	const { email, question, thanks } = words[code];
	const mail = await post.mailTo(email);
	expect(mail.html).toContain(question);
	const link = linksIn(mail).find((each) => new URL(each).searchParams.get('score') === '5')!;
	const context = await browser.newContext({
		viewport: { width: 360, height: 740 },
		hasTouch: true,
		isMobile: true,
		javaScriptEnabled: hasScript,
	});
	const customer = await context.newPage();
	await customer.goto(link);
	await expect(customer.locator('html')).toHaveAttribute('lang', code);
	await expect(customer.locator('html')).toHaveAttribute('dir', code === 'ar' ? 'rtl' : 'ltr');
	await expect(customer.getByRole('heading', { name: question })).toBeVisible();
	await expect(customer.locator('input[name=score]:checked')).toHaveValue('5');
	await customer.screenshot({ path: test.info().outputPath(`question-${code}.png`), fullPage: true });
	await customer.locator('textarea').first().fill(`Fast, ${code}`);
	await customer.locator('button.send').click();
	await expect(customer.getByText(thanks).first()).toBeVisible();
	await customer.screenshot({ path: test.info().outputPath(`thanks-${code}.png`), fullPage: true });
	await context.close();
};

test('it is answered in Sinhala, from left to right', ({ browser }) => answer(browser, 'si', true));
test('it is answered in Arabic, from right to left, without script', ({ browser }) => answer(browser, 'ar', false));

test('both answers are counted, each in its language', async () => {
	await page.goto(survey);
	await expect(page.getByText('2 answers').first()).toBeVisible();
	await expect(page.getByText('Fast, ar').first()).toBeVisible();
	await expect(page.getByText('Fast, si').first()).toBeVisible();
});

test('the survey becomes a template and a file, from which others are made', async () => {
	await page.goto(`${survey}/share`);
	await page.getByLabel('Template’s name').fill('Our deliveries');
	await page.getByRole('button', { name: 'Save as a template' }).click();
	await expect(page.getByText('Saved as the template').first()).toBeVisible();
	const file = await fetched(`${survey}/survey.json`);
	expect(JSON.parse(await fetched(JSON.parse(file).$schema))).toHaveProperty('properties.definition');

	await page.goto(`${product.url}/w/corner-shop/surveys/new`);
	await page.getByRole('radio', { name: 'Our deliveries' }).check();
	await page.getByRole('button', { name: 'Make the draft' }).click();
	await expect(page).toHaveURL(/\/edit$/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Our deliveries');

	await page.goto(`${product.url}/w/corner-shop/surveys/new`);
	const put = (content: string) =>
		page
			.getByLabel('Survey file')
			.setInputFiles({ name: 'survey.json', mimeType: 'application/json', buffer: Buffer.from(content) });
	await put(file.replace('"csat"', '"nope"'));
	await page.getByRole('button', { name: 'Import' }).click();
	await expect(page.getByText('definition.metric', { exact: false }).first()).toBeVisible();
	await put(file);
	await page.getByRole('button', { name: 'Import' }).click();
	await expect(page).toHaveURL(/\/edit$/);
	await page.goto(page.url().replace('/edit', '/translations?language=ar'));
	await expect(page.getByLabel('Thanks in Arabic')).toHaveValue(words.ar.thanks);

	await page.goto(`${product.url}/w/corner-shop/surveys/new`);
	await page.getByRole('button', { name: 'Delete Our deliveries' }).click();
	await expect(page.getByRole('radio', { name: 'Our deliveries' })).toHaveCount(0);
	await page.getByRole('button', { name: /^Undo/ }).click();
	await expect(page.getByRole('radio', { name: 'Our deliveries' })).toHaveCount(1);
});

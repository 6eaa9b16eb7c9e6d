// From the first visit to a bucket on the chart, with every link taken from the mail as it was received. Walked twice: on
// the embedded database, and (the project "mongodb") on a database server, with a worker process beside the web server.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { startServer } from '#test/support/database-server.ts';
import { startWorker } from './support/heed.ts';
import { linksIn, openPostOffice, type PostOffice } from './support/post-office.ts';
import { startProduct, type Product } from './support/product.ts';

let post: PostOffice;
let product: Product;

test.describe.configure({ mode: 'serial' });
/** Run in reverse when all is done. */
const ends: (() => unknown)[] = [];
test.beforeAll(async () => {
	post = await openPostOffice();
	ends.push(post.close);
	const settings = { SMTP_URL: post.url, MAIL_FROM: 'Corner Shop <feedback@shop.lk>' };
	if (test.info().project.name !== 'mongodb') {
		product = await startProduct(settings);
		ends.push(product.stop);
		return;
	}
	const folder = mkdtempSync(join(tmpdir(), 'heed-server-'));
	ends.push(() => rmSync(folder, { recursive: true }));
	const server = await startServer(folder);
	ends.push(() => server.stop());
	product = await startProduct({
		...settings,
		MONGODB_URI: server.uri,
		SECRET: 'the same for every process of this test',
	});
	ends.push(product.stop);
	expect((await (await fetch(`${product.address}/healthz`)).json()).database).toBe('mongodb');
	ends.push((await startWorker(product)).stop);
});
test.afterAll(async () => {
	for (const end of ends.toReversed()) await end();
});

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const withCustomer = async (browser: Browser, hasScript: boolean, visit: (page: Page) => Promise<void>) => {
	const context = await browser.newContext({ ...phone, javaScriptEnabled: hasScript });
	await visit(await context.newPage());
	await context.close();
};

const scoreLink = (mail: Parameters<typeof linksIn>[0], score: number) =>
	linksIn(mail).find((link) => new URL(link).searchParams.get('score') === String(score))!;

let page: Page;
test.beforeAll(async ({ browser }) => {
	page = await (await browser.newContext()).newPage();
});

test('the first visit makes an owner and a workspace', async () => {
	await page.goto(product.url);
	await expect(page).toHaveURL(/\/setup$/);
	await page.getByLabel('Your name').fill('Mia Perera');
	await page.getByLabel('E-mail address').fill('mia@shop.lk');
	await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
	await page.getByLabel('Workspace name').fill('Corner Shop');
	await page.getByLabel('Start with sample data').uncheck();
	await page.getByRole('button', { name: 'Set up Heed' }).click();
	await expect(page).toHaveURL(/\/w\/corner-shop\/surveys$/);
});

test('a survey is made from a template and published', async () => {
	await page.getByRole('link', { name: 'New survey' }).first().click();
	await page.getByLabel('Name').fill('Orders');
	await page.getByRole('button', { name: 'Make the draft' }).click();
	await expect(page).toHaveURL(/\/edit$/);
	await page.getByRole('button', { name: 'Publish' }).click();
	await expect(page.getByText('Live').first()).toBeVisible();
});

test('people are pasted', async () => {
	await page.getByRole('link', { name: 'People' }).first().click();
	await page.getByRole('link', { name: 'Paste addresses' }).first().click();
	await page.getByLabel('Addresses').fill('Ana Perera <ana@shop.am>\nnimal@shop.lk\nolga@shop.am');
	await expect(page.getByText('3 addresses understood')).toBeVisible();
	await page.getByRole('button', { name: 'Add them' }).click();
	await expect(page.getByText('3 people added').first()).toBeVisible();
});

test('the survey goes to them, and the page says so without a reload', async () => {
	await page.getByRole('link', { name: 'Sendings' }).first().click();
	await page.getByRole('link', { name: 'New sending' }).first().click();
	await page.getByRole('button', { name: 'Send to 3 people' }).click();
	await expect(page).toHaveURL(/\/sendings\/[0-9a-f]{24}/);
	await post.mailTo('ana@shop.am');
	await post.mailTo('nimal@shop.lk');
	await expect(page.getByText(/^Done|^Sent/).first()).toBeVisible();
});

test('nobody is asked twice within the quiet period, and the page says why', async () => {
	await page.goto(`${product.url}/w/corner-shop/sendings/new`);
	await expect(page.getByText('Nobody is left to ask', { exact: false })).toBeVisible();
	await expect(
		page
			.getByRole('cell', { name: '3' })
			.or(page.getByText('3', { exact: true }))
			.first(),
	).toBeVisible();
	await expect(page.getByRole('button', { name: /^Send to 0/ })).toBeDisabled();
});

test('a mail is as mail programs want it', async () => {
	const mail = await post.mailTo('ana@shop.am');
	const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value;
	expect(header('list-unsubscribe')).toMatch(/^<http:\/\/heed\.test:\d+\/u\/[\w-]+>$/);
	expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
	expect(mail.from?.name).toBe('Corner Shop');
	for (let score = 0; score <= 10; score++) {
		expect(scoreLink(mail, score), `a link for ${score}`).toBeTruthy();
		expect(mail.text).toContain(scoreLink(mail, score));
	}
	expect(post.received.filter(({ to }) => to?.[0]?.address === 'ana@shop.am')).toHaveLength(1);
});

test('a scanner that opens every link changes nothing', async () => {
	const mail = await post.mailTo('olga@shop.am');
	for (const link of linksIn(mail)) {
		const address = link.replace('heed.test', '127.0.0.1');
		for (const method of ['HEAD', 'GET'])
			expect((await fetch(address, { method, redirect: 'manual' })).status).toBeLessThan(500);
	}
	await page.goto(`${product.url}/w/corner-shop/surveys`);
	await page.getByRole('link', { name: 'Orders' }).first().click();
	await expect(page.getByText(/Waiting for the first answer/).first()).toBeVisible();
	await page.goto(`${product.url}/w/corner-shop/people?state=unsubscribed`);
	await expect(page.getByText('0 of 3 people')).toBeVisible();
});

test('a customer answers from the mail on a phone', async ({ browser }) => {
	const mail = await post.mailTo('ana@shop.am');
	await withCustomer(browser, true, async (customer) => {
		await customer.goto(scoreLink(mail, 9));
		await expect(customer.getByRole('radio', { checked: true })).toHaveValue('9');
		await customer.getByRole('textbox').fill('Arrived a day early.');
		await customer.getByRole('button', { name: /send/i }).click();
		await expect(customer.getByRole('heading', { level: 1 })).toContainText(/thank/i);
		await customer.goto(scoreLink(mail, 9));
		await expect(customer.getByText('Arrived a day early.')).toBeVisible();
	});
});

test('another answers without JavaScript, twice, and it is one answer', async ({ browser }) => {
	const mail = await post.mailTo('nimal@shop.lk');
	await withCustomer(browser, false, async (customer) => {
		await customer.goto(scoreLink(mail, 3));
		await expect(customer.locator('input[type=radio]:checked')).toHaveValue('3');
		await customer.getByRole('textbox').fill('=HYPERLINK("http://evil.lk") too late');
		await customer.getByRole('button', { name: /send/i }).click();
		await expect(customer.getByRole('heading', { level: 1 })).toContainText(/thank/i);
		await customer.getByRole('button', { name: /change/i }).click();
		await customer.locator('input[type=radio][value="4"]').check();
		await customer
			.getByRole('button', { name: /send|save|change/i })
			.first()
			.click();
	});
});

test('the answers stand in their buckets, in the chart’s table and in the export', async () => {
	await page.goto(`${product.url}/w/corner-shop/surveys`);
	await page.getByRole('link', { name: 'Orders' }).first().click();
	await expect(page.getByText('2 answers').first()).toBeVisible();
	await expect(page.getByText('Arrived a day early.')).toBeVisible();
	await page.getByText('Show as table').click();
	const table = page.locator('details table');
	await expect(table.locator('tbody tr').last()).toContainText('1');
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page
			.getByRole('link', { name: /export|csv|download/i })
			.first()
			.click(),
	]);
	const text = (await (await download.createReadStream()).toArray()).join('');
	expect(text).toContain('Arrived a day early.');
	expect(text, 'formulas are inert').toContain(`'=HYPERLINK`);
	expect(text.trim().split('\n').length).toBe(3);
});

test('one click unsubscribes as RFC 8058 says, and only by POST', async () => {
	const mail = await post.mailTo('olga@shop.am');
	const link = mail.headers
		.find(({ key }) => key === 'list-unsubscribe')!
		.value.slice(1, -1)
		.replace('heed.test', '127.0.0.1');
	const form = new FormData();
	form.set('List-Unsubscribe', 'One-Click');
	for (const body of [form, new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })]) {
		const answer = await fetch(link, { method: 'POST', body, redirect: 'manual' });
		expect(answer.status).toBe(200);
	}
	await page.goto(`${product.url}/w/corner-shop/people?state=unsubscribed`);
	await expect(page.getByText('olga@shop.am')).toBeVisible();
});

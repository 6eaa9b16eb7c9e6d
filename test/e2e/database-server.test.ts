// The product with MONGODB_URI while that server goes and comes back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startServer } from '#test/support/database-server.ts';
import { ask, cookieIn, setUp } from './support/asking.ts';
import { listens } from './support/listening.ts';
import { startProduct } from './support/product.ts';

test('says that its database is gone, serves again once it is back, and has lost nothing', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'heed-server-'));
	let server = await startServer(folder);
	const settings = { MONGODB_URI: server.uri, SECRET: 'the same for every process of this test' };
	const product = await startProduct(settings);
	const health = async () => {
		const { status, text } = await ask(product, '/healthz');
		return { status, ...(JSON.parse(text) as object) };
	};
	expect(await health()).toMatchObject({ status: 'ok', database: 'mongodb' });
	const headers = { cookie: cookieIn(await setUp(product)) };

	await server.stop('SIGKILL');
	const gone = await ask(product, '/healthz');
	expect(gone.status).toBe(503);
	expect(JSON.parse(gone.text)).toMatchObject({ status: 'unavailable', database: 'mongodb' });
	const refused = await ask(product, '/account', { headers });
	expect(refused.status).toBe(503);
	expect(refused.text).toContain('cannot reach its database');

	server = await startServer(folder);
	expect(server.uri).toBe(settings.MONGODB_URI);
	await expect.poll(async () => (await ask(product, '/healthz')).status).toBe(200);
	expect((await ask(product, '/account', { headers })).text).toContain('Mia Perera');
	await product.stop();
	await server.stop();
	rmSync(folder, { recursive: true });
});

test('keeps a form as it was typed while its database, or the line, is gone', async ({ page }) => {
	const folder = mkdtempSync(join(tmpdir(), 'heed-server-'));
	let server = await startServer(folder);
	const product = await startProduct({ MONGODB_URI: server.uri, SECRET: 'the same for every process of this test' });
	const [name, value] = cookieIn(await setUp(product)).split('=') as [string, string];
	await page.context().addCookies([{ name, value, url: product.url }]);
	await page.goto(`${product.url}/w/corner-shop/settings`);
	await listens(page);
	const quietPeriod = page.getByLabel('Quiet period');
	const save = page.getByRole('button', { name: 'Save the settings' });
	await quietPeriod.fill('14');

	await page.context().setOffline(true);
	await save.click();
	await expect(page.getByText('Heed could not be reached. What you typed is still here.')).toBeVisible();
	await page.context().setOffline(false);
	await server.stop('SIGKILL');
	await save.click();
	await expect(page.getByText(/Heed cannot reach its database, .* What you typed is still here/)).toBeVisible();
	await expect(page.getByText('Heed could not be reached')).toBeHidden();
	await expect(quietPeriod).toHaveValue('14');

	server = await startServer(folder);
	await expect.poll(async () => (await ask(product, '/healthz')).status).toBe(200);
	await save.click();
	await expect(page.getByText('The settings are saved')).toBeVisible();
	await expect(page.getByText('Heed cannot reach')).toBeHidden();
	await page.reload();
	await expect(quietPeriod).toHaveValue('14');
	await product.stop();
	await server.stop();
	rmSync(folder, { recursive: true });
});

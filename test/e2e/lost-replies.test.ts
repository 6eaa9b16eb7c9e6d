// What a customer sends is one answer and no word of it is lost, whatever happens on the way, without script.
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Page } from '@playwright/test';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import type { ResponseRow } from '#lib/server/db/rows/response.ts';
import { makeInvitation, makeSurvey } from '#test/support/factories.ts';
import { furnish, type Furnished } from './support/workspace.ts';

test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });

let shop: Furnished;
/** Between browser and product; loses replies to forms while `isLossy`. */
let line: Server;
let isLossy = false;
test.beforeAll(async () => {
	shop = await furnish();
	const { hostname, port } = new URL(shop.product.address);
	line = createServer((asked, reply) => {
		const { method, url: path, headers } = asked;
		const passed = request({ hostname, port, method, path, headers }, (answer) => {
			if (isLossy && method === 'POST') return answer.resume().on('end', () => asked.socket.destroy());
			reply.writeHead(answer.statusCode!, answer.headers);
			return answer.pipe(reply);
		});
		asked.pipe(passed);
	}).listen(0, '127.0.0.1');
	await new Promise((done) => line.once('listening', done));
});
test.beforeEach(() => {
	isLossy = false;
});
test.afterAll(async () => {
	line.close();
	line.closeAllConnections();
	await shop.stop();
});

const address = (path: string) => `http://127.0.0.1:${(line.address() as AddressInfo).port}${path}`;
const answers = (surveyId: string) =>
	shop.ctx.db.models.responses.find({ surveyId: new ObjectId(surveyId) }).lean<ResponseRow[]>();
const linkTo = {
	'an invitation': async (id: string) => shop.link('answer', await makeInvitation(shop.ctx, shop.workspaceId, id)),
	'an open link': async (id: string) => shop.link('open', id),
};
const press = (page: Page, name: string) => page.getByRole('button', { name }).click();

for (const [kind, link] of Object.entries(linkTo)) {
	test(`a reply to ${kind} that was lost leaves one answer, and the words where they were typed`, async ({ page }) => {
		const id = await makeSurvey(shop.ctx, shop.workspaceId);
		await page.goto(address(`${await link(id)}?score=9`));
		await page.getByRole('textbox').fill('The tea');
		isLossy = true;
		await press(page, 'Send answer').catch(() => {});
		await expect.poll(() => answers(id)).toMatchObject([{ score: 9, comment: 'The tea' }]);
		isLossy = false;
		await expect.poll(() => page.url(), 'the browser gave up').toBe('chrome-error://chromewebdata/');
		await page.goBack();
		await expect(page.getByRole('textbox')).toHaveValue('The tea');
		await press(page, 'Send answer');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
		expect(await answers(id)).toHaveLength(1);
	});

	test(`going back after ${kind} and sending something else changes the one answer`, async ({ page }) => {
		const id = await makeSurvey(shop.ctx, shop.workspaceId);
		await page.goto(address(`${await link(id)}?score=9&lang=de&theme=dark`));
		await page.getByRole('textbox').fill('The tea');
		await press(page, 'Antwort senden');
		await expect(page.getByRole('blockquote')).toHaveText('The tea');
		await page.goBack();
		await page.getByRole('radio', { name: /^2 / }).check();
		await press(page, 'Antwort senden');
		await expect(page.getByRole('blockquote')).toHaveText('The tea');
		await expect(page.locator('main')).toHaveClass(/dark/);
		expect(await answers(id)).toMatchObject([{ score: 2, comment: 'The tea', language: 'de' }]);
	});
}

test('where the product itself breaks, what was typed can be sent again', async ({ page }) => {
	const id = await makeSurvey(shop.ctx, shop.workspaceId, { metric: 'enps' });
	await page.goto(address(shop.link('open', id)));
	await page.getByRole('radio', { name: '3 of 10' }).check();
	await page.getByRole('textbox').fill('Too many meetings');
	const moveTo = (timeZone: string) =>
		shop.ctx.db.models.workspaces.updateOne({ _id: shop.workspaceId }, { $set: { timeZone } });
	await moveTo('Nowhere/AtAll');
	await press(page, 'Send answer');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Something went wrong');
	const [, number] = /number: ([0-9a-f]{8})/.exec(await page.locator('main').innerText()) ?? [];
	expect(shop.product.output()).toContain(`"number":"${number}"`);
	await press(page, 'Send again');
	await expect(page.getByText('Too many meetings'), 'as often as it takes').toBeVisible();
	expect(await answers(id)).toHaveLength(0);
	await moveTo('UTC');
	await press(page, 'Send again');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
	expect(await answers(id)).toMatchObject([{ score: 3, comment: 'Too many meetings' }]);
});

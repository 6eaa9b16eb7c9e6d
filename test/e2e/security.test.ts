// What browsers and strangers meet on the built product, over http and as behind a proxy that speaks https.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import { makeInvitation, makeSurvey } from '#test/support/factories.ts';
import { ask, cookieIn, owner, setUp, type Reply } from './support/asking.ts';
import { heed } from './support/heed.ts';
import { startProduct, type Product } from './support/product.ts';
import { furnish, type Furnished } from './support/workspace.ts';

let plain: Product;
let secure: Product;
let shop: Furnished;
/** The answer that set the product up, with its cookie. */
let plainEntry: Reply;
let secureEntry: Reply;
/** Addresses of customers' pages, and of managers' ones. */
let doors: { s: string; u: string; e: string; open: string };

const secret = 'a-secret-that-only-the-tests-know-0123456789';

test.beforeAll(async () => {
	plain = await startProduct({ LOG_LEVEL: 'trace', SECRET: secret });
	secure = await startProduct({ LOG_LEVEL: 'trace', PUBLIC_URL: 'https://heed.test', TRUSTED_PROXIES: '1' });
	plainEntry = await setUp(plain);
	secureEntry = await setUp(secure);
	shop = await furnish();
	const survey = await makeSurvey(shop.ctx, shop.workspaceId);
	const invitation = await makeInvitation(shop.ctx, shop.workspaceId, survey);
	doors = {
		s: shop.link('answer', invitation),
		u: shop.link('answer', invitation).replace('/s/', '/u/'),
		e: shop.link('open', survey, 'e'),
		open: shop.link('open', survey),
	};
});
test.afterAll(async () => {
	await Promise.all([plain.stop(), secure.stop(), shop.stop()]);
});

const policyOf = ({ headers }: Reply): Record<string, string[]> =>
	Object.fromEntries(
		(headers.get('content-security-policy') ?? '').split(';').map((part) => {
			const [name, ...sources] = part.trim().split(' ');
			return [name!, sources];
		}),
	);

test.describe('every answer', () => {
	const addresses = [
		'/',
		'/sign-in',
		'/forgot',
		'/healthz',
		'/embed.js',
		'/favicon.svg',
		'/nothing/here',
		'/s/altered',
	];

	test('may run no script but our own files and those of its nonce, and is framed by nobody else', async () => {
		const customers = Object.values(doors).map((path) => [shop.product, path] as const);
		for (const [product, path] of [...addresses.map((path) => [plain, path] as const), ...customers]) {
			const policy = policyOf(await ask(product, path));
			const scripts = policy['script-src'] ?? policy['default-src']!;
			expect(scripts.filter((source) => !/^('self'|'none'|'nonce-[\w+/=]+')$/.test(source))).toEqual([]);
			expect(policy['frame-ancestors'], path).toEqual(
				path === doors.e ? ['*'] : [expect.stringMatching(/^'(self|none)'$/)],
			);
		}
	});

	test('is taken for what it says it is', async () => {
		for (const path of addresses)
			expect((await ask(plain, path)).headers.get('x-content-type-options'), path).toBe('nosniff');
		const refused = await ask(plain, '/sign-in', { fields: {}, origin: 'https://evil.example' });
		expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
	});

	test('asks for https from then on where the product is on https, and only there', async () => {
		for (const path of addresses) {
			expect((await ask(secure, path)).headers.get('strict-transport-security'), path).toMatch(/max-age=\d{8}/);
			expect((await ask(plain, path)).headers.has('strict-transport-security'), path).toBe(false);
		}
	});

	test('has a nonce of its own, and every inline script and style bears it', async () => {
		const pages = await Promise.all(Array.from({ length: 5 }, () => ask(plain, '/sign-in')));
		const nonces = pages.map((page) => /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy')!)![1]!);
		expect(new Set(nonces).size).toBe(5);
		for (const [index, { text }] of pages.entries()) {
			const tags = text.match(/<script\b[^>]*>|<style\b[^>]*>/g) ?? [];
			expect(tags.length).toBeGreaterThan(0);
			for (const tag of tags) expect(tag).toContain(`nonce="${nonces[index]}"`);
		}
	});
});

test.describe('the session’s cookie', () => {
	test('is out of reach of scripts and other sites, and over https bound to this host', () => {
		const flags = /; Path=\/; HttpOnly; SameSite=Lax$/i;
		const [bare] = plainEntry.headers.getSetCookie();
		const [guarded] = secureEntry.headers.getSetCookie();
		expect(bare).toMatch(/^heed_session=[\w-]{43};/);
		expect(bare!.replace(/; Max-Age=\d+/, '')).toMatch(flags);
		expect(guarded).toMatch(/^__Host-heed_session=[\w-]{43};/);
		expect(guarded!.replace(/; Max-Age=\d+/, '')).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/i);
	});

	test('stands nowhere in the data folder, nor does a password or a link’s token', async () => {
		const reset = (await heed(plain, ['reset-password', owner.email])).split('/reset/')[1]!;
		const hidden = [cookieIn(plainEntry).split('=')[1]!, owner.password, reset];
		for (const name of readdirSync(plain.dataDir)) {
			if (!name.startsWith('heed.db')) continue;
			const bytes = readFileSync(join(plain.dataDir, name));
			for (const text of hidden) expect(bytes.includes(text), `${text} in ${name}`).toBe(false);
		}
	});
});

test.describe('a write', () => {
	const ours = ['/sign-in', '/setup', '/forgot', '/reset/abc', '/join/abc?/create', '/sign-out'];
	const signedIn = [
		'/account?/rename',
		'/new-workspace',
		'/w/corner-shop/people/new?/add',
		'/w/corner-shop/team?/invite',
	];

	for (const origin of ['https://evil.example', 'null', null])
		test(`from ${origin ?? 'nowhere'} is refused on every page of ours, signed in or not`, async () => {
			for (const path of [...ours, ...signedIn])
				for (const headers of [{}, { cookie: cookieIn(plainEntry) }] as Record<string, string>[]) {
					const reply = await ask(plain, path, { fields: owner, origin, headers });
					expect(reply.status, path).toBe(403);
					expect(reply.text).toContain('came from another address');
					expect(reply.headers.getSetCookie()).toEqual([]);
				}
		});

	test('from our own origin is taken there', async () => {
		const headers = { cookie: cookieIn(plainEntry) };
		expect((await ask(plain, '/sign-in', { fields: { email: owner.email, password: owner.password } })).status).toBe(
			303,
		);
		expect((await ask(plain, '/account?/rename', { fields: { name: 'Mia' }, headers })).status).toBeLessThan(400);
	});

	test('of a customer, a mail program or another site’s frame needs no origin', async () => {
		for (const origin of ['https://evil.example', 'null', null]) {
			const once = { 'List-Unsubscribe': 'One-Click' };
			expect((await ask(shop.product, doors.u, { fields: once, origin })).status).toBe(200);
			for (const path of [doors.s, doors.open, doors.e])
				expect((await ask(shop.product, path, { fields: { score: '8' }, origin })).status, path).toBeLessThan(400);
		}
	});
});

test.describe('a body', () => {
	const chunked = (bytes: number) =>
		new ReadableStream({
			start(controller) {
				controller.enqueue(new TextEncoder().encode('score=9&comment='));
				for (let left = bytes; left > 0; left -= 16_384)
					controller.enqueue(new Uint8Array(Math.min(left, 16_384)).fill(97));
				controller.close();
			},
		});

	test('over 64 KB is refused on customers’ pages, whether it says how long it is or not, and stores nothing', async () => {
		const before = await shop.ctx.db.models.responses.countDocuments({});
		for (const path of [doors.s, doors.open, doors.e, doors.u]) {
			const long = `score=9&comment=${'a'.repeat(66_000)}`;
			for (const body of [long, chunked(66_000), chunked(1_000_000)]) {
				const reply = await ask(shop.product, path, { body });
				expect(reply.status, path).toBe(413);
			}
		}
		expect(await shop.ctx.db.models.responses.countDocuments({})).toBe(before);
		expect((await ask(shop.product, doors.open, { body: chunked(9_000) })).status).toBe(200);
	});

	test('over 1 MB is refused on every form of ours', async () => {
		for (const path of ['/sign-in', '/forgot'])
			expect((await ask(plain, path, { body: chunked(1_100_000) })).status).toBe(413);
	});

	test('that is no form is a mistake of the sender', async () => {
		for (const [type, body] of [
			['multipart/form-data; boundary=x', '--x\r\nrubbish'],
			['application/json', '{"score":9}'],
			['text/plain', 'score=9'],
		] as const) {
			const reply = await ask(shop.product, doors.s, { body, headers: { 'content-type': type } });
			expect(reply.status, type).toBeGreaterThanOrEqual(400);
			expect(reply.status, type).toBeLessThan(500);
		}
	});
});

test.describe('limits', () => {
	const tryFrom = (product: Product, forwardedFor: string) =>
		ask(product, '/sign-in', {
			fields: { email: owner.email, password: 'wrong' },
			headers: { 'x-forwarded-for': forwardedFor },
		});

	test('do not believe X-Forwarded-For where no proxy is trusted', async () => {
		for (let count = 0; count < 10; count++) expect((await tryFrom(plain, `1.2.3.${count}`)).status).toBe(400);
		const refused = await tryFrom(plain, '9.9.9.9');
		expect(refused.status).toBe(429);
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
	});

	test('believe one proxy, and only the entry that it wrote', async () => {
		for (let count = 0; count < 10; count++)
			expect((await tryFrom(secure, `1.2.3.${count}, 198.51.100.9`)).status).toBe(400);
		expect((await tryFrom(secure, '9.9.9.9, 198.51.100.9')).status).toBe(429);
		expect((await tryFrom(secure, '198.51.100.9, 198.51.100.10')).status).toBe(400);
	});
});

test.describe('after signing in', () => {
	for (const next of [
		'//evil.example',
		'/\\evil.example',
		'https://evil.example',
		'/\t/evil.example',
		'javascript:alert(1)',
	])
		test(`nobody is led away by ${JSON.stringify(next)}`, async () => {
			const reply = await ask(plain, `/sign-in?next=${encodeURIComponent(next)}`, {
				headers: { cookie: cookieIn(plainEntry) },
			});
			expect(reply.status).toBe(303);
			expect(reply.headers.get('location')).toBe('/');
		});

	test('nor by an address with two slashes', async () => {
		for (const path of ['//evil.example/', '/\\evil.example/', '//evil.example/sign-in/']) {
			const location = (await ask(plain, path)).headers.get('location') ?? '/';
			expect(new URL(location, plain.url).origin, path).toBe(new URL(plain.url).origin);
		}
	});
});

test('what breaks says so with a number to quote, tells nothing else, and the log holds the number', async ({
	page,
}) => {
	const survey = await makeSurvey(shop.ctx, shop.workspaceId);
	await shop.ctx.db.models.surveyVersions.collection.updateOne(
		{ surveyId: new ObjectId(survey) },
		{ $set: { definition: 'damaged' } },
	);
	const reply = await page.goto(shop.product.url + shop.link('open', survey));
	expect(reply!.status()).toBe(500);
	const number = /\b[0-9a-f]{8}\b/.exec(await page.locator('main').innerText())?.[0];
	expect(number).toBeTruthy();
	expect(await page.content()).not.toMatch(/TypeError|node_modules|\.ts:|undefined/);
	expect(shop.product.output()).toContain(number);
});

test('no secret is in the log, however much is logged', async () => {
	await ask(plain, '/sign-in', { fields: { email: owner.email, password: 'wrong but secret' } });
	await ask(plain, `/reset/${'r'.repeat(43)}`, { fields: { password: 'another secret one' } });
	const hidden = [
		secret,
		owner.password,
		'wrong but secret',
		'another secret one',
		'r'.repeat(43),
		cookieIn(plainEntry).split('=')[1]!,
		cookieIn(secureEntry).split('=')[1]!,
	];
	const lines = plain.output() + secure.output() + shop.product.output();
	for (const text of hidden) expect(lines).not.toContain(text);
	for (const path of Object.values(doors)) expect(lines).not.toContain(path.split('/')[2]);
});

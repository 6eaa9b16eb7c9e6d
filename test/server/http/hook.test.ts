import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieName } from '#lib/server/auth/cookie.ts';
import { clientAddress } from '#lib/server/http/origin.ts';
import * as accounts from '#lib/server/services/accounts.ts';
import * as sessions from '#lib/server/services/sessions.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { ask, find, findAll, type Ask } from '#test/support/routes.ts';

let ctx: TestContext;
let token: string;
beforeAll(async () => {
	ctx = await testContext();
	const { user } = await accounts.createOwner(ctx, {
		name: 'Ann',
		email: 'ann@shop.test',
		password: 'a wide river bends',
		workspaceName: 'Shop',
		timeZone: 'UTC',
		language: 'en',
	});
	token = await sessions.open(ctx, user.id, { address: '203.0.113.9', userAgent: null });
});
afterAll(() => ctx.close());

const params = { workspace: 'shop', token: 'not-a-token' };
const writes = (await findAll()).filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
const ofOurs = writes.filter(({ route }) => /^\((app|auth)\)/.test(route) && !/\[(?!workspace|token)/.test(route));

describe('a write from another origin', () => {
	it.each(ofOurs.map((each) => [each.route, each.what, each] as const))(
		'is refused, signed in or not: %s %s',
		async (_route, _what, each) => {
			for (const origin of ['https://evil.example', 'null', null, 'http://heed.test', 'https://heed.test:8443'])
				for (const asker of [undefined, token]) {
					const answer = await ask(ctx, each, { params, origin, token: asker });
					expect(answer.status, String(origin)).toBe(403);
					expect(answer.message).toContain('Open Heed at https://heed.test');
					expect(answer.cookies).toEqual([]);
				}
		},
	);

	it('is let through for sign-in, set-up and reset among them only from our own', () => {
		const names = ofOurs.map(({ route }) => route);
		expect(names).toEqual(
			expect.arrayContaining(['(auth)/sign-in', '(auth)/setup', '(auth)/reset/[token]', '(auth)/forgot']),
		);
	});
});

describe('who is signed in', () => {
	const seen = async (path: string, asking: { token?: string; cookie?: string } = {}) => {
		let locals: App.Locals | null = null;
		const look: Ask = {
			route: path,
			what: 'load',
			method: 'GET',
			run: (event) => {
				locals = event.locals;
			},
		};
		const answer = await ask(ctx, look, asking);
		return { locals: locals as App.Locals | null, answer };
	};

	it('is known on our own pages', async () => {
		const { locals } = await seen('account', { token });
		expect(locals?.user?.email).toBe('ann@shop.test');
		expect(locals?.sessionId).toMatch(/^[0-9a-f]{64}$/);
		expect(locals?.sessionId).not.toBe(token);
	});

	it.each(['s/abc', 'e/abc', 'u/abc', 'api/v1/responses'])('is never looked at on %s', async (path) => {
		const { locals, answer } = await seen(path, { token });
		expect(locals).toMatchObject({ user: null, sessionId: null });
		expect(answer.cookies).toEqual([]);
	});

	it('is nobody with a cookie that opens nothing, which is taken away', async () => {
		const { locals, answer } = await seen('account', { token: 'made-up' });
		expect(locals?.user).toBeNull();
		expect(answer.cookies).toMatchObject([{ name: cookieName(ctx.config), value: '' }]);
	});

	it('stays signed in while they come back: the cookie is renewed with the session', async () => {
		const { answer: early } = await seen('account', { token });
		expect(early.cookies).toEqual([]);
		ctx.pass(16 * 86_400_000);
		const { answer: later } = await seen('account', { token });
		expect(later.cookies).toMatchObject([{ value: token, options: { maxAge: 30 * 86_400, httpOnly: true } }]);
	});
});

describe('a page that needs sign-in', () => {
	it('leads there, and back again', async () => {
		const answer = await ask(ctx, await find('(app)/w/[workspace]/team', 'load'), { params, query: '?x=1' });
		expect(answer).toMatchObject({ status: 303, location: `/sign-in?next=${encodeURIComponent('/w/shop/team?x=1')}` });
	});
});

describe('limits', () => {
	it('count the client that our own proxies saw, and not what it says of itself', async () => {
		const behind = await testContext({ db: ctx.db, env: { TRUSTED_PROXIES: '1' } });
		const signIn = await find('(auth)/sign-in', '?/default');
		const tryFrom = (forwardedFor: string) =>
			ask(behind, signIn, {
				form: { email: 'ann@shop.test', password: 'wrong' },
				headers: { 'x-forwarded-for': forwardedFor },
				address: '10.0.0.1',
			});
		for (let count = 0; count < 10; count++) expect((await tryFrom(`1.2.3.${count}, 198.51.100.9`)).status).toBe(400);
		expect((await tryFrom('9.9.9.9, 198.51.100.9')).status).toBe(429);
		expect((await tryFrom('198.51.100.9, 198.51.100.10')).status).toBe(400);
	});

	it.each([
		['203.0.113.9', 1, '203.0.113.9'],
		['1.2.3.4, 203.0.113.9:51234', 1, '203.0.113.9'],
		['[2001:db8::1]:51234', 1, '2001:db8::1'],
		['2001:db8::1', 1, '2001:db8::1'],
		['203.0.113.9, 10.0.0.7', 2, '203.0.113.9'],
		['203.0.113.9', 2, '10.0.0.1'],
		['', 1, '10.0.0.1'],
		['203.0.113.9', 0, '10.0.0.1'],
	])('take "%s" behind %i proxies for the client %s', (forwardedFor, proxies, client) =>
		expect(clientAddress('10.0.0.1', forwardedFor, proxies)).toBe(client),
	);

	it('do not believe the header where no proxy is trusted', async () => {
		const signIn = await find('(auth)/sign-in', '?/default');
		const tryFrom = (forwardedFor: string) =>
			ask(ctx, signIn, {
				form: { email: 'ann@shop.test', password: 'wrong' },
				headers: { 'x-forwarded-for': forwardedFor },
				address: '203.0.113.77',
			});
		for (let count = 0; count < 10; count++) expect((await tryFrom(`1.2.3.${count}`)).status).toBe(400);
		expect((await tryFrom('9.9.9.9')).status).toBe(429);
	});
});

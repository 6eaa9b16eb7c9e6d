import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { verify } from '@node-rs/argon2';
import { nobodysHash, hash } from '#lib/server/auth/passwords.ts';
import * as accounts from '#lib/server/services/accounts.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { ask, find, type Ask } from '#test/support/routes.ts';

// The real argon2, counted; also where files share their modules and somebody has loaded it before.
vi.hoisted(() => vi.resetModules());
vi.mock('@node-rs/argon2', { spy: true });

const password = 'a wide river bends';
const minute = 60_000;

let ctx: TestContext;
let signIn: Ask;
beforeAll(async () => {
	ctx = await testContext();
	signIn = await find('(auth)/sign-in', '?/default');
	for (const name of ['ann', 'ben'])
		await accounts.createOwner(ctx, {
			name,
			email: `${name}@shop.test`,
			password,
			workspaceName: 'Shop',
			timeZone: 'UTC',
			language: 'en',
		});
});
afterAll(() => ctx.close());
afterEach(() => ctx.pass(60 * minute));

const tryIn = (email: string, given: string, address = '203.0.113.7') =>
	ask(ctx, signIn, { form: { email, password: given }, address });

describe('the right password', () => {
	it('opens a session and goes to the start page', async () => {
		const answer = await tryIn(' Ann@SHOP.test ', password);
		expect(answer).toMatchObject({ status: 303, location: '/' });
		expect(answer.cookies[0]!.name).toBe('__Host-heed_session');
	});

	it.each([
		['/w/shop/surveys?range=7d', '/w/shop/surveys?range=7d'],
		['//evil.example', '/'],
		['/\\evil.example', '/'],
		['https://evil.example/', '/'],
	])('goes on at %s as %s', async (next, location) => {
		const query = { ...signIn, what: `?next=${encodeURIComponent(next)}` };
		const answer = await ask(ctx, query, { query: query.what, form: { email: 'ann@shop.test', password } });
		expect(answer.location).toBe(location);
	});
});

describe('a wrong e-mail address and a wrong password', () => {
	it('get the same answer', async () => {
		const wrongPassword = await tryIn('ann@shop.test', 'not the password');
		const wrongEmail = await tryIn('nobody@shop.test', 'not the password');
		expect(wrongPassword.status).toBe(400);
		const said = ({ data }: typeof wrongEmail) => (data as { refusal: { message: string; fields: object } }).refusal;
		expect(said(wrongEmail).message).toBe(said(wrongPassword).message);
		expect(said(wrongEmail).fields).toEqual(said(wrongPassword).fields);
		expect([wrongEmail.cookies, wrongPassword.cookies]).toEqual([[], []]);
	});

	it.each(['ann@shop.test', 'nobody@shop.test'])('cost one verify of a hash: %s', async (email) => {
		vi.mocked(verify).mockClear();
		await tryIn(email, 'not the password');
		expect(verify).toHaveBeenCalledOnce();
	});

	it('are checked against hashes of the same cost', async () => {
		const cost = (hashed: string) => hashed.split('$').slice(1, 4);
		expect(cost(nobodysHash)).toEqual(['argon2id', 'v=19', 'm=19456,t=2,p=1']);
		expect(cost(await hash(password))).toEqual(cost(nobodysHash));
		const [row] = await ctx.rows.users.find({ email: 'ann@shop.test' }).lean();
		expect(cost(row!.passwordHash)).toEqual(cost(nobodysHash));
	});

	it('never give the typed password back', async () => {
		const answer = await tryIn('ann@shop.test', 'not the password');
		expect(JSON.stringify(answer)).not.toContain('not the password');
		expect(JSON.stringify(answer)).toContain('ann@shop.test');
	});
});

describe('limits', () => {
	const fail = async (times: number, email: string, address: string) => {
		for (let count = 0; count < times; count++) expect((await tryIn(email, 'wrong', address)).status).toBe(400);
	};

	it('refuse the eleventh failure for an account from one address, right or wrong, and say until when', async () => {
		await fail(9, 'ann@shop.test', '203.0.113.1');
		ctx.pass(5 * minute);
		await fail(1, 'ann@shop.test', '203.0.113.1');
		const refused = await tryIn('ann@shop.test', password, '203.0.113.1');
		expect(refused.status).toBe(429);
		expect(refused.message).toBe('Too many tries. Try again in 10 minutes.');
		ctx.pass(10 * minute);
		expect((await tryIn('ann@shop.test', password, '203.0.113.1')).status).toBe(303);
	});

	it('are the same for an address without an account', async () => {
		await fail(10, 'nobody@shop.test', '203.0.113.1');
		expect((await tryIn('nobody@shop.test', 'wrong', '203.0.113.1')).status).toBe(429);
	});

	it('lock nobody out from another address', async () => {
		await fail(10, 'ann@shop.test', '198.51.100.1');
		expect((await tryIn('ann@shop.test', password, '198.51.100.1')).status).toBe(429);
		expect((await tryIn('ann@shop.test', password, '203.0.113.1')).status).toBe(303);
	});

	it('refuse the fifty-first failure from one address, whichever accounts it tried', async () => {
		for (let account = 0; account < 5; account++) await fail(10, `guess-${account}@shop.test`, '198.51.100.2');
		expect((await tryIn('ann@shop.test', password, '198.51.100.2')).status).toBe(429);
		expect((await tryIn('ann@shop.test', password, '203.0.113.1')).status).toBe(303);
	});

	it('do not count what succeeded', async () => {
		for (let count = 0; count < 60; count++)
			expect((await tryIn('ann@shop.test', password, '203.0.113.2')).status).toBe(303);
	}, 60_000);

	it('count tries that come all at once', async () => {
		const answers = await Promise.all(Array.from({ length: 25 }, () => tryIn('ann@shop.test', 'wrong', '203.0.113.3')));
		expect(answers.filter(({ status }) => status === 400)).toHaveLength(10);
		expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
	});

	it('take all addresses of one IPv6 customer for one', async () => {
		for (let count = 0; count < 10; count++) await fail(1, 'ann@shop.test', `2001:db8:1:2::${count}`);
		expect((await tryIn('ann@shop.test', password, '2001:db8:1:2:ffff::1')).status).toBe(429);
		expect((await tryIn('ann@shop.test', password, '2001:db8:1:3::1')).status).toBe(303);
	});
});

describe('the cookie', () => {
	it('is out of reach of scripts and other sites, and over https only', async () => {
		const { cookies } = await tryIn('ann@shop.test', password);
		expect(cookies).toHaveLength(1);
		expect(cookies[0]).toMatchObject({
			name: '__Host-heed_session',
			options: { path: '/', httpOnly: true, sameSite: 'lax', secure: true, maxAge: 30 * 86_400 },
		});
		expect(cookies[0]!.options).not.toHaveProperty('domain');
	});

	it('is not marked secure where the product is reached over http, which would lose it', async () => {
		const local = await testContext({ db: ctx.db, env: { PUBLIC_URL: 'http://localhost:3000' } });
		const { cookies } = await ask(local, signIn, { form: { email: 'ann@shop.test', password } });
		expect(cookies[0]).toMatchObject({ name: 'heed_session', options: { secure: false, httpOnly: true } });
	});
});

describe('signing out', () => {
	const sessionOf = async (email: string) => (await tryIn(email, password)).cookies[0]!.value;
	const open = async (token: string) => (await ask(ctx, await find('(app)/account', 'load'), { token })).status === 200;

	it('ends this session only', async () => {
		const [here, there] = [await sessionOf('ann@shop.test'), await sessionOf('ann@shop.test')];
		const answer = await ask(ctx, await find('(auth)/sign-out', '?/default'), { token: here });
		expect(answer).toMatchObject({ status: 303, location: '/sign-in' });
		expect(answer.cookies.at(-1)).toMatchObject({ name: '__Host-heed_session', value: '' });
		expect([await open(here), await open(there)]).toEqual([false, true]);
	});

	it('everywhere else keeps this session; everywhere ends it too; neither touches others', async () => {
		const [here, there, bens] = [
			await sessionOf('ann@shop.test'),
			await sessionOf('ann@shop.test'),
			await sessionOf('ben@shop.test'),
		];
		await ask(ctx, await find('(app)/account', '?/signOutElsewhere'), { token: here });
		expect([await open(here), await open(there), await open(bens)]).toEqual([true, false, true]);
		await ask(ctx, await find('(app)/account', '?/signOutEverywhere'), { token: here });
		expect([await open(here), await open(bens)]).toEqual([false, true]);
	});

	it('is not done by opening an address', async () => {
		const token = await sessionOf('ann@shop.test');
		await ask(ctx, await find('(auth)/sign-out', 'load'), { token });
		expect(await open(token)).toBe(true);
	});
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as accounts from '#lib/server/services/accounts.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { ask, find } from '#test/support/routes.ts';

let ctx: TestContext;
beforeEach(async () => {
	ctx = await testContext();
});
afterEach(() => ctx.close());

const form = {
	name: 'Ann Perera',
	email: 'Ann@Shop.test',
	password: 'a wide river bends',
	workspaceName: 'Corner Shop',
	timeZone: 'Asia/Colombo',
	language: 'si',
};
const setUp = async (given: Record<string, string> = {}, asking = {}) =>
	ask(ctx, await find('(auth)/setup', '?/default'), { form: { ...form, ...given }, ...asking });
const rows = async () => ({
	users: await ctx.rows.users.countDocuments(),
	workspaces: await ctx.rows.workspaces.countDocuments(),
	memberships: await ctx.rows.memberships.find().lean(),
});

describe('the first visit', () => {
	it.each([
		['(app)', 'load'],
		['(app)/account', 'load'],
		['(auth)/sign-in', 'load'],
		['(auth)/forgot', 'load'],
		['(app)/w/[workspace]/team', 'load'],
	])('to %s leads to set-up, and no more once that is done', async (route, what) => {
		const visit = async () => ask(ctx, await find(route, what), { params: { workspace: 'corner-shop' } });
		expect(await visit()).toMatchObject({ status: 303, location: '/setup' });
		await setUp();
		expect((await visit()).location).not.toBe('/setup');
	});

	it('to a customer’s page does not', async () => {
		const answer = await ask(ctx, await find('s/[token]', 'load'), { params: { token: 'x' } });
		expect(answer.location).toBeUndefined();
	});
});

describe('setting up', () => {
	it('makes the owner and the workspace, signs in and goes there', async () => {
		const answer = await setUp();
		expect(answer).toMatchObject({ status: 303, location: '/w/corner-shop/surveys' });
		const token = answer.cookies[0]!.value;
		const { data } = await ask(ctx, await find('(app)', 'layout'), { token });
		expect(data).toMatchObject({
			user: { name: 'Ann Perera', email: 'ann@shop.test' },
			current: { name: 'Corner Shop', slug: 'corner-shop', timeZone: 'Asia/Colombo' },
			role: 'owner',
		});
	});

	it('works once: later the page leads away and its form is refused', async () => {
		await setUp();
		expect(await ask(ctx, await find('(auth)/setup', 'load'))).toMatchObject({ status: 303, location: '/' });
		const second = await setUp({ email: 'eve@shop.test' });
		expect(second.status).toBe(409);
		expect(second.message).toMatch(/Somebody else has just set Heed up/);
		expect(await rows()).toMatchObject({ users: 1, workspaces: 1 });
	});

	it('lets exactly one of several who do it at once win', async () => {
		const answers = await Promise.all(
			['ann', 'ben', 'cleo', 'dev'].map((name) => setUp({ email: `${name}@shop.test`, name })),
		);
		expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409]);
		const { users, workspaces, memberships } = await rows();
		expect([users, workspaces]).toEqual([1, 1]);
		expect(memberships).toMatchObject([{ role: 'owner' }]);
	});

	it.each([
		['name', { name: ' ' }],
		['email', { email: 'ann' }],
		['password', { password: 'password1234' }],
		['password', { password: 'corner shop 1' }],
		['workspaceName', { workspaceName: '' }],
		['timeZone', { timeZone: 'Mars/Olympus' }],
		['language', { language: 'tlh' }],
	])('says what is wrong with %s and gives back what was typed, but for the password', async (field, given) => {
		const answer = await setUp(given);
		const { refusal } = answer.data as { refusal: { fields: object; values: Record<string, string> } };
		expect(answer.status).toBe(400);
		expect(Object.keys(refusal.fields)).toEqual([field]);
		const { password: _, ...kept } = { ...form, ...given };
		expect(refusal.values).toEqual(kept);
		expect(await rows()).toMatchObject({ users: 0, workspaces: 0 });
	});

	it('adds the sample year when asked to', async () => {
		await setUp({ hasSampleData: 'on' });
		expect(await ctx.rows.surveys.countDocuments({ isSample: true })).toBe(3);
	}, 60_000);
});

describe('with a code', () => {
	beforeEach(() => {
		ctx.setupCode = 'ABCD-EFGH-JKLM';
	});

	it('asks for it', async () => {
		expect((await ask(ctx, await find('(auth)/setup', 'load'))).data).toMatchObject({ needsCode: true });
		expect((await setUp({ code: ' abcd-efgh-jklm ' })).status).toBe(303);
	});

	it('refuses a wrong one, and guessing', async () => {
		for (let count = 0; count < 20; count++) expect((await setUp({ code: `guess-${count}` })).status).toBe(400);
		expect((await setUp({ code: 'ABCD-EFGH-JKLM' })).status).toBe(429);
		ctx.pass(15 * 60_000);
		expect((await setUp({ code: 'ABCD-EFGH-JKLM' })).status).toBe(303);
	});
});

describe('create-owner', () => {
	const owner = { ...form, language: 'en' as const, email: 'ann@shop.test' };

	it('closes set-up, and gives workspaces of one name different addresses', async () => {
		const first = await accounts.createOwner(ctx, owner);
		const second = await accounts.createOwner(ctx, { ...owner, email: 'ben@shop.test' });
		expect([first.workspace.slug, second.workspace.slug]).toEqual(['corner-shop', 'corner-shop-2']);
		expect((await setUp({ email: 'eve@shop.test' })).status).toBe(409);
	});

	it('names the way out when the address has an account', async () => {
		await accounts.createOwner(ctx, owner);
		await expect(accounts.createOwner(ctx, owner)).rejects.toThrow(/reset-password ann@shop.test/);
	});
});

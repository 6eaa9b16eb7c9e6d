import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as accounts from '#lib/server/services/accounts.ts';
import * as passwordResets from '#lib/server/services/password-resets.ts';
import * as sessions from '#lib/server/services/sessions.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { ask, find } from '#test/support/routes.ts';

const minute = 60_000;
const client = { address: '203.0.113.9', userAgent: null };
const password = 'a wide river bends';

let ctx: TestContext;
let count = 0;
beforeAll(async () => {
	ctx = await testContext({ env: { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'Heed <heed@heed.test>' } });
	// Mails are read from the hand that would give them to the server.
	ctx.mailer.send = async (mail) => {
		ctx.mails.push(mail);
		return { outcome: 'sent', reply: '250 OK', messageId: '<1@heed.test>' };
	};
});
afterAll(() => ctx.close());
afterEach(() => {
	ctx.mails.length = 0;
	ctx.pass(60 * minute);
});

const makeAnn = async () => {
	const email = `ann-${++count}@shop.test`;
	const { user } = await accounts.createOwner(ctx, {
		name: 'Ann',
		email,
		password,
		workspaceName: 'Shop',
		timeZone: 'UTC',
		language: 'en',
	});
	return user;
};
const forgot = async (email: string, address = '203.0.113.7') =>
	ask(ctx, await find('(auth)/forgot', '?/default'), { form: { email }, address });
const tokenIn = (text: string) => /\/reset\/([\w-]+)/.exec(text)![1]!;
const reset = async (token: string, given: string) =>
	ask(ctx, await find('(auth)/reset/[token]', '?/default'), { params: { token }, form: { password: given } });

describe('asking for a link', () => {
	it('mails one to an address that has an account, as account mail', async () => {
		const ann = await makeAnn();
		await forgot(ann.email);
		await ctx.runDueJobs();
		expect(ctx.mails).toMatchObject([{ to: ann.email, kind: 'account', workspaceId: null }]);
		expect(ctx.mails[0]!.text).toContain('https://heed.test/reset/');
	});

	it('answers the same, and mails nobody, when the address has none', async () => {
		const ann = await makeAnn();
		const known = await forgot(ann.email);
		await ctx.runDueJobs();
		ctx.mails.length = 0;
		const unknown = await forgot('nobody@shop.test');
		await ctx.runDueJobs();
		expect(ctx.mails).toEqual([]);
		const said = ({ status, data }: typeof known) => ({ status, keys: Object.keys(data as object) });
		expect(said(unknown)).toEqual(said(known));
	});

	it('is limited per account and per address', async () => {
		const ann = await makeAnn();
		for (let times = 0; times < 5; times++) expect((await forgot(ann.email)).status).toBe(200);
		expect((await forgot(ann.email)).status).toBe(429);
		expect((await forgot(ann.email, '198.51.100.3')).status).toBe(200);
		for (let times = 0; times < 15; times++) await forgot(`guess-${times}@shop.test`);
		expect((await forgot('another@shop.test')).status).toBe(429);
	});

	it('names the command where no mail server is set', async () => {
		const local = await testContext({ db: ctx.db });
		const ann = await makeAnn();
		const answer = await ask(local, await find('(auth)/forgot', '?/default'), { form: { email: ann.email } });
		expect(answer.status).toBe(409);
		expect(answer.message).toContain(`npm run heed -- reset-password ${ann.email}`);
		await local.runDueJobs();
		expect(local.mails).toEqual([]);
	});
});

describe('a link', () => {
	it('sets the password once, signs in, and ends every other session', async () => {
		const ann = await makeAnn();
		const old = await sessions.open(ctx, ann.id, client);
		const token = tokenIn(await passwordResets.resetLink(ctx, ann.email));
		const answer = await reset(token, 'seven green hats');
		expect(answer).toMatchObject({ status: 303, location: '/' });
		expect(await sessions.read(ctx, old)).toBeNull();
		expect((await sessions.read(ctx, answer.cookies[0]!.value))?.user.id).toBe(ann.id);
		await expect(sessions.signIn(ctx, { email: ann.email, password }, client)).rejects.toThrow(/No account/);
		await sessions.signIn(ctx, { email: ann.email, password: 'seven green hats' }, client);
		expect((await reset(token, 'eight green hats')).status).toBe(410);
	});

	it('is not used up by a password that is refused', async () => {
		const ann = await makeAnn();
		const token = tokenIn(await passwordResets.resetLink(ctx, ann.email));
		expect((await reset(token, 'short')).status).toBe(400);
		expect((await reset(token, 'seven green hats')).status).toBe(303);
	});

	it('works for an hour', async () => {
		const ann = await makeAnn();
		const token = tokenIn(await passwordResets.resetLink(ctx, ann.email));
		ctx.pass(59 * minute);
		const load = await find('(auth)/reset/[token]', 'load');
		expect((await ask(ctx, load, { params: { token } })).data).toEqual({ email: ann.email });
		ctx.pass(minute);
		expect((await ask(ctx, load, { params: { token } })).data).toEqual({ email: null });
		expect((await reset(token, 'seven green hats')).status).toBe(410);
	});

	it('is used by one of two who open it at once', async () => {
		const ann = await makeAnn();
		const token = tokenIn(await passwordResets.resetLink(ctx, ann.email));
		const answers = await Promise.all([reset(token, 'seven green hats'), reset(token, 'eight green hats')]);
		expect(answers.map(({ status }) => status).sort()).toEqual([303, 410]);
	});

	it('ends with all others of the account when the password changes', async () => {
		const ann = await makeAnn();
		const [first, second] = [
			tokenIn(await passwordResets.resetLink(ctx, ann.email)),
			tokenIn(await passwordResets.resetLink(ctx, ann.email)),
		];
		await reset(first, 'seven green hats');
		expect((await reset(second, 'eight green hats')).status).toBe(410);
	});

	it('is kept as a hash', async () => {
		const ann = await makeAnn();
		const token = tokenIn(await passwordResets.resetLink(ctx, ann.email));
		const rows = await ctx.rows.passwordResets.find().lean();
		expect(rows).not.toHaveLength(0);
		expect(JSON.stringify(rows)).not.toContain(token);
		expect((await reset(String(rows.at(-1)!._id), 'seven green hats')).status).toBe(410);
	});

	it('is not made for an address without an account', async () => {
		await expect(passwordResets.resetLink(ctx, 'nobody@shop.test')).rejects.toThrow(/No account has the address/);
	});
});

describe('changing the password', () => {
	const change = async (token: string, currentPassword: string, newPassword: string) =>
		ask(ctx, await find('(app)/account', '?/password'), { token, form: { currentPassword, newPassword } });

	it('keeps this session and ends the others', async () => {
		const ann = await makeAnn();
		const [here, there] = [await sessions.open(ctx, ann.id, client), await sessions.open(ctx, ann.id, client)];
		expect((await change(here, password, 'seven green hats')).status).toBe(200);
		expect(await sessions.read(ctx, here)).not.toBeNull();
		expect(await sessions.read(ctx, there)).toBeNull();
	});

	it.each([
		['currentPassword', 'not it', 'seven green hats'],
		['currentPassword', '', 'seven green hats'],
		['newPassword', password, 'short'],
		['newPassword', password, 'password1234'],
	])('says what is wrong with %s, and gives no password back', async (field, current, next) => {
		const ann = await makeAnn();
		const answer = await change(await sessions.open(ctx, ann.id, client), current, next);
		const { refusal } = answer.data as { refusal: { fields: object; values: object } };
		expect(Object.keys(refusal.fields)).toEqual([field]);
		expect(refusal.values).toEqual({});
	});

	it('does not let an open session guess the password', async () => {
		const ann = await makeAnn();
		const token = await sessions.open(ctx, ann.id, client);
		for (let times = 0; times < 10; times++) await change(token, 'not it', 'seven green hats');
		expect((await change(token, password, 'seven green hats')).status).toBe(429);
	});
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role, Scope } from '#lib/domain/workspace/workspace.ts';
import * as accounts from '#lib/server/services/accounts.ts';
import * as invites from '#lib/server/services/colleague-invites.ts';
import * as memberships from '#lib/server/services/memberships.ts';
import * as sessions from '#lib/server/services/sessions.ts';
import { makeMember, makeTenant } from '#test/support/factories.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { ask, find } from '#test/support/routes.ts';

const client = { address: '203.0.113.9', userAgent: null };
const day = 86_400_000;

let ctx: TestContext;
beforeAll(async () => {
	ctx = await testContext();
});
afterAll(() => ctx.close());

const rolesOf = async (scope: Scope) =>
	Object.fromEntries((await memberships.team(ctx, scope)).map(({ user, role }) => [user.id, role]));

describe('a workspace', () => {
	it.each(['viewer', 'member'] as const)('keeps its last owner from becoming a %s', async (role) => {
		const { workspace, scope } = await makeTenant(ctx);
		await makeMember(ctx, workspace.id, { role: 'member' });
		await expect(memberships.setRole(ctx, scope, scope.userId, role)).rejects.toThrow(/needs an owner/);
		await expect(memberships.remove(ctx, scope, scope.userId)).rejects.toThrow(/needs an owner/);
		expect((await rolesOf(scope))[scope.userId]).toBe('owner');
	});

	it('lets an owner go when another stays', async () => {
		const { workspace, scope } = await makeTenant(ctx);
		const other = await makeMember(ctx, workspace.id, { role: 'owner' });
		await memberships.setRole(ctx, other, scope.userId, 'member');
		await memberships.remove(ctx, other, scope.userId);
		expect(await rolesOf(other)).toEqual({ [other.userId]: 'owner' });
	});

	it('keeps an owner when two remove each other at once', async () => {
		for (let round = 0; round < 5; round++) {
			const { workspace, scope } = await makeTenant(ctx);
			const other = await makeMember(ctx, workspace.id, { role: 'owner' });
			await Promise.allSettled([
				memberships.remove(ctx, scope, other.userId),
				memberships.setRole(ctx, other, scope.userId, 'viewer'),
			]);
			expect(Object.values(await rolesOf(scope))).toContain('owner');
		}
	});

	it.each<[Role, Role]>([
		['viewer', 'member'],
		['member', 'owner'],
		['member', 'viewer'],
	])('makes a %s a %s', async (from, to) => {
		const { workspace, scope } = await makeTenant(ctx);
		const { userId } = await makeMember(ctx, workspace.id, { role: from });
		await memberships.setRole(ctx, scope, userId, to);
		expect((await rolesOf(scope))[userId]).toBe(to);
	});

	it('never touches people of another', async () => {
		const [mine, theirs] = [await makeTenant(ctx), await makeTenant(ctx)];
		const { userId } = await makeMember(ctx, theirs.workspace.id, { role: 'member' });
		await expect(memberships.setRole(ctx, mine.scope, userId, 'owner')).rejects.toThrow(/does not belong/);
		await expect(memberships.remove(ctx, mine.scope, userId)).rejects.toThrow(/does not belong/);
		expect((await rolesOf(theirs.scope))[userId]).toBe('member');
	});
});

describe('removing somebody', () => {
	it('shuts them out at once and can be undone for a minute, to the role they had', async () => {
		const { workspace, scope } = await makeTenant(ctx);
		const { userId } = await makeMember(ctx, workspace.id, { role: 'viewer' });
		const receipt = await memberships.remove(ctx, scope, userId);
		await expect(memberships.enter(ctx, userId, workspace.slug)).rejects.toThrow(/no such workspace/);
		await memberships.restore(ctx, scope, receipt);
		expect((await rolesOf(scope))[userId]).toBe('viewer');
	});

	it.each([
		['too late', (receipt: string) => receipt, 61_000],
		['with another role', (receipt: string) => receipt.replace('.viewer.', '.owner.'), 0],
		['for somebody else', (receipt: string) => receipt.replace(/^./, (sign) => (sign === '0' ? '1' : '0')), 0],
		['made up', () => 'x', 0],
		['empty', () => '', 0],
	])('cannot be undone %s', async (_how, change, ms) => {
		const { workspace, scope } = await makeTenant(ctx);
		const { userId } = await makeMember(ctx, workspace.id, { role: 'viewer' });
		const receipt = await memberships.remove(ctx, scope, userId);
		ctx.pass(ms);
		await expect(memberships.restore(ctx, scope, change(receipt))).rejects.toThrow(/too late/);
	});

	it('cannot be undone in another workspace', async () => {
		const [mine, theirs] = [await makeTenant(ctx), await makeTenant(ctx)];
		const { userId } = await makeMember(ctx, mine.workspace.id, { role: 'viewer' });
		const receipt = await memberships.remove(ctx, mine.scope, userId);
		await expect(memberships.restore(ctx, theirs.scope, receipt)).rejects.toThrow(/too late/);
	});
});

describe('the switch for detractors’ answers', () => {
	it('is each member’s own', async () => {
		const { workspace, scope } = await makeTenant(ctx);
		const ben = await makeMember(ctx, workspace.id, { role: 'member' });
		const token = await sessions.open(ctx, ben.userId, client);
		const turn = async (form: Record<string, string>) =>
			ask(ctx, await find('(app)/w/[workspace]/team', '?/alerts'), {
				token,
				params: { workspace: workspace.slug },
				form,
			});
		const wants = async () =>
			Object.fromEntries((await memberships.team(ctx, scope)).map((each) => [each.user.id, each.wantsDetractorMail]));
		await turn({ wantsDetractorMail: 'on' });
		expect(await wants()).toEqual({ [ben.userId]: true, [scope.userId]: false });
		await turn({});
		expect(await wants()).toEqual({ [ben.userId]: false, [scope.userId]: false });
	});
});

describe('an invitation', () => {
	const owner = async () => {
		const made = await makeTenant(ctx, { name: 'Corner Shop' });
		return { ...made, token: await sessions.open(ctx, made.scope.userId, client) };
	};
	let count = 0;
	const invite = async (scope: Scope, role: 'member' | 'viewer' = 'member') => {
		const email = `cleo-${++count}@shop.test`;
		await invites.invite(ctx, scope, { email, role });
		const made = (await invites.pending(ctx, scope)).find((each) => each.email === email)!;
		return { ...made, token: made.url!.split('/join/')[1]! };
	};
	const join = async (token: string, form: Record<string, string>) =>
		ask(ctx, await find('(auth)/join/[token]', '?/create'), { params: { token }, form });
	const cleo = { name: 'Cleo', password: 'a wide river bends' };

	it('brings somebody new in, with a name and a password, as what they were invited to be', async () => {
		const { workspace, scope } = await owner();
		const { token, email } = await invite(scope, 'viewer');
		const answer = await join(token, cleo);
		expect(answer).toMatchObject({ status: 303, location: `/w/${workspace.slug}/surveys` });
		const joined = (await memberships.team(ctx, scope)).find(({ user }) => user.email === email);
		expect(joined).toMatchObject({ user: { name: 'Cleo' }, role: 'viewer' });
		expect(await invites.pending(ctx, scope)).toEqual([]);
		expect((await join(token, cleo)).status).toBe(410);
	});

	it('asks somebody who has an account to sign in, and then lets only them in', async () => {
		const { workspace, scope } = await owner();
		const { token, email } = await invite(scope);
		const { user } = await accounts.createOwner(ctx, {
			...cleo,
			email,
			workspaceName: 'Hers',
			timeZone: 'UTC',
			language: 'en',
		});
		expect((await join(token, cleo)).status).toBe(409);
		const accept = await find('(auth)/join/[token]', '?/accept');
		const stranger = await makeTenant(ctx);
		const asStranger = await ask(ctx, accept, {
			params: { token },
			token: await sessions.open(ctx, stranger.scope.userId, client),
		});
		expect(asStranger.status).toBe(403);
		const asHer = await ask(ctx, accept, { params: { token }, token: await sessions.open(ctx, user.id, client) });
		expect(asHer).toMatchObject({ status: 303, location: `/w/${workspace.slug}/surveys` });
		expect((await rolesOf(scope))[user.id]).toBe('member');
	});

	it('says what is wrong with a name or a password, and stays open', async () => {
		const { scope } = await owner();
		const { token } = await invite(scope);
		const answer = await join(token, { name: 'Cleo', password: 'cornershop-123' });
		expect(answer.status).toBe(400);
		expect(answer.message).toMatch(/name that others know/);
		expect((await join(token, cleo)).status).toBe(303);
	});

	it('ends when it is withdrawn, after a week, and when its token is altered', async () => {
		const { scope } = await owner();
		const withdrawn = await invite(scope);
		await invites.withdraw(ctx, scope, withdrawn.id);
		expect((await join(withdrawn.token, cleo)).status).toBe(410);
		const old = await invite(scope);
		expect((await join(`${old.token.slice(0, -1)}${old.token.endsWith('A') ? 'B' : 'A'}`, cleo)).status).toBe(410);
		ctx.pass(7 * day);
		expect((await join(old.token, cleo)).status).toBe(410);
		expect((await invites.pending(ctx, scope))[0]).toMatchObject({ hasExpired: true });
		await invites.resend(ctx, scope, old.id);
		expect((await join(old.token, cleo)).status).toBe(303);
	});

	it('is one per address, however often it is asked for', async () => {
		const { scope } = await owner();
		await invites.invite(ctx, scope, { email: 'dana@shop.test', role: 'viewer' });
		await invites.invite(ctx, scope, { email: 'dana@shop.test', role: 'member' });
		expect(await invites.pending(ctx, scope)).toMatchObject([{ email: 'dana@shop.test', role: 'member' }]);
	});

	it('is refused for somebody who belongs already', async () => {
		const { workspace, scope } = await owner();
		const { email } = await makeMember(ctx, workspace.id);
		await expect(invites.invite(ctx, scope, { email, role: 'viewer' })).rejects.toThrow(
			/belongs to this workspace already/,
		);
	});

	it('cannot be resent or withdrawn from another workspace', async () => {
		const [mine, theirs] = [await owner(), await owner()];
		const made = await invite(mine.scope);
		await expect(invites.resend(ctx, theirs.scope, made.id)).rejects.toThrow(/withdrawn already/);
		await invites.withdraw(ctx, theirs.scope, made.id);
		expect(await invites.pending(ctx, mine.scope)).toHaveLength(1);
	});

	it('shows its link to owners alone, and mails it where there is a mail server', async () => {
		const { workspace, scope } = await owner();
		await invite(scope);
		const member = await makeMember(ctx, workspace.id, { role: 'member' });
		expect((await invites.pending(ctx, member))[0]!.url).toBeNull();
		expect(ctx.mails).toEqual([]);

		const mailing = await testContext({
			db: ctx.db,
			env: { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'Heed <heed@heed.test>' },
		});
		mailing.mailer.send = async (mail) => {
			mailing.mails.push(mail);
			return { outcome: 'sent', reply: '250 OK', messageId: '<1@heed.test>' };
		};
		await invites.invite(mailing, scope, { email: 'emil@shop.test', role: 'member' });
		await mailing.runDueJobs();
		expect(mailing.mails).toMatchObject([{ to: 'emil@shop.test', kind: 'account', workspaceId: null }]);
		const token = /\/join\/([\w-]+)/.exec(mailing.mails[0]!.text)![1]!;
		expect(await invites.open(mailing, token)).toMatchObject({ invite: { email: 'emil@shop.test' } });
		expect((await invites.pending(mailing, scope)).map(({ url }) => url)).toEqual([null, null]);
	});

	it('can be made by its form for members and viewers, never for owners', async () => {
		const { workspace, scope, token } = await owner();
		const post = async (form: Record<string, string>) =>
			ask(ctx, await find('(app)/w/[workspace]/team', '?/invite'), {
				token,
				params: { workspace: workspace.slug },
				form,
			});
		expect((await post({ email: 'finn@shop.test', role: 'owner' })).status).toBe(400);
		expect((await post({ email: 'finn', role: 'member' })).status).toBe(400);
		expect((await post({ email: ' Finn@Shop.test', role: 'viewer' })).status).toBe(200);
		expect(await invites.pending(ctx, scope)).toMatchObject([{ email: 'finn@shop.test', role: 'viewer' }]);
	});
});

// Inviting colleagues into a workspace: a signed link for one address, good for a week, revoked by withdrawing it.
import { z } from 'zod';
import { colleagueInvite } from '#emails/colleague-invite.ts';
import { emailSchema, personNameSchema } from '#lib/domain/account/account.ts';
import { Closed, Conflict, Forbidden, Invalid, NotFound } from '#lib/domain/errors.ts';
import type { Scope, User, Workspace } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as invites from '../db/colleague-invites.ts';
import * as memberships from '../db/memberships.ts';
import * as users from '../db/users.ts';
import * as workspaces from '../db/workspaces.ts';
import type { JobPayload } from '../jobs/names.ts';
import { deliver } from './account-mail.ts';
import * as accounts from './accounts.ts';
import { readToken, tokenFor } from './links.ts';

const days = 7;

export const newInviteSchema = z.object({
	email: emailSchema,
	role: z.enum(['member', 'viewer'], { error: () => t.refusals_choose_role() }),
});

export type PendingInvite = invites.ColleagueInvite & {
	hasExpired: boolean;
	/** The link itself, where mail cannot bring it. */
	url: string | null;
};

const urlOf = (ctx: Context, { workspaceId, id }: invites.ColleagueInvite) =>
	`${ctx.config.PUBLIC_URL}/join/${tokenFor(ctx.secret, { kind: 'join', workspaceId, id })}`;

const expiry = (ctx: Context) => new Date(ctx.clock().getTime() + days * 86_400_000);

const mailLater = (ctx: Context, { workspaceId, id }: invites.ColleagueInvite) =>
	ctx.mailer.isMailbox
		? Promise.resolve()
		: ctx.jobs.enqueue('colleague-invite', { workspaceId, inviteId: id }, { key: `colleague-invite:${id}` });

/** Invites an address. Throws Invalid when it belongs to the workspace already. */
export const invite = async (
	ctx: Context,
	scope: Scope,
	{ email, role }: z.output<typeof newInviteSchema>,
): Promise<void> => {
	const user = await users.byEmail(ctx.db, email);
	if (user && (await memberships.roleOf(ctx.db, scope.workspaceId, user.id))) {
		const reason = t.refusals_invite_belongs({ email });
		throw new Invalid(reason, { email: reason });
	}
	const times = { createdAt: ctx.clock(), expiresAt: expiry(ctx) };
	await mailLater(
		ctx,
		await invites.save(ctx.db, scope.workspaceId, { email, role, invitedBy: scope.userId, ...times }),
	);
};

/** Those that nobody has accepted yet. */
export const pending = async (ctx: Context, scope: Scope): Promise<PendingInvite[]> => {
	const found = await invites.ofWorkspace(ctx.db, scope.workspaceId);
	const showsUrl = ctx.mailer.isMailbox && scope.role === 'owner';
	return found.map((each) => ({
		...each,
		hasExpired: each.expiresAt <= ctx.clock(),
		url: showsUrl ? urlOf(ctx, each) : null,
	}));
};

/** Mails an invitation again and lets it live another week. */
export const resend = async (ctx: Context, scope: Scope, inviteId: string): Promise<void> => {
	const found = await invites.byId(ctx.db, scope.workspaceId, inviteId);
	if (!found) throw new NotFound(t.refusals_invite_gone());
	await mailLater(
		ctx,
		await invites.save(ctx.db, scope.workspaceId, { ...found, invitedBy: scope.userId, expiresAt: expiry(ctx) }),
	);
};

export const withdraw = (ctx: Context, scope: Scope, inviteId: string): Promise<void> =>
	invites.remove(ctx.db, scope.workspaceId, inviteId);

/** The job: mails the link, unless the invitation is gone by now. */
export const mail = async (ctx: Context, { workspaceId, inviteId }: JobPayload<'colleague-invite'>): Promise<void> => {
	const found = await invites.byId(ctx.db, workspaceId, inviteId);
	const workspace = found && (await workspaces.byId(ctx.db, workspaceId));
	if (!found || !workspace) return;
	const inviter = await users.byId(ctx.db, found.invitedBy);
	const content = { inviter: inviter?.name ?? workspace.name, workspace: workspace.name, role: found.role, days };
	await deliver(ctx, found.email, colleagueInvite({ ...content, url: urlOf(ctx, found) }));
};

export type OpenInvite = { invite: invites.ColleagueInvite; workspace: Workspace; hasAccount: boolean };

/** What a link invites to, or null when it was accepted, withdrawn, has expired or is not one of ours. */
export const open = async (ctx: Context, token: string): Promise<OpenInvite | null> => {
	const link = readToken(ctx.secret, token);
	if (link?.kind !== 'join') return null;
	const found = await invites.byId(ctx.db, link.workspaceId, link.id);
	const workspace = found && found.expiresAt > ctx.clock() && (await workspaces.byId(ctx.db, link.workspaceId));
	if (!workspace) return null;
	return { invite: found, workspace, hasAccount: (await users.byEmail(ctx.db, found.email)) !== null };
};

const openOrThrow = async (ctx: Context, token: string): Promise<OpenInvite> => {
	const found = await open(ctx, token);
	if (!found) throw new Closed(t.refusals_invite_old());
	return found;
};

const join = async (ctx: Context, { invite, workspace }: OpenInvite, user: User): Promise<Workspace> => {
	await memberships.add(ctx.db, workspace.id, user.id, invite.role, ctx.clock());
	await invites.remove(ctx.db, workspace.id, invite.id);
	return workspace;
};

/** Joins as somebody who has an account: the one that was invited. */
export const accept = async (ctx: Context, token: string, user: User): Promise<Workspace> => {
	const found = await openOrThrow(ctx, token);
	if (found.invite.email !== user.email)
		throw new Forbidden(t.refusals_invite_other({ email: found.invite.email, yours: user.email }));
	return join(ctx, found, user);
};

export const newColleagueSchema = z.object({ name: personNameSchema, password: z.string() });

/** Joins as somebody new, who chooses a name and a password. */
export const acceptAsNew = async (
	ctx: Context,
	token: string,
	{ name, password }: z.output<typeof newColleagueSchema>,
): Promise<{ user: User; workspace: Workspace }> => {
	const found = await openOrThrow(ctx, token);
	const { email } = found.invite;
	const passwordHash = await accounts.hashGood(password, [email, name, found.workspace.name]);
	const user = await users.create(ctx.db, { email, name, passwordHash, isFirst: false, createdAt: ctx.clock() });
	if (!user) throw new Conflict(t.refusals_invite_has_account({ email }));
	return { user, workspace: await join(ctx, found, user) };
};

// Who belongs to which workspace, and as what. A workspace always has an owner.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Closed, Conflict, NotFound } from '#lib/domain/errors.ts';
import type { Role, Scope, User, Workspace } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as membershipRows from '../db/memberships.ts';
import * as users from '../db/users.ts';
import * as workspaces from '../db/workspaces.ts';

/** The scope of a user in the workspace of this slug. Throws NotFound for a workspace that is not theirs. */
export const enter = async (
	ctx: Context,
	userId: string,
	slug: string,
): Promise<{ scope: Scope; workspace: Workspace }> => {
	const workspace = await workspaces.bySlug(ctx.db, slug);
	const role = workspace && (await membershipRows.roleOf(ctx.db, workspace.id, userId));
	if (!workspace || !role) throw new NotFound(t.refusals_not_your_workspace());
	return { workspace, scope: { workspaceId: workspace.id, userId, role } };
};

export type Colleague = { user: User; role: Role; wantsDetractorMail: boolean; joinedAt: Date };

/** Everybody in the workspace, the longest-standing first. */
export const team = async (ctx: Context, scope: Scope): Promise<Colleague[]> => {
	const rows = await membershipRows.ofWorkspace(ctx.db, scope.workspaceId);
	const people = await users.byIds(
		ctx.db,
		rows.map(({ userId }) => userId),
	);
	return rows.flatMap(({ userId, role, wantsDetractorMail, createdAt }) => {
		const user = people.find(({ id }) => id === userId);
		return user ? [{ user, role, wantsDetractorMail, joinedAt: createdAt }] : [];
	});
};

const find = async (ctx: Context, scope: Scope, userId: string) => {
	const all = await membershipRows.ofWorkspace(ctx.db, scope.workspaceId);
	const membership = all.find((each) => each.userId === userId);
	if (!membership) throw new NotFound(t.refusals_not_a_member());
	return { membership, isLastOwner: !all.some((each) => each.role === 'owner' && each.userId !== userId) };
};

const noOwnerLeft = () => new Conflict(t.refusals_last_owner());

/**
 * Makes a change that may take the last owner away, and takes it back if it did: two owners who remove each other at
 * once both stay.
 */
const keepingAnOwner = async (
	ctx: Context,
	scope: Scope,
	userId: string,
	change: () => Promise<void>,
	takeBack: (before: membershipRows.Membership) => Promise<void>,
): Promise<membershipRows.Membership> => {
	const { membership, isLastOwner } = await find(ctx, scope, userId);
	if (isLastOwner) throw noOwnerLeft();
	await change();
	const left = await membershipRows.ofWorkspace(ctx.db, scope.workspaceId);
	if (left.some(({ role }) => role === 'owner')) return membership;
	await takeBack(membership);
	throw noOwnerLeft();
};

export const setRole = async (ctx: Context, scope: Scope, userId: string, role: Role): Promise<void> => {
	const set = (value: Role) => membershipRows.setRole(ctx.db, scope.workspaceId, userId, value);
	if (role === 'owner') {
		await find(ctx, scope, userId);
		await set(role);
	} else
		await keepingAnOwner(
			ctx,
			scope,
			userId,
			() => set(role),
			(before) => set(before.role),
		);
};

const undoMs = 60_000;

/** "user id, role, until", signed: only who was just removed here can be put back, as what they were. */
const sealed = (ctx: Context, scope: Scope, fields: string) => {
	const mac = createHmac('sha256', ctx.secret).update(`removed\n${scope.workspaceId}\n${fields}`).digest('base64url');
	return `${fields}.${mac}`;
};

/** Removes somebody. The result puts them back, through `restore`, within a minute. */
export const remove = async (ctx: Context, scope: Scope, userId: string): Promise<string> => {
	const before = await keepingAnOwner(
		ctx,
		scope,
		userId,
		() => membershipRows.remove(ctx.db, scope.workspaceId, userId),
		(was) => membershipRows.add(ctx.db, scope.workspaceId, userId, was.role, was.createdAt),
	);
	return sealed(ctx, scope, `${userId}.${before.role}.${ctx.clock().getTime() + undoMs}`);
};

/** Puts back whom `remove` took out. */
export const restore = async (ctx: Context, scope: Scope, receipt: string): Promise<void> => {
	const [userId = '', role = '', until = ''] = receipt.split('.');
	const expected = Buffer.from(sealed(ctx, scope, `${userId}.${role}.${until}`));
	const given = Buffer.from(receipt);
	const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
	if (!isOurs || Number(until) < ctx.clock().getTime()) throw new Closed(t.refusals_removal_final());
	await membershipRows.add(ctx.db, scope.workspaceId, userId, role as Role, ctx.clock());
};

/** Whether the asker wants each detractor's answer by mail. */
export const setWantsDetractorMail = (ctx: Context, scope: Scope, wants: boolean): Promise<void> =>
	membershipRows.setWantsDetractorMail(ctx.db, scope.workspaceId, scope.userId, wants);

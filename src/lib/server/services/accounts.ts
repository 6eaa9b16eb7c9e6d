// People who sign in: making them, and what they change about themselves.
import { z } from 'zod';
import { emailSchema, personNameSchema } from '#lib/domain/account/account.ts';
import { weakness } from '#lib/domain/account/password.ts';
import { Conflict, Invalid } from '#lib/domain/errors.ts';
import type { User, Workspace } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import * as passwords from '../auth/passwords.ts';
import type { Context } from '../context.ts';
import * as users from '../db/users.ts';
import * as passwordResets from '../db/password-resets.ts';
import * as limits from './limits.ts';
import * as sessions from './sessions.ts';
import { create as createWorkspace, newWorkspaceSchema } from './workspaces.ts';

export const newOwnerSchema = z.object({
	name: personNameSchema,
	email: emailSchema,
	password: z.string(),
	...newWorkspaceSchema.shape,
});
export type NewOwner = z.output<typeof newOwnerSchema>;

/** Throws Invalid with the reason when the password is a weak one. */
export const refuseWeak = (password: string, about: readonly string[], field = 'password'): void => {
	const reason = weakness(password, about);
	if (reason) throw new Invalid(reason, { [field]: reason });
};

/** The hash to keep. Throws Invalid with the reason when the password is a weak one. */
export const hashGood = async (password: string, about: readonly string[], field?: string): Promise<string> => {
	refuseWeak(password, about, field);
	return passwords.hash(password);
};

/** Whether somebody set this installation up: until then, the first visitor does. */
export const isSetUp = (ctx: Context): Promise<boolean> => users.isAnyone(ctx.db);

const make = async (ctx: Context, given: NewOwner, isFirst: boolean): Promise<User | null> => {
	const { name, email, workspaceName } = given;
	const passwordHash = await hashGood(given.password, [email, name, workspaceName]);
	return users.create(ctx.db, { email, name, passwordHash, isFirst, createdAt: ctx.clock() });
};

/**
 * The first person and their workspace. Of two who do this at once exactly one succeeds; Conflict tells the other.
 * When set-up asks for a code, a wrong one is Invalid.
 */
export const setUp = async (
	ctx: Context,
	given: NewOwner,
	{ code, address }: { code: string; address: string },
): Promise<{ user: User; workspace: Workspace }> => {
	const taken = new Conflict(t.refusals_set_up_already());
	if (await isSetUp(ctx)) throw taken;
	const tried = await limits.take(ctx, 'setUpPerAddress', limits.clientOf(address));
	if (ctx.setupCode !== null && code.trim().toUpperCase() !== ctx.setupCode.toUpperCase()) {
		const reason = t.refusals_setup_code();
		throw new Invalid(reason, { code: reason });
	}
	const user = await make(ctx, given, true);
	if (!user) throw taken;
	await tried.giveBack();
	return { user, workspace: await createWorkspace(ctx, user.id, given) };
};

/** One more person with a workspace of their own, for the command line. Throws Conflict when the address has an account. */
export const createOwner = async (ctx: Context, given: NewOwner): Promise<{ user: User; workspace: Workspace }> => {
	const user = await make(ctx, given, !(await isSetUp(ctx)));
	if (!user)
		throw new Conflict(`${given.email} has an account already. For a new password: reset-password ${given.email}`);
	return { user, workspace: await createWorkspace(ctx, user.id, given) };
};

export const rename = (ctx: Context, user: User, name: string): Promise<void> => users.setName(ctx.db, user.id, name);

/** Sets a password that is good enough; all sessions but `keptSessionId` and all reset links end. */
export const setPassword = async (
	ctx: Context,
	user: User,
	password: string,
	options: { keptSessionId?: string; field?: string } = {},
): Promise<void> => {
	const passwordHash = await hashGood(password, [user.email, user.name], options.field);
	await users.setPasswordHash(ctx.db, user.id, passwordHash);
	await passwordResets.removeOfUser(ctx.db, user.id);
	await sessions.endAll(ctx, user.id, options.keptSessionId);
};

/** Changes the password of somebody who knows the present one. Throws Invalid, by field, and TooMany like signing in. */
export const changePassword = async (
	ctx: Context,
	user: User,
	given: { current: string; password: string },
	{ sessionId, address }: { sessionId: string; address: string },
): Promise<void> => {
	const tried = await limits.take(ctx, 'signInPerAccount', user.email, limits.clientOf(address));
	const found = await users.credentials(ctx.db, user.email);
	if (!(await passwords.verify(found?.passwordHash ?? null, given.current))) {
		const reason = t.refusals_present_password();
		throw new Invalid(reason, { currentPassword: reason });
	}
	await tried.giveBack();
	await setPassword(ctx, user, given.password, { keptSessionId: sessionId, field: 'newPassword' });
};

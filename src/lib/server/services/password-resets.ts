// New passwords for those who forgot theirs: a link that works once, for an hour, and is kept only as a hash.
import { passwordReset } from '#emails/password-reset.ts';
import { Closed, Conflict, NotFound } from '#lib/domain/errors.ts';
import type { User } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import { hashToken, makeToken } from '../auth/tokens.ts';
import type { Context } from '../context.ts';
import * as passwordResets from '../db/password-resets.ts';
import * as users from '../db/users.ts';
import type { JobPayload } from '../jobs/names.ts';
import * as accounts from './accounts.ts';
import { deliver } from './account-mail.ts';
import * as limits from './limits.ts';

const minutes = 60;

const makeLink = async (ctx: Context, user: User): Promise<string> => {
	const token = makeToken(ctx.randomBytes);
	const now = ctx.clock();
	await passwordResets.removeExpired(ctx.db, now);
	await passwordResets.add(ctx.db, hashToken(token), user.id, new Date(now.getTime() + minutes * 60_000));
	return `${ctx.config.PUBLIC_URL}/reset/${token}`;
};

/** A link for an account, to hand on by other means than mail. Throws NotFound when the address has none. */
export const resetLink = async (ctx: Context, email: string): Promise<string> => {
	const user = await users.byEmail(ctx.db, email.trim().toLowerCase());
	if (!user) throw new NotFound(t.refusals_reset_no_account({ email }));
	return makeLink(ctx, user);
};

/**
 * Asks for a link by mail. The same answer, after the same work, whether or not the address has an account: looking it
 * up is left to the job. Throws Conflict when no mail server is set, TooMany beyond the limits.
 */
export const request = async (ctx: Context, email: string, address: string): Promise<void> => {
	if (ctx.mailer.isMailbox) throw new Conflict(t.refusals_reset_no_mail({ email }));
	const from = limits.clientOf(address);
	await limits.take(ctx, 'resetPerAddress', from);
	await limits.take(ctx, 'resetPerAccount', email, from);
	await ctx.jobs.enqueue('password-reset', { email });
};

/** The job: mails a link if the address has an account. */
export const mail = async (ctx: Context, { email }: JobPayload<'password-reset'>): Promise<void> => {
	const user = await users.byEmail(ctx.db, email);
	if (user) await deliver(ctx, user.email, passwordReset({ url: await makeLink(ctx, user), minutes }));
};

/** Whose password a link may set, or null when it was used or is too old. */
export const userOf = async (ctx: Context, token: string): Promise<User | null> => {
	const userId = await passwordResets.userIdOf(ctx.db, hashToken(token), ctx.clock());
	return userId ? users.byId(ctx.db, userId) : null;
};

/** Sets the password and uses the link up. A weak password is Invalid and leaves the link; Closed when it was used. */
export const reset = async (ctx: Context, token: string, password: string): Promise<User> => {
	const user = await userOf(ctx, token);
	const closed = new Closed(t.refusals_reset_used());
	if (!user) throw closed;
	accounts.refuseWeak(password, [user.email, user.name]);
	if (!(await passwordResets.use(ctx.db, hashToken(token), ctx.clock()))) throw closed;
	await accounts.setPassword(ctx, user, password);
	return user;
};

// Signing in and out.
import { deviceOf } from '#lib/domain/account/device.ts';
import { Invalid } from '#lib/domain/errors.ts';
import { t } from '#lib/messages/managers.ts';
import { sessionStore } from '../auth/lucia.ts';
import * as passwords from '../auth/passwords.ts';
import type { Session } from '../auth/session-store.ts';
import type { Context } from '../context.ts';
import * as tries from '../db/tries.ts';
import * as users from '../db/users.ts';
import * as limits from './limits.ts';

/** Where a request comes from, as far as it can be believed. */
export type Client = { address: string; userAgent: string | null };

/** A new session of a user; the token goes into the cookie. */
export const open = async (ctx: Context, userId: string, client: Client): Promise<string> => {
	const { token } = await sessionStore(ctx).open(userId, deviceOf(client.userAgent));
	return token;
};

/**
 * A session for whoever knows the password. Throws Invalid with one sentence for an unknown address and for a wrong
 * password alike, after the same work; throws TooMany after ten failures for the account, or fifty, from one client.
 */
export const signIn = async (
	ctx: Context,
	{ email, password }: { email: string; password: string },
	client: Client,
): Promise<string> => {
	const from = limits.clientOf(client.address);
	const ofAccount = await limits.take(ctx, 'signInPerAccount', email, from);
	const ofClient = await limits.take(ctx, 'signInPerAddress', from).catch(async (problem: unknown) => {
		await ofAccount.giveBack();
		throw problem;
	});
	const found = await users.credentials(ctx.db, email);
	const isRight = await passwords.verify(found?.passwordHash ?? null, password);
	if (!found || !isRight) throw new Invalid(t.refusals_credentials());
	await Promise.all([ofAccount.forget(), ofClient.giveBack(), sweep(ctx)]);
	return open(ctx, found.user.id, client);
};

/** Whose session a cookie's token opens. */
export const read = (ctx: Context, token: string) => sessionStore(ctx).read(token);

export const ofUser = (ctx: Context, userId: string): Promise<Session[]> => sessionStore(ctx).ofUser(userId);

export const end = (ctx: Context, sessionId: string): Promise<void> => sessionStore(ctx).end(sessionId);

/** Signs a person out everywhere, or everywhere but here. */
export const endAll = (ctx: Context, userId: string, keptId?: string): Promise<void> =>
	sessionStore(ctx).endAll(userId, keptId);

const sweep = async (ctx: Context) => {
	await sessionStore(ctx).endExpired();
	await tries.removeExpired(ctx.db, ctx.clock());
};

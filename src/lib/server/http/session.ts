// The session's cookie on a request and its answer.
import type { Cookies, RequestEvent } from '@sveltejs/kit';
import { cookieName, cookieOptions } from '../auth/cookie.ts';
import type { Config } from '../config.ts';
import * as sessions from '../services/sessions.ts';

/** Has the browser keep a session's token. */
export const keep = (cookies: Cookies, config: Config, token: string): void =>
	cookies.set(cookieName(config), token, cookieOptions(config));

/** Has the browser forget it. */
export const drop = (cookies: Cookies, config: Config): void => {
	const { maxAge: _, ...options } = cookieOptions(config);
	cookies.delete(cookieName(config), options);
};

/** Fills in who is signed in; a renewed session's cookie is renewed with it, one that has ended is forgotten. */
export const identify = async ({ cookies, locals }: RequestEvent): Promise<void> => {
	const { ctx } = locals;
	const token = cookies.get(cookieName(ctx.config));
	if (!token) return;
	const found = await sessions.read(ctx, token);
	if (!found) return drop(cookies, ctx.config);
	locals.user = found.user;
	locals.sessionId = found.session.id;
	if (found.isRenewed) keep(cookies, ctx.config, token);
};

/** Where the request comes from. */
export const clientOf = ({ locals, request }: RequestEvent): sessions.Client => ({
	address: locals.clientAddress,
	userAgent: request.headers.get('user-agent'),
});

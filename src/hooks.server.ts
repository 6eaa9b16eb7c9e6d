// Every request passes here: the Context, the origin check, the session, security headers, and numbers for what broke.
import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { directionOf } from '#lib/domain/survey/language.ts';
import * as app from '#lib/server/app.ts';
import { readConfig } from '#lib/server/config.ts';
import type { Context } from '#lib/server/context.ts';
import { take } from '#lib/server/handoff.ts';
import { clientAddress, mayWrite } from '#lib/server/http/origin.ts';

const key = Symbol.for('heed.context');
const holder = globalThis as { [key]?: Context };

export const init: ServerInit = async () => {
	if (holder[key]) return;
	const { databaseUri, databaseKind, onStop } = take();
	const { ctx, close } = await app.open({ config: readConfig(process.env), databaseUri, databaseKind, isWorker: true });
	holder[key] = ctx;
	onStop.push(close);
};

export const handle: Handle = async ({ event, resolve }) => {
	const ctx = holder[key]!;
	const { method, headers } = event.request;
	const { PUBLIC_URL, TRUSTED_PROXIES } = ctx.config;
	Object.assign(event.locals, { ctx, user: null, sessionId: null, language: 'en' });
	event.locals.clientAddress = clientAddress(event.getClientAddress(), headers.get('x-forwarded-for'), TRUSTED_PROXIES);
	if (!mayWrite(method, event.url.pathname, headers.get('origin'), PUBLIC_URL))
		return new Response(`This form came from another address. Open Heed at ${PUBLIC_URL} and send it again.`, {
			status: 403,
		});

	const response = await resolve(event, {
		transformPageChunk: ({ html }) =>
			html.replace('%lang%', event.locals.language).replace('%dir%', directionOf(event.locals.language)),
	});
	response.headers.set('x-content-type-options', 'nosniff');
	response.headers.set('referrer-policy', 'strict-origin-when-cross-origin');
	response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
	if (PUBLIC_URL.startsWith('https:')) response.headers.set('strict-transport-security', 'max-age=31536000');
	return response;
};

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status < 500) return { message };
	const number = randomUUID().slice(0, 8);
	event.locals.ctx?.log.error(
		{ number, error, method: event.request.method, route: event.route.id },
		'a request broke',
	);
	return { message: 'Something broke on our side. Nothing you sent before was lost.', number };
};

// Every request passes here: the Context, the origin check, the session, who may frame it, and numbers for what broke.
import { AsyncLocalStorage } from 'node:async_hooks';
import {
	error,
	redirect,
	type Handle,
	type HandleServerError,
	type RequestEvent,
	type ServerInit,
} from '@sveltejs/kit';
import { directionOf } from '#lib/domain/survey/language.ts';
import { listenTo, spoken, t, wanted, type Locale } from '#lib/messages/managers.ts';
import * as app from '#lib/server/app.ts';
import { readConfig } from '#lib/server/config.ts';
import type { Context } from '#lib/server/context.ts';
import { take } from '#lib/server/handoff.ts';
import * as breakage from '#lib/server/http/breakage.ts';
import { clientAddress, isOpen, mayWrite } from '#lib/server/http/origin.ts';
import { identify } from '#lib/server/http/session.ts';
import { isSetUp } from '#lib/server/services/accounts.ts';
import * as health from '#lib/server/services/health.ts';

const key = Symbol.for('heed.context');
const holder = globalThis as { [key]?: Context };

const speaking = new AsyncLocalStorage<Locale>();

export const init: ServerInit = async () => {
	listenTo(() => speaking.getStore() ?? 'en');
	if (holder[key]) return;
	const handoff = take();
	const { ctx, close } = await app.open({ config: readConfig(process.env), ...handoff, isWorker: true });
	holder[key] = ctx;
	handoff.needsSetup = !(await isSetUp(ctx));
	handoff.onStop.push(close);
};

/** Until somebody has set Heed up, every page of ours leads there. */
const needsSetup = async ({ locals, route }: RequestEvent) =>
	!locals.user &&
	/^\/\((app|auth)\)/.test(route.id ?? '') &&
	!route.id!.endsWith('/setup') &&
	!(await isSetUp(locals.ctx));

const sayTrouble = (problem: unknown): never => {
	const trouble = health.trouble(problem);
	if (!trouble) throw problem;
	error(trouble.status, trouble.message);
};

/** Any site may frame the embedded question, and no other page of ours. */
const allowFraming = (headers: Headers) => {
	const policy = headers.get('content-security-policy');
	if (policy) headers.set('content-security-policy', policy.replace("frame-ancestors 'self'", 'frame-ancestors *'));
};

const answer: Handle = async ({ event, resolve }) => {
	const ctx = holder[key]!;
	const { method, headers } = event.request;
	const { PUBLIC_URL, TRUSTED_PROXIES } = ctx.config;
	Object.assign(event.locals, { ctx, user: null, sessionId: null, language: spoken(), chosenLanguage: null });
	event.locals.clientAddress = clientAddress(event.getClientAddress(), headers.get('x-forwarded-for'), TRUSTED_PROXIES);
	if (!mayWrite(method, event.url.pathname, headers.get('origin'), PUBLIC_URL))
		return new Response(t.refusals_other_origin({ address: PUBLIC_URL }), {
			status: 403,
		});
	if (!isOpen(event.url.pathname)) {
		await identify(event).catch(sayTrouble);
		if (method === 'GET' && (await needsSetup(event).catch(sayTrouble))) redirect(303, '/setup');
	}

	const response = await resolve(event, {
		transformPageChunk: ({ html }) =>
			html.replace('%lang%', event.locals.language).replace('%dir%', directionOf(event.locals.language)),
	});
	if (event.route.id?.startsWith('/e/')) allowFraming(response.headers);
	return response;
};

export const handle: Handle = (input) =>
	speaking.run(wanted(input.event.request.headers.get('accept-language')), () => answer(input));

export const handleError: HandleServerError = ({ error: problem, event, status, message }) =>
	status < 500 ? { message } : breakage.report(problem, event);

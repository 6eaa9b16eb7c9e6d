// The thin wrapper every load, action and endpoint goes through: it checks the role and turns a domain error into a status.
import { error, fail, redirect, type RequestEvent, type ServerLoadEvent } from '@sveltejs/kit';
import { Closed, Conflict, Forbidden, Invalid, NotFound, TooMany } from '#lib/domain/errors.ts';
import { isAtLeast, type Role, type Scope, type User, type Workspace } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import { inWords } from '#lib/messages/rules.ts';
import type { Context } from '../context.ts';
import { formLimit, readForm } from './body.ts';
import { readUpload, type UploadedFile } from './upload.ts';
import * as health from '../services/health.ts';
import * as memberships from '../services/memberships.ts';

/** anyone: no sign-in; user: signed in; a role: at least that, in the workspace that the address names. */
export type Access = 'anyone' | 'user' | Role;

type Given<Allowed extends Access> = { ctx: Context } & (Allowed extends 'anyone'
	? unknown
	: Allowed extends 'user'
		? { user: User }
		: { user: User; scope: Scope; workspace: Workspace });

const statuses = [
	[Invalid, 400],
	[Forbidden, 403],
	[NotFound, 404],
	[Conflict, 409],
	[Closed, 410],
	[TooMany, 429],
] as const;

/** The status and sentence of what is not a mistake of ours; null for one that is. */
const answerTo = (problem: unknown, { locals, route, setHeaders }: RequestEvent) => {
	if (problem instanceof TooMany) setHeaders({ 'retry-after': String(problem.retryAfterSeconds) });
	for (const [kind, status] of statuses)
		if (problem instanceof kind) return { status, message: inWords(problem.message) };
	const trouble = health.trouble(problem);
	if (trouble) locals.ctx.log.error({ error: problem, route: route.id }, 'the database is in trouble');
	return trouble;
};

const identify = async <Allowed extends Access>(event: RequestEvent, access: Allowed): Promise<Given<Allowed>> => {
	const { ctx, user } = event.locals;
	if (access === 'anyone') return { ctx } as Given<Allowed>;
	if (!user) {
		if (!['GET', 'HEAD'].includes(event.request.method)) error(401, t.refusals_sign_in_ended());
		const next = event.url.pathname + event.url.search;
		redirect(303, next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`);
	}
	if (access === 'user') return { ctx, user } as unknown as Given<Allowed>;
	const found = await memberships.enter(ctx, user.id, event.params.workspace ?? '');
	if (!isAtLeast(found.scope.role, access as Role))
		throw new Forbidden(t.refusals_role({ needed: access, yours: found.scope.role }));
	return { ctx, user, ...found } as unknown as Given<Allowed>;
};

const raise = (problem: unknown, event: RequestEvent): never => {
	const answer = answerTo(problem, event);
	if (!answer) throw problem;
	const closed = problem instanceof Closed ? { reason: problem.reason, opensAt: problem.opensAt } : null;
	error(answer.status, { message: answer.message, ...closed });
};

/** A page's load. */
export const page =
	<Allowed extends Access, Out, Event extends ServerLoadEvent = ServerLoadEvent>(
		access: Allowed,
		handle: (given: Given<Allowed> & { event: Event }) => Out | Promise<Out>,
	) =>
	async (event: Event): Promise<Out> => {
		try {
			return await handle({ ...(await identify(event, access)), event });
		} catch (problem) {
			return raise(problem, event);
		}
	};

/** An endpoint (+server.ts). */
export const endpoint =
	<Allowed extends Access, Event extends RequestEvent = RequestEvent>(
		access: Allowed,
		handle: (given: Given<Allowed> & { event: Event }) => Response | Promise<Response>,
	) =>
	async (event: Event): Promise<Response> => {
		try {
			return await handle({ ...(await identify(event, access)), event });
		} catch (problem) {
			return raise(problem, event);
		}
	};

/** What a refused form gets back: a sentence, the fields it is about, and everything that was typed but passwords. */
export type Refusal = { message: string; fields: Record<string, string>; values: Record<string, string> };

const typed = (form: FormData): Record<string, string> =>
	Object.fromEntries(
		[...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string' && !/password/i.test(pair[0])),
	);

/** Whether the form should stay as it is, to be sent again: changed, or later. */
const isFixable = (problem: unknown) =>
	!(problem instanceof Forbidden || problem instanceof NotFound || problem instanceof Closed);

/** What a form's sender gets to see when it was refused. Throws what the form cannot mend. */
const refuse = (problem: unknown, event: RequestEvent, form: FormData) => {
	const answer = isFixable(problem) ? answerTo(problem, event) : null;
	if (!answer) return raise(problem, event);
	const reasons = problem instanceof Invalid ? Object.entries(problem.fields) : [];
	const fields = Object.fromEntries(reasons.map(([field, reason]) => [field, inWords(reason)]));
	const refusal: Refusal = { message: answer.message, fields, values: typed(form) };
	return fail(answer.status, { refusal });
};

/** A form action. The form is read here, up to `limit` bytes, so that a refusal gives back what was typed. */
export const action =
	<Allowed extends Access, Out, Event extends RequestEvent = RequestEvent>(
		access: Allowed,
		handle: (given: Given<Allowed> & { event: Event; form: FormData }) => Out | Promise<Out>,
		{ limit = formLimit }: { limit?: number } = {},
	) =>
	async (event: Event) => {
		let form = new FormData();
		try {
			const given = await identify(event, access);
			form = await readForm(event.request, limit);
			return await handle({ ...given, event, form });
		} catch (problem) {
			return refuse(problem, event, form);
		}
	};

/** A form action that takes one file, in the field `file`, as it comes: for files too large to hold. */
export const upload =
	<Allowed extends Access, Out, Event extends RequestEvent = RequestEvent>(
		access: Allowed,
		handle: (given: Given<Allowed> & { event: Event; file: UploadedFile }) => Promise<Out>,
	) =>
	async (event: Event) => {
		try {
			const given = await identify(event, access);
			return await readUpload(event.request, (file) => handle({ ...given, event, file }));
		} catch (problem) {
			return refuse(problem, event, new FormData());
		}
	};

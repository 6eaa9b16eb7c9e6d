import type { RequestEvent } from '@sveltejs/kit';
import { preview, viewSchema, type Walked } from '#lib/domain/response/preview.ts';
import { readable } from '#lib/domain/survey/draft.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import type { Context } from '#lib/server/context.ts';
import { parseQuery } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as contacts from '#lib/server/services/contacts.ts';
import * as surveys from '#lib/server/services/surveys.ts';

type Given = { ctx: Context; scope: Scope; workspace: Workspace; event: RequestEvent };

const look = async (
	{ ctx, scope, workspace, event }: Given,
	draft: Definition,
	walked: Walked | null,
	lang?: string | null,
) => {
	const query = new URLSearchParams(event.url.searchParams);
	if (lang) query.set('language', lang);
	const view = parseQuery(query, viewSchema);
	const person = view.person ? await contacts.personOf(ctx, scope, view.person) : null;
	const asking = preview(draft, workspace, view, ctx.clock(), { walked, ...(person && { person }) });
	event.locals.language = asking.head.language;
	return { asking };
};

/** The draft as it was saved. */
export const load = page('viewer', async (given) => {
	const { draft } = await surveys.byId(given.ctx, given.scope, given.event.params.survey ?? '');
	return look(given, draft, null);
});

const parsed = (text: FormDataEntryValue | null): unknown => {
	try {
		return JSON.parse(String(text));
	} catch {
		return null;
	}
};

/** What was pressed on the page, and everything in its fields; those of the pages before come along from the builder. */
const walkedIn = (form: FormData): Walked => {
	const typed: Record<string, string[]> = {};
	for (const [name, value] of form)
		if (typeof value === 'string' && !name.startsWith('preview.')) (typed[name] ??= []).push(value);
	const stays = form.has('preview.stay') || form.has('to');
	const go = form.has('change') ? ('change' as const) : form.has('back') ? ('back' as const) : ('next' as const);
	if (go === 'change') return { typed: { ...typed, at: [], contact: undefined }, go: 'stay' };
	return { typed, go: stays ? 'stay' : go };
};

/** The draft as it is being typed, walked through with answers that are kept nowhere. */
export const actions = {
	default: action(
		'member',
		async ({ form, ...given }) => {
			const { draft } = await surveys.byId(given.ctx, given.scope, given.event.params.survey ?? '');
			const typed = form.has('preview.draft') ? readable(parsed(form.get('preview.draft')), draft) : draft;
			const to = form.get('to');
			return look(given, typed, form.has('preview.look') ? null : walkedIn(form), typeof to === 'string' ? to : null);
		},
		{ limit: 4_000_000 },
	),
};

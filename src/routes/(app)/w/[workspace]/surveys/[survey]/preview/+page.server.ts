import type { RequestEvent } from '@sveltejs/kit';
import { preview, viewSchema, type View } from '#lib/domain/response/preview.ts';
import { readable } from '#lib/domain/survey/draft.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { Workspace } from '#lib/domain/workspace/workspace.ts';
import type { Context } from '#lib/server/context.ts';
import { parseQuery } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as surveys from '#lib/server/services/surveys.ts';

const look = (ctx: Context, event: RequestEvent, draft: Definition, workspace: Workspace, view: View) => {
	const asking = preview(draft, workspace, view, ctx.clock());
	event.locals.language = asking.head.language;
	return { asking };
};

/** The draft as it was saved. */
export const load = page('viewer', async ({ ctx, scope, workspace, event }) => {
	const { draft } = await surveys.byId(ctx, scope, event.params.survey ?? '');
	return look(ctx, event, draft, workspace, parseQuery(event.url.searchParams, viewSchema));
});

const parsed = (text: FormDataEntryValue | null): unknown => {
	try {
		return JSON.parse(String(text));
	} catch {
		return null;
	}
};

/** The draft as it is being typed; nothing is saved. */
export const actions = {
	default: action(
		'member',
		async ({ ctx, scope, workspace, event, form }) => {
			const { draft } = await surveys.byId(ctx, scope, event.params.survey ?? '');
			const view = parseQuery(event.url.searchParams, viewSchema);
			return look(ctx, event, readable(parsed(form.get('draft')), draft), workspace, view);
		},
		{ limit: 4_000_000 },
	),
};

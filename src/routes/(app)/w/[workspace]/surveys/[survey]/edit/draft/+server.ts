import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { draftSchema } from '#lib/domain/survey/draft.ts';
import { Conflict, Invalid } from '#lib/domain/errors.ts';
import { t } from '#lib/messages/managers.ts';
import { limited } from '#lib/server/http/body.ts';
import { fieldsOf } from '#lib/server/http/form.ts';
import { endpoint } from '#lib/server/http/guard.ts';
import * as surveys from '#lib/server/services/surveys.ts';

/** Fifty questions in every language, and room. */
const limit = 4_000_000;

/** Saves the whole draft. What is wrong comes back by its place; a draft that somebody else saved, with who and what. */
export const PUT = endpoint('member', async ({ ctx, scope, event }) => {
	const id = event.params.survey ?? '';
	const body: unknown = await limited(event.request, limit)
		.json()
		.catch((problem: unknown) => {
			if (!(problem instanceof SyntaxError)) throw problem;
			throw new Invalid(t.builder_no_json());
		});
	const parsed = draftSchema.extend({ draftRevision: z.number().int().min(0) }).safeParse(body);
	if (!parsed.success) return json({ fields: fieldsOf(parsed.error) }, { status: 400 });
	try {
		const { draftRevision, hasUnpublishedEdits } = await surveys.saveDraft(ctx, scope, id, parsed.data);
		return json({ draftRevision, hasUnpublishedEdits });
	} catch (problem) {
		if (!(problem instanceof Conflict)) throw problem;
		const latest = await surveys.byId(ctx, scope, id);
		if (latest.isSample) throw problem;
		const { name, draft, draftRevision } = latest;
		const by = await surveys.lastEditor(ctx, scope, latest);
		const isMine = latest.draftSavedBy === scope.userId;
		return json({ theirs: { name, draft, draftRevision, isMine, by } }, { status: 409 });
	}
});

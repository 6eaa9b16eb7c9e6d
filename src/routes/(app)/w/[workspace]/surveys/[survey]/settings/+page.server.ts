import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { isAnonymous } from '#lib/domain/response/anonymous.ts';
import { surveyNameSchema } from '#lib/domain/survey/definition.ts';
import { formSchema, fieldsOf, seenSchema } from '#lib/domain/survey/settings.ts';
import { settingsOf } from '#lib/domain/survey/survey.ts';
import { t } from '#lib/messages/managers.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as openness from '#lib/server/services/openness.ts';
import * as surveyDeletions from '#lib/server/services/survey-deletions.ts';
import * as surveys from '#lib/server/services/surveys.ts';

const copy = z.object({ id: z.string().regex(/^[0-9a-f]{24}$/), name: surveyNameSchema });

export const load = page('member', async ({ ctx, scope, workspace, event }) => {
	const id = event.params.survey ?? '';
	if (await surveyDeletions.isDeleted(ctx, scope, id)) return { survey: null } as const;
	const survey = await surveys.byId(ctx, scope, id);
	const settings = settingsOf(survey);
	return {
		survey: {
			id,
			name: survey.name,
			status: survey.status,
			isSample: survey.isSample,
			isAnonymous: isAnonymous(survey.draft),
			archivedAt: survey.archivedAt,
		},
		state: await openness.stateOf(ctx, survey),
		fields: fieldsOf(settings, workspace),
		seen: JSON.stringify(settings),
		contents: await surveyDeletions.contentsOf(ctx, scope, id),
		copyId: surveys.newId(ctx),
	};
});

export const actions = {
	save: action('member', async ({ ctx, scope, workspace, event, form }) => {
		const { seen } = parseForm(form, seenSchema);
		const to = parseForm(form, formSchema(workspace));
		await surveys.changeSettings(ctx, scope, event.params.survey ?? '', { from: seen, to });
		return { toast: { message: t.common_settings_saved() } };
	}),
	archive: action('member', async ({ ctx, scope, event }) => {
		await surveys.archive(ctx, scope, event.params.survey ?? '');
		return { toast: { message: t.surveys_archive_done(), undo: { action: '?/unarchive' } } };
	}),
	unarchive: action('member', async ({ ctx, scope, event }) => {
		await surveys.unarchive(ctx, scope, event.params.survey ?? '');
		return { toast: { message: t.surveys_unarchive_done(), undo: { action: '?/archive' } } };
	}),
	duplicate: action('member', async ({ ctx, scope, workspace, event, form }) => {
		const { id } = await surveys.duplicate(ctx, scope, event.params.survey ?? '', parseForm(form, copy));
		redirect(303, `/w/${workspace.slug}/surveys/${id}/edit`);
	}),
	delete: action('member', async ({ ctx, scope, event }) => {
		await surveyDeletions.remove(ctx, scope, event.params.survey ?? '');
		const undo = { action: '?/restore', seconds: 30 };
		return { toast: { message: t.surveys_delete_done(), undo } };
	}),
	restore: action('member', async ({ ctx, scope, event }) => {
		await surveyDeletions.restore(ctx, scope, event.params.survey ?? '');
		return { toast: { message: t.surveys_restore_done() } };
	}),
};

import { z } from 'zod';
import { templateWordsSchema } from '#lib/domain/survey/own-template.ts';
import { t } from '#lib/messages/managers.ts';
import { parseForm, parseQuery } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as openness from '#lib/server/services/openness.ts';
import * as sharing from '#lib/server/services/sharing.ts';
import * as ownTemplates from '#lib/server/services/survey-templates.ts';
import * as surveys from '#lib/server/services/surveys.ts';

const term = z.object({
	days: z.coerce
		.number()
		.pipe(z.union(sharing.previewDays.map((days) => z.literal(days))))
		.catch(sharing.previewDays[0]),
});
const revoked = z.object({ generation: z.coerce.number().int().min(0) });

const templateSchema = templateWordsSchema.extend({
	id: z.string().regex(/^[0-9a-f]{24}$/, { error: () => t.surveys_reload() }),
});

export const load = page('viewer', async ({ ctx, scope, workspace, event }) => {
	const survey = await surveys.byId(ctx, scope, event.params.survey ?? '');
	const { days } = parseQuery(event.url.searchParams, term);
	return {
		survey,
		state: await openness.stateOf(ctx, survey),
		open: sharing.openLinks(ctx, survey, workspace),
		preview: { ...sharing.previewLink(ctx, survey, days), days },
		templateId: surveys.newId(ctx),
	};
});

export const actions = {
	revoke: action('member', async ({ ctx, scope, event }) => {
		const generation = await sharing.revokePreviews(ctx, scope, event.params.survey ?? '');
		const undo = { action: '?/restore', fields: { generation: String(generation) } };
		return { toast: { message: t.surveys_preview_revoked(), undo } };
	}),
	restore: action('member', async ({ ctx, scope, event, form }) => {
		const { generation } = parseForm(form, revoked);
		await sharing.restorePreviews(ctx, scope, event.params.survey ?? '', generation);
		return { toast: { message: t.surveys_preview_restored() } };
	}),
	template: action('member', async ({ ctx, scope, event, form }) => {
		const { id, ...words } = parseForm(form, templateSchema);
		await ownTemplates.save(ctx, scope, event.params.survey ?? '', id, words);
		return { toast: { message: t.surveys_template_saved({ name: words.name }) } };
	}),
};

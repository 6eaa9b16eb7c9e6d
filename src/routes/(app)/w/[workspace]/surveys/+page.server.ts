import { z } from 'zod';
import { t } from '#lib/messages/managers.ts';
import { parseQuery } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as sampleData from '#lib/server/services/sample-data.ts';
import * as surveyLists from '#lib/server/services/survey-lists.ts';

const filters = z.object({
	/** A touchpoint's id; "none" is of no touchpoint. */
	touchpoint: z.string().max(40).catch('').default(''),
	show: z.enum(['current', 'archived']).catch('current'),
});

export const load = page('viewer', async ({ ctx, scope, workspace, event }) => {
	event.depends('heed:surveys');
	const { touchpoint, show } = parseQuery(event.url.searchParams, filters);
	return { ...(await surveyLists.show(ctx, scope, workspace, { touchpoint, isArchived: show === 'archived' })), show };
});

export const actions = {
	addSample: action('member', async ({ ctx, scope }) => {
		await sampleData.add(ctx, scope);
		return { toast: { message: t.sendings_surveys_sample_added() } };
	}),
	removeSample: action('member', async ({ ctx, scope }) => {
		await sampleData.remove(ctx, scope);
		return { toast: { message: t.sendings_surveys_sample_removed(), undo: { action: '?/addSample' } } };
	}),
};

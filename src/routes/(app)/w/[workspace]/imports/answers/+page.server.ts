import { redirect } from '@sveltejs/kit';
import { page, upload } from '#lib/server/http/guard.ts';
import * as imports from '#lib/server/services/imports.ts';

/** The survey that a survey's own page was left for; it is chosen on the next page. */
const surveyIn = (url: URL) => url.searchParams.get('survey')?.match(/^[0-9a-f]{24}$/)?.[0] ?? null;

export const load = page('member', ({ event }) => ({ survey: surveyIn(event.url) }));

export const actions = {
	default: upload('member', async ({ ctx, scope, workspace, event, file }) => {
		const { id } = await imports.upload(ctx, scope, { kind: 'answers', ...file });
		const survey = surveyIn(event.url);
		redirect(303, `/w/${workspace.slug}/imports/${id}${survey ? `?survey=${survey}` : ''}`);
	}),
};

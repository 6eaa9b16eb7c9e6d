import { json } from '@sveltejs/kit';
import { endpoint } from '#lib/server/http/guard.ts';
import * as surveyLists from '#lib/server/services/survey-lists.ts';

/** Asked every few seconds by the open list, which loads again when the revision is another one. */
export const GET = endpoint('viewer', async ({ ctx, scope }) =>
	json({ revision: await surveyLists.revision(ctx, scope) }, { headers: { 'cache-control': 'no-store' } }),
);

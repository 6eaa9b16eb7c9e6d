import { json } from '@sveltejs/kit';
import { endpoint } from '#lib/server/http/guard.ts';
import * as reports from '#lib/server/services/reports.ts';

/** Asked every few seconds by an open page, which loads again when the revision is another one. */
export const GET = endpoint('viewer', async ({ ctx, scope, event }) => {
	const revision = await reports.revision(ctx, scope, event.params.survey ?? '');
	return json({ revision }, { headers: { 'cache-control': 'no-store' } });
});

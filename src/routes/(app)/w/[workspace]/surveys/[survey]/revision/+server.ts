import { endpoint } from '#lib/server/http/guard.ts';
import * as reports from '#lib/server/services/reports.ts';

/** Asked every few seconds by an open page, which loads again when the text is another one. */
export const GET = endpoint('viewer', async ({ ctx, scope, event }) => {
	const revision = await reports.revision(ctx, scope, event.params.survey ?? '');
	return new Response(revision, { headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } });
});

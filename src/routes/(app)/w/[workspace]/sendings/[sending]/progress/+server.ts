import { json } from '@sveltejs/kit';
import { endpoint } from '#lib/server/http/guard.ts';
import * as sendings from '#lib/server/services/sendings.ts';

/** Small enough to be asked for every two seconds: the page loads itself again when the revision is another. */
export const GET = endpoint('viewer', async ({ ctx, scope, event }) => {
	const view = await sendings.view(ctx, scope, event.params.sending ?? '');
	const revision = sendings.revisionOf(view, await sendings.mailTrouble(ctx));
	return json({ revision }, { headers: { 'cache-control': 'no-store' } });
});

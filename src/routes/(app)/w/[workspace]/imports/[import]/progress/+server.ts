import { json } from '@sveltejs/kit';
import { endpoint } from '#lib/server/http/guard.ts';
import * as imports from '#lib/server/services/imports.ts';

/** Small enough to be asked for every second while an import runs. */
export const GET = endpoint('viewer', async ({ ctx, scope, event }) => {
	const given = await imports.byId(ctx, scope, event.params.import ?? '');
	const revision = imports.revisionOf(given, await imports.progress(ctx, scope, given));
	return json({ revision }, { headers: { 'cache-control': 'no-store' } });
});

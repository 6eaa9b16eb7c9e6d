import { csvResponse } from '#lib/server/http/csv.ts';
import { endpoint } from '#lib/server/http/guard.ts';
import * as imports from '#lib/server/services/imports.ts';

export const GET = endpoint('viewer', async ({ ctx, scope, event }) => {
	const given = await imports.byId(ctx, scope, event.params.import ?? '');
	return csvResponse({ fileName: 'refused-rows.csv', lines: imports.refusedCsv(ctx, scope, given) });
});

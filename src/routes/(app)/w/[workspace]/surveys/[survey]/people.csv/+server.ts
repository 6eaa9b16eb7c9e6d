import { csvResponse } from '#lib/server/http/csv.ts';
import { endpoint } from '#lib/server/http/guard.ts';
import * as exports from '#lib/server/services/exports.ts';

export const GET = endpoint('viewer', async ({ ctx, scope, workspace, event }) =>
	csvResponse(await exports.peopleWho(ctx, scope, workspace, event.params.survey ?? '', event.url.searchParams)),
);

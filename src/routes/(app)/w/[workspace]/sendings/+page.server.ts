import { z } from 'zod';
import { parseQuery } from '#lib/server/http/form.ts';
import { page } from '#lib/server/http/guard.ts';
import * as sendings from '#lib/server/services/sendings.ts';

const limit = 25;
const query = z.object({ before: z.coerce.date().optional().catch(undefined) });

export const load = page('viewer', async ({ ctx, scope, event }) => {
	const { before = null } = parseQuery(event.url.searchParams, query);
	const list = await sendings.list(ctx, scope, { before, limit });
	const last = list.length === limit ? list.at(-1)!.sending.createdAt : null;
	return {
		list,
		older: last && `?before=${last.toISOString()}`,
		newer: before && '?',
		canSend: before || list.length ? null : await sendings.readiness(ctx, scope),
	};
});

import { z } from 'zod';
import { parseQuery } from '#lib/server/http/form.ts';
import { page } from '#lib/server/http/guard.ts';
import * as imports from '#lib/server/services/imports.ts';

const query = z.object({ before: z.coerce.date().optional().catch(undefined) });

export const load = page('viewer', async ({ ctx, scope, event }) => {
	const { before = null } = parseQuery(event.url.searchParams, query);
	const { imports: found, hasOlder } = await imports.list(ctx, scope, before);
	return {
		imports: found.map(({ id, kind, fileName, status, counts, createdAt }) => ({
			id,
			kind,
			fileName,
			status,
			counts,
			createdAt,
		})),
		older: hasOlder ? `?before=${found.at(-1)!.createdAt.toISOString()}` : null,
		newer: before && '?',
	};
});

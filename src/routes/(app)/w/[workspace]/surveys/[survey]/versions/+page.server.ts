import { z } from 'zod';
import { parseQuery } from '#lib/server/http/form.ts';
import { page } from '#lib/server/http/guard.ts';
import * as openness from '#lib/server/services/openness.ts';
import * as versions from '#lib/server/services/versions.ts';

const number = z.coerce.number().int().min(1);
const two = z.object({ from: number, to: number }).nullable().catch(null);

export const load = page('viewer', async ({ ctx, scope, event }) => {
	const query = parseQuery(event.url.searchParams, two);
	const listed = await versions.list(ctx, scope, event.params.survey ?? '', query);
	return { ...listed, state: await openness.stateOf(ctx, listed.survey) };
});

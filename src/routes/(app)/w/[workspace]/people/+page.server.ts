import { parseQuery } from '#lib/server/http/form.ts';
import { page } from '#lib/server/http/guard.ts';
import * as contacts from '#lib/server/services/contacts.ts';

export const load = page('viewer', async ({ ctx, scope, event }) => {
	const search = parseQuery(event.url.searchParams, contacts.searchSchema);
	return { search, ...(await contacts.list(ctx, scope, search)) };
});

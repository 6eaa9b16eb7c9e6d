import { json } from '@sveltejs/kit';
import { endpoint } from '#lib/server/http/guard.ts';
import * as contacts from '#lib/server/services/contacts.ts';
import * as surveys from '#lib/server/services/surveys.ts';

/** A few people to look at a survey as. */
export const GET = endpoint('viewer', async ({ ctx, scope, event }) => {
	await surveys.byId(ctx, scope, event.params.survey ?? '');
	const people = await contacts.suggest(ctx, scope, event.url.searchParams.get('words') ?? '');
	return json(people.map(({ id, email, name }) => ({ id, email, name })));
});

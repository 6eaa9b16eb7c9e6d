import { json } from '@sveltejs/kit';
import { slotKeys } from '#lib/domain/survey/personal.ts';
import { endpoint } from '#lib/server/http/guard.ts';
import * as contacts from '#lib/server/services/contacts.ts';
import * as surveys from '#lib/server/services/surveys.ts';

/** What is known of people here that can stand in a survey's texts. */
export const GET = endpoint('member', async ({ ctx, scope, event }) => {
	await surveys.byId(ctx, scope, event.params.survey ?? '');
	return json(slotKeys(await contacts.propertyKeys(ctx, scope)));
});

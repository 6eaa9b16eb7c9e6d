import { redirect } from '@sveltejs/kit';
import { t } from '#lib/messages/managers.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as contacts from '#lib/server/services/contacts.ts';

export const load = page('member', async ({ ctx, scope, event }) => {
	const person = await contacts.byId(ctx, scope, event.params.person!);
	return { person, seen: contacts.fingerprintOf(person) };
});

export const actions = {
	save: action('member', async ({ ctx, scope, workspace, event, form }) => {
		await contacts.edit(ctx, scope, event.params.person!, parseForm(form, contacts.detailsSchema));
		redirect(303, `/w/${workspace.slug}/people/${event.params.person}`);
	}),
	unsubscribe: action('member', async ({ ctx, scope, event }) => {
		await contacts.unsubscribe(ctx, scope, event.params.person!);
		return { toast: { message: t.people_unsubscribed(), undo: { action: '?/subscribe' } } };
	}),
	subscribe: action('member', async ({ ctx, scope, event }) => {
		await contacts.subscribe(ctx, scope, event.params.person!);
		return { toast: { message: t.people_subscribed() } };
	}),
};

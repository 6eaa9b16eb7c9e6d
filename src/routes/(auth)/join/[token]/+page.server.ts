import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import { clientOf, keep } from '#lib/server/http/session.ts';
import * as invites from '#lib/server/services/colleague-invites.ts';
import * as sessions from '#lib/server/services/sessions.ts';

export const load = page('anyone', async ({ ctx, event }) => {
	const found = await invites.open(ctx, event.params.token!);
	return {
		invite: found && {
			email: found.invite.email,
			role: found.invite.role,
			workspace: found.workspace.name,
			hasAccount: found.hasAccount,
		},
		signedInAs: event.locals.user?.email ?? null,
	};
});

export const actions = {
	/** As somebody who is signed in. */
	accept: action('user', async ({ ctx, user, event }) => {
		const workspace = await invites.accept(ctx, event.params.token!, user);
		redirect(303, `/w/${workspace.slug}/surveys`);
	}),
	/** As somebody new. */
	create: action('anyone', async ({ ctx, event, form }) => {
		const given = parseForm(form, invites.newColleagueSchema);
		const { user, workspace } = await invites.acceptAsNew(ctx, event.params.token!, given);
		keep(event.cookies, ctx.config, await sessions.open(ctx, user.id, clientOf(event)));
		redirect(303, `/w/${workspace.slug}/surveys`);
	}),
};

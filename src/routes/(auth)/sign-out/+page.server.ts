import { redirect } from '@sveltejs/kit';
import { action, page } from '#lib/server/http/guard.ts';
import { drop } from '#lib/server/http/session.ts';
import * as sessions from '#lib/server/services/sessions.ts';

/** Opening the address changes nothing; the button on it does. */
export const load = page('user', () => ({}));

export const actions = {
	default: action('anyone', async ({ ctx, event }) => {
		if (event.locals.sessionId) await sessions.end(ctx, event.locals.sessionId);
		drop(event.cookies, ctx.config);
		redirect(303, '/sign-in');
	}),
};

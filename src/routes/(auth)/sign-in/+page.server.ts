import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { nextPath } from '#lib/domain/account/next.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import { clientOf, keep } from '#lib/server/http/session.ts';
import * as sessions from '#lib/server/services/sessions.ts';

const schema = z.object({
	email: z.string().trim().toLowerCase().min(1, 'Write your e-mail address').max(254, 'At most 254 characters'),
	password: z.string().min(1, 'Write your password').max(1000, 'At most 1,000 characters'),
});

export const load = page('anyone', ({ event }) => {
	if (event.locals.user) redirect(303, nextPath(event.url.searchParams.get('next')));
	return {};
});

export const actions = {
	default: action('anyone', async ({ ctx, event, form }) => {
		keep(event.cookies, ctx.config, await sessions.signIn(ctx, parseForm(form, schema), clientOf(event)));
		redirect(303, nextPath(event.url.searchParams.get('next')));
	}),
};

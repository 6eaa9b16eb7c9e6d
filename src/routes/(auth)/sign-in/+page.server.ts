import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { nextPath } from '#lib/domain/account/next.ts';
import { t } from '#lib/messages/managers.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import { clientOf, keep } from '#lib/server/http/session.ts';
import * as sessions from '#lib/server/services/sessions.ts';

const schema = z.object({
	email: z
		.string()
		.trim()
		.toLowerCase()
		.min(1, { error: () => t.account_email_missing() })
		.max(254, { error: () => t.common_at_most_characters({ n: 254 }) }),
	password: z
		.string()
		.min(1, { error: () => t.account_password_missing() })
		.max(1000, { error: () => t.common_at_most_characters({ n: 1000 }) }),
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

import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import { clientOf, keep } from '#lib/server/http/session.ts';
import * as passwordResets from '#lib/server/services/password-resets.ts';
import * as sessions from '#lib/server/services/sessions.ts';

const schema = z.object({ password: z.string() });

export const load = page('anyone', async ({ ctx, event }) => {
	const user = await passwordResets.userOf(ctx, event.params.token!);
	return { email: user?.email ?? null };
});

export const actions = {
	default: action('anyone', async ({ ctx, event, form }) => {
		const user = await passwordResets.reset(ctx, event.params.token!, parseForm(form, schema).password);
		keep(event.cookies, ctx.config, await sessions.open(ctx, user.id, clientOf(event)));
		redirect(303, '/');
	}),
};

import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { personNameSchema } from '#lib/domain/account/account.ts';
import { t } from '#lib/messages/managers.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import { drop } from '#lib/server/http/session.ts';
import * as accounts from '#lib/server/services/accounts.ts';
import * as sessions from '#lib/server/services/sessions.ts';

const passwordSchema = z.object({
	currentPassword: z
		.string()
		.min(1, { error: () => t.account_password_present_missing() })
		.max(1000, { error: () => t.common_at_most_characters({ n: 1000 }) }),
	newPassword: z.string(),
});

export const load = page('user', async ({ ctx, user, event }) => {
	const open = await sessions.ofUser(ctx, user.id);
	return {
		sessions: open.map(({ id, device, createdAt }) => ({
			key: id.slice(0, 8),
			device,
			createdAt,
			isThis: id === event.locals.sessionId,
		})),
	};
});

export const actions = {
	rename: action('user', async ({ ctx, user, form }) => {
		const { name } = parseForm(form, z.object({ name: personNameSchema }));
		await accounts.rename(ctx, user, name);
		return { toast: { message: t.account_name_saved() } };
	}),
	password: action('user', async ({ ctx, user, event, form }) => {
		const { currentPassword, newPassword } = parseForm(form, passwordSchema);
		await accounts.changePassword(
			ctx,
			user,
			{ current: currentPassword, password: newPassword },
			{ sessionId: event.locals.sessionId!, address: event.locals.clientAddress },
		);
		return { toast: { message: t.account_password_changed() } };
	}),
	signOutElsewhere: action('user', async ({ ctx, user, event }) => {
		await sessions.endAll(ctx, user.id, event.locals.sessionId!);
		return { toast: { message: t.account_signed_out_elsewhere() } };
	}),
	signOutEverywhere: action('user', async ({ ctx, user, event }) => {
		await sessions.endAll(ctx, user.id);
		drop(event.cookies, ctx.config);
		redirect(303, '/sign-in');
	}),
};

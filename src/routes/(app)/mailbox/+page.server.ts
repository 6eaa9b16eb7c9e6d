import { z } from 'zod';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as mailbox from '#lib/server/services/mailbox.ts';
import { t } from '#lib/messages/managers.ts';

const limit = 50;

export const load = page('user', async ({ ctx, user, event }) => {
	const before = event.url.searchParams.get('before');
	const lines = await mailbox.list(ctx, user, { before, limit: limit + 1 });
	const messages = lines.slice(0, limit);
	return {
		messages,
		older: lines.length > limit ? `?before=${messages.at(-1)!.id}` : null,
		newer: before && '/mailbox',
	};
});

export const actions = {
	clear: action('user', async ({ ctx, user }) => {
		const { clearedAt } = await mailbox.clear(ctx, user);
		const undo = { action: '/mailbox?/restore', fields: { clearedAt } };
		return { toast: { message: t.account_mailbox_cleared(), undo } };
	}),
	restore: action('user', async ({ ctx, user, form }) => {
		const { clearedAt } = parseForm(form, z.object({ clearedAt: z.string().catch('') }));
		await mailbox.restore(ctx, user, clearedAt);
		return { toast: { message: t.account_mailbox_restored() } };
	}),
};

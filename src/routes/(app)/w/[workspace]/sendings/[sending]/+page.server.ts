import { z } from 'zod';
import { t } from '#lib/messages/managers.ts';
import { parseQuery } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import { whyNotSend } from '#lib/server/services/mail-settings.ts';
import * as sendings from '#lib/server/services/sendings.ts';

const limit = 50;
const query = z.object({
	show: z.enum(sendings.lists).catch('sent'),
	after: z.string().optional(),
});

export const load = page('viewer', async ({ ctx, scope, event }) => {
	const id = event.params.sending ?? '';
	event.depends('heed:sending');
	const { show, after = null } = parseQuery(event.url.searchParams, query);
	const [view, lines, trouble] = await Promise.all([
		sendings.view(ctx, scope, id),
		sendings.lines(ctx, scope, id, show, { after, limit: limit + 1 }),
		sendings.mailTrouble(ctx),
	]);
	return {
		...view,
		revision: sendings.revisionOf(view, trouble),
		show,
		lines: lines.slice(0, limit),
		next: lines.length > limit ? lines[limit - 1]!.id : null,
		isFirstPage: after === null,
		trouble: trouble && { reply: trouble.lastReply, since: trouble.downSince, retryAt: trouble.retryAt },
		whyNotSend: whyNotSend(ctx),
	};
});

export const actions = {
	cancel: action('member', async ({ ctx, scope, event }) => {
		await sendings.cancel(ctx, scope, event.params.sending ?? '');
		return { toast: { message: t.sendings_stopped(), undo: { action: '?/undo' } } };
	}),
	undo: action('member', async ({ ctx, scope, event }) => {
		await sendings.undoCancel(ctx, scope, event.params.sending ?? '');
		return { toast: { message: t.sendings_goes_on() } };
	}),
};

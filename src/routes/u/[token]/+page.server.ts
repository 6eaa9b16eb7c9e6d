import { action, page } from '#lib/server/http/guard.ts';
import * as unsubscribes from '#lib/server/services/unsubscribes.ts';

export const load = page('anyone', async ({ ctx, event }) => {
	const { address, isUnsubscribed } = await unsubscribes.find(ctx, event.params.token ?? '');
	return { address, step: isUnsubscribed ? ('done' as const) : ('ask' as const) };
});

export const actions = {
	// A mail program's one-click POST (RFC 8058) and the page's own button are the same.
	default: action(
		'anyone',
		async ({ ctx, event, form }) => {
			const subscription = await unsubscribes.find(ctx, event.params.token ?? '');
			const isUndo = form.has('undo');
			await (isUndo ? unsubscribes.subscribe(ctx, subscription) : unsubscribes.unsubscribe(ctx, subscription));
			return { step: isUndo ? ('undone' as const) : ('done' as const) };
		},
		{ limit: 65_536 },
	),
};

import { t } from '#lib/messages/managers.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as deletions from '#lib/server/services/deletions.ts';
import * as history from '#lib/server/services/people-history.ts';

export const load = page('viewer', async ({ ctx, scope, event }) => {
	const id = event.params.person ?? '';
	const isDeleted = await deletions.isDeleted(ctx, scope, id);
	return { shown: isDeleted ? null : await history.show(ctx, scope, id) };
});

export const actions = {
	delete: action('member', async ({ ctx, scope, event }) => {
		await deletions.deletePerson(ctx, scope, event.params.person ?? '');
		const undo = { action: '?/restore', seconds: deletions.undoSeconds };
		return { toast: { message: t.people_deleted(), undo } };
	}),
	restore: action('member', async ({ ctx, scope, event }) => {
		await deletions.restorePerson(ctx, scope, event.params.person ?? '');
		return { toast: { message: t.people_restored() } };
	}),
};

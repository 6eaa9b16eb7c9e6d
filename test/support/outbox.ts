// Runs the outbox by hand, as its loop would, until nothing is due.
import type { Context } from '#lib/server/context.ts';
import * as outbox from '#lib/server/services/outbox.ts';
import * as preparing from '#lib/server/services/preparing.ts';

/** Prepares everything that is due. */
export const prepareAll = async (ctx: Context): Promise<void> => {
	while (await preparing.stepAll(ctx));
};

/** Sends everything that is due, or until the server takes nothing. */
export const sendAll = async (ctx: Context): Promise<'none' | 'down'> => {
	await outbox.takeBack(ctx);
	for (;;) {
		const workspaceId = await outbox.nextWorkspace(ctx, null);
		if (!workspaceId) return 'none';
		const outcome = await outbox.sendNext(ctx, workspaceId);
		if (outcome.result === 'down') return 'down';
	}
};

export const runOutbox = async (ctx: Context): Promise<void> => {
	await prepareAll(ctx);
	await sendAll(ctx);
	await prepareAll(ctx);
};

// How fast survey mail may go: MAIL_RATE_PER_MINUTE over all processes, and not at all for a while when the server is down.
import { serverRetryAfterMs } from '#lib/domain/sending/retry.ts';
import type { Context } from '../context.ts';
import * as mailServer from '../db/mail-server.ts';
import { lanes } from './outbox.ts';

const mostSlots = 20;

/**
 * Takes the next slots, in milliseconds since 1970: about as many as a lane uses in a second. Slots that are not used
 * are lost. The built-in mailbox has no rate.
 */
export const takeSlots = async (ctx: Context): Promise<number[]> => {
	const now = ctx.clock();
	const perMinute = ctx.config.MAIL_RATE_PER_MINUTE;
	const count = Math.min(mostSlots, Math.max(1, Math.round(perMinute / 60 / lanes)));
	if (ctx.mailer.isMailbox) return Array<number>(count).fill(now.getTime());
	const intervalMs = 60_000 / perMinute;
	const first = await mailServer.takeSlot(ctx.db, now, intervalMs * count);
	return Array.from({ length: count }, (_, index) => first + index * intervalMs);
};

/** The trouble the mail server is in, or null: since when, its words, and when it is tried again. */
export const trouble = (ctx: Context): Promise<mailServer.Trouble | null> => mailServer.trouble(ctx.db);

/** Notes that the server took nothing, and pauses everybody: the longer, the oftener it failed. */
export const pauseAll = async (ctx: Context, seen: mailServer.Trouble | null, reply: string): Promise<void> => {
	const failures = seen?.failures ?? 0;
	const now = ctx.clock();
	const retryAt = new Date(now.getTime() + serverRetryAfterMs(failures + 1));
	await mailServer.noteDown(ctx.db, failures, { reply, retryAt, now });
};

/** Notes that the server takes mail again. */
export const resumeAll = (ctx: Context): Promise<void> => mailServer.noteUp(ctx.db);

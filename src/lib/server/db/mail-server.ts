// How the mail server is doing, shared by all processes: the next free slot of the rate, and the pause after it failed.
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import type { MailServerRow } from './rows/mail.ts';

const name = 'smtp';

/** Takes the next slot, `intervalMs` after the one before or now. Returns when it is, in milliseconds since 1970. */
export const takeSlot = async (db: Database, now: Date, intervalMs: number): Promise<number> => {
	const at = now.getTime();
	// A repeat leaves a slot unused, which harms nobody.
	const following = await repeatable(() =>
		db.models.mailServer
			.findOneAndUpdate(
				{ name, nextSlot: { $gt: at } },
				{ $inc: { nextSlot: intervalMs } },
				{ returnDocument: 'before' },
			)
			.lean<MailServerRow>(),
	);
	if (following) return following.nextSlot;
	const { matchedCount } = await repeatable(() =>
		db.models.mailServer.updateOne({ name, nextSlot: { $lte: at } }, { $set: { nextSlot: at + intervalMs } }),
	);
	if (matchedCount) return at;
	await repeatable(
		() => db.models.mailServer.updateOne({ name }, { $setOnInsert: { nextSlot: 0, failures: 0 } }, { upsert: true }),
		{ upsert: true },
	);
	return takeSlot(db, now, intervalMs);
};

export type Trouble = { failures: number; downSince: Date; retryAt: Date; lastReply: string };

/** The trouble the server is in, or null when it is well. */
export const trouble = async (db: Database): Promise<Trouble | null> => {
	const row = await db.models.mailServer.findOne({ name, failures: { $gt: 0 } }).lean<MailServerRow>();
	return row && { failures: row.failures, downSince: row.downSince!, retryAt: row.retryAt!, lastReply: row.lastReply! };
};

/** Notes a failure after `seen` failures in a row; of several who saw the same, one counts. */
export const noteDown = async (
	db: Database,
	seen: number,
	{ reply, retryAt, now }: { reply: string; retryAt: Date; now: Date },
): Promise<void> => {
	await repeatable(
		() =>
			db.models.mailServer.updateOne(
				{ name },
				{ $setOnInsert: { nextSlot: 0, failures: 0, downSince: null, retryAt: null, lastReply: null } },
				{ upsert: true },
			),
		{ upsert: true },
	);
	await repeatable(() =>
		db.models.mailServer.updateOne(
			{ name, failures: seen },
			{ $set: { failures: seen + 1, retryAt, lastReply: reply, ...(seen === 0 && { downSince: now }) } },
		),
	);
};

/** Notes that the server takes mail again. */
export const noteUp = async (db: Database): Promise<void> => {
	await repeatable(() =>
		db.models.mailServer.updateOne(
			{ name, failures: { $gt: 0 } },
			{ $set: { failures: 0, downSince: null, retryAt: null, lastReply: null } },
		),
	);
};

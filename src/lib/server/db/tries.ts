// Verbs on tries: how often something limited was tried within a sliding window, exact for any number of processes.
import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';
import { isDuplicateKey, repeatable } from './retry.ts';
import type { TryRow } from './rows/account.ts';

/** `id` names the try, to give it back; null when the limit is reached, with the moment when the next is welcome. */
export type Taken = { id: string; freeAt: null } | { id: null; freeAt: Date };

/**
 * Takes one of `limit` tries per `windowSeconds`. Only the newest `limit` tries are kept, so there is room as long as
 * there are fewer, or the oldest of them has left the window: one conditional update, no read before it.
 */
export const take = async (
	db: Database,
	key: string,
	{ limit, windowSeconds }: { limit: number; windowSeconds: number },
	now: Date,
): Promise<Taken> => {
	const id = randomUUID();
	const windowMs = windowSeconds * 1000;
	const hasRoom = {
		$or: [
			{ [`tries.${limit - 1}`]: { $exists: false } },
			{ 'tries.0.at': { $lte: new Date(now.getTime() - windowMs) } },
		],
	};
	const update = {
		$push: { tries: { $each: [{ id, at: now }], $slice: -limit } },
		$set: { expiresAt: new Date(now.getTime() + windowMs) },
	};
	for (let attempt = 1; ; attempt++) {
		try {
			await repeatable(() =>
				db.models.tries.updateOne({ _id: key, 'tries.id': { $ne: id }, ...hasRoom }, update, { upsert: true }),
			);
			return { id, freeAt: null };
		} catch (error) {
			if (!isDuplicateKey(error)) throw error;
			// Either the row is full, or another process has just made it, or the reply to our own was lost.
			const row = await db.models.tries.findOne({ _id: key }).lean<TryRow>();
			if (row?.tries.some((one) => one.id === id)) return { id, freeAt: null };
			const freeAt = row?.tries[limit - 1] && new Date(row.tries[0]!.at.getTime() + windowMs);
			if (freeAt && freeAt > now) return { id: null, freeAt };
			if (attempt === 20) throw error;
		}
	}
};

/** Gives a try back: it turned out well. */
export const giveBack = async (db: Database, key: string, id: string): Promise<void> => {
	await repeatable(() => db.models.tries.updateOne({ _id: key }, { $pull: { tries: { id } } }));
};

/** Forgets all tries of a key. */
export const forget = async (db: Database, key: string): Promise<void> => {
	await repeatable(() => db.models.tries.deleteOne({ _id: key }));
};

export const removeExpired = async (db: Database, now: Date): Promise<void> => {
	await repeatable(() => db.models.tries.deleteMany({ expiresAt: { $lte: now } }));
};

// Verbs on password resets. An id is the hash of the link's token.
import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import type { PasswordResetRow } from './rows/account.ts';
import { ObjectId, parseId } from './rows/base.ts';

export const add = async (db: Database, id: string, userId: string, expiresAt: Date): Promise<void> => {
	const values = { userId: new ObjectId(userId), expiresAt };
	await repeatable(() => db.models.passwordResets.updateOne({ _id: id }, { $set: values }, { upsert: true }), {
		upsert: true,
	});
};

/** Whose password the link may set, or null when it is used or has expired. */
export const userIdOf = async (db: Database, id: string, now: Date): Promise<string | null> => {
	const row = await db.models.passwordResets
		.findOne({ _id: id, expiresAt: { $gt: now }, takenBy: null })
		.lean<PasswordResetRow>();
	return row && row.userId.toHexString();
};

/** Uses the link up. Of two who do so at once, one is told the user's id. */
export const use = async (db: Database, id: string, now: Date): Promise<string | null> => {
	// Taken by name and not deleted, so that a repeat after a lost reply knows its own. It goes when it expires.
	const taker = randomUUID();
	const row = await repeatable(() =>
		db.models.passwordResets
			.findOneAndUpdate({ _id: id, expiresAt: { $gt: now }, takenBy: { $in: [null, taker] } }, { takenBy: taker })
			.lean<PasswordResetRow>(),
	);
	return row && row.userId.toHexString();
};

export const removeOfUser = async (db: Database, userId: string): Promise<void> => {
	await repeatable(() => db.models.passwordResets.deleteMany({ userId: parseId(userId) }));
};

export const removeExpired = async (db: Database, now: Date): Promise<void> => {
	await repeatable(() => db.models.passwordResets.deleteMany({ expiresAt: { $lte: now } }));
};

// Verbs on sessions. An id here is the hash of a token, never the token.
import type { KeptDevice } from '#lib/domain/account/device.ts';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { SessionRow } from './rows/account.ts';

export type StoredSession = { id: string; userId: string; device: KeptDevice; createdAt: Date; expiresAt: Date };

const toSession = ({ _id, userId, ...row }: SessionRow): StoredSession => ({
	id: _id,
	userId: userId.toHexString(),
	...row,
});

export const byId = async (db: Database, id: string): Promise<StoredSession | null> => {
	const row = await db.models.sessions.findOne({ _id: id }).lean<SessionRow>();
	return row && toSession(row);
};

/** Newest first. */
export const ofUser = async (db: Database, userId: string): Promise<StoredSession[]> => {
	const rows = await db.models.sessions
		.find({ userId: parseId(userId) })
		.sort({ createdAt: -1 })
		.lean<SessionRow[]>();
	return rows.map(toSession);
};

export const save = async (db: Database, { id, userId, ...rest }: StoredSession): Promise<void> => {
	await repeatable(
		() =>
			db.models.sessions.updateOne({ _id: id }, { $set: { userId: new ObjectId(userId), ...rest } }, { upsert: true }),
		{ upsert: true },
	);
};

export const extend = async (db: Database, id: string, expiresAt: Date): Promise<void> => {
	await repeatable(() => db.models.sessions.updateOne({ _id: id }, { $set: { expiresAt } }));
};

export const remove = async (db: Database, id: string): Promise<void> => {
	await repeatable(() => db.models.sessions.deleteOne({ _id: id }));
};

/** All of a user's, but for the one that is kept. */
export const removeOfUser = async (db: Database, userId: string, keptId?: string): Promise<void> => {
	const kept = keptId ? { _id: { $ne: keptId } } : {};
	await repeatable(() => db.models.sessions.deleteMany({ userId: parseId(userId), ...kept }));
};

export const removeExpired = async (db: Database, now: Date): Promise<void> => {
	await repeatable(() => db.models.sessions.deleteMany({ expiresAt: { $lte: now } }));
};

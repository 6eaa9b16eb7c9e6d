// Verbs on users: people who sign in. The password's hash leaves only through `credentials`.
import type { User } from '#lib/domain/workspace/workspace.ts';
import type { Database } from './database.ts';
import { isDuplicateKey, repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { UserRow } from './rows/workspace.ts';

const toUser = ({ _id, email, name, createdAt }: UserRow): User => ({ id: _id.toHexString(), email, name, createdAt });

/** Whether anybody can sign in at all. */
export const isAnyone = async (db: Database): Promise<boolean> => (await db.models.users.exists({})) !== null;

export const byId = async (db: Database, id: string): Promise<User | null> => {
	const row = await db.models.users.findOne({ _id: parseId(id) }).lean<UserRow>();
	return row && toUser(row);
};

/** `email` lower-cased. */
export const byEmail = async (db: Database, email: string): Promise<User | null> => {
	const row = await db.models.users.findOne({ email }).lean<UserRow>();
	return row && toUser(row);
};

export const byIds = async (db: Database, ids: readonly string[]): Promise<User[]> => {
	const rows = await db.models.users.find({ _id: { $in: ids.map(parseId) } }).lean<UserRow[]>();
	return rows.map(toUser);
};

/** The user of an e-mail address with the hash to check a password against. */
export const credentials = async (
	db: Database,
	email: string,
): Promise<{ user: User; passwordHash: string } | null> => {
	const row = await db.models.users.findOne({ email }).lean<UserRow>();
	return row && { user: toUser(row), passwordHash: row.passwordHash };
};

export type NewUser = { email: string; name: string; passwordHash: string; isFirst: boolean; createdAt: Date };

/** Null when the address is taken, or when `isFirst` and somebody else was the first. */
export const create = async (db: Database, { isFirst, ...given }: NewUser): Promise<User | null> => {
	const row: UserRow = { _id: new ObjectId(), ...given, ...(isFirst && { isFirst }) };
	try {
		await repeatable(() => db.models.users.create(row));
	} catch (error) {
		if (!isDuplicateKey(error)) throw error;
		// A repeat after a lost reply meets its own row.
		if (!(await db.models.users.exists({ _id: row._id }))) return null;
	}
	return toUser(row);
};

export const setPasswordHash = async (db: Database, id: string, passwordHash: string): Promise<void> => {
	await repeatable(() => db.models.users.updateOne({ _id: parseId(id) }, { $set: { passwordHash } }));
};

export const setName = async (db: Database, id: string, name: string): Promise<void> => {
	await repeatable(() => db.models.users.updateOne({ _id: parseId(id) }, { $set: { name } }));
};

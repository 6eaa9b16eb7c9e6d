// Addresses that must not be written to although their person was erased: kept as keyed hashes, so that nobody can be read
// out of them, and asked whenever an address is added again.
import { createHmac } from 'node:crypto';
import { addressKey } from '#lib/domain/contact/address.ts';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { parseId } from './rows/base.ts';
import type { SuppressionRow } from './rows/import.ts';

/** When an address unsubscribed or was refused for good by its server; null where it did not. */
export type Suppression = { unsubscribedAt: Date | null; bouncedAt: Date | null };

/** HMAC-SHA256 of the address key under the context's secret. */
const hashOf = (secret: Uint8Array, email: string): string =>
	createHmac('sha256', secret)
		.update(`suppression:${addressKey(email)}`)
		.digest('base64url');

/** Remembers an address before its person is erased. Call it when either date is set; the same again changes nothing. */
export const add = async (
	db: Database,
	secret: Uint8Array,
	workspaceId: string,
	email: string,
	{ unsubscribedAt, bouncedAt }: Suppression,
): Promise<void> => {
	const key = { workspaceId: parseId(workspaceId), addressHash: hashOf(secret, email) };
	const dates = { ...(unsubscribedAt && { unsubscribedAt }), ...(bouncedAt && { bouncedAt }) };
	await repeatable(() => db.models.suppressions.updateOne(key, { $set: dates }, { upsert: true }), { upsert: true });
};

/** What is remembered of these addresses, by address key. An address that may be written to is not in it. */
export const find = async (
	db: Database,
	secret: Uint8Array,
	workspaceId: string,
	emails: readonly string[],
): Promise<Map<string, Suppression>> => {
	const keys = new Map(emails.map((email) => [hashOf(secret, email), addressKey(email)]));
	if (keys.size === 0) return new Map();
	const rows = await db.models.suppressions
		.find({ workspaceId: parseId(workspaceId), addressHash: { $in: [...keys.keys()] } })
		.lean<SuppressionRow[]>();
	return new Map(
		rows.map(({ addressHash, unsubscribedAt, bouncedAt }) => [keys.get(addressHash)!, { unsubscribedAt, bouncedAt }]),
	);
};

/** Forgets an address: its person wants mail again. */
export const remove = async (db: Database, secret: Uint8Array, workspaceId: string, email: string): Promise<void> => {
	await repeatable(() =>
		db.models.suppressions.deleteOne({ workspaceId: parseId(workspaceId), addressHash: hashOf(secret, email) }),
	);
};

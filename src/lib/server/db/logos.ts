// Verbs on logos. A logo never changes: another picture is another row.
import { createHash } from 'node:crypto';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { LogoRow } from './rows/logo.ts';

export type Logo = { mediaType: LogoRow['mediaType']; bytes: Uint8Array };

/** Keeps a picture and gives its id; one that is kept already keeps its id. */
export const keep = async (db: Database, workspaceId: string, logo: Logo, now: Date): Promise<string> => {
	const key = {
		workspaceId: new ObjectId(workspaceId),
		hash: createHash('sha256').update(logo.bytes).digest('base64url'),
	};
	const row = await repeatable(
		() =>
			db.models.logos
				.findOneAndUpdate(
					key,
					{ $setOnInsert: { mediaType: logo.mediaType, bytes: Buffer.from(logo.bytes), createdAt: now } },
					{ upsert: true, returnDocument: 'after', projection: { _id: 1 } },
				)
				.lean<Pick<LogoRow, '_id'>>(),
		{ upsert: true },
	);
	return row!._id.toHexString();
};

export const byId = async (db: Database, workspaceId: string, logoId: string): Promise<Logo | null> => {
	const row = await db.models.logos
		.findOne({ _id: parseId(logoId), workspaceId: parseId(workspaceId) })
		.lean<LogoRow>();
	return row && { mediaType: row.mediaType, bytes: row.bytes.buffer };
};

// Keeps a file in pieces while it is imported.
import type mongoose from 'mongoose';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { parseId } from './rows/base.ts';
import type { ImportChunkRow } from './rows/import.ts';

/** Bytes of a piece. */
export const pieceBytes = 262_144;

const of = (workspaceId: string, importId: string) => ({
	workspaceId: parseId(workspaceId)!,
	importId: parseId(importId)!,
});

/** Keeps a piece in its place; the same again changes nothing. */
export const keep = async (
	db: Database,
	workspaceId: string,
	importId: string,
	index: number,
	bytes: Buffer,
): Promise<void> => {
	const place = { ...of(workspaceId, importId), index };
	await repeatable(() => db.models.importChunks.updateOne(place, { $set: { bytes } }, { upsert: true }), {
		upsert: true,
	});
};

/** The pieces of a file in order, one in memory at a time. */
export async function* read(db: Database, workspaceId: string, importId: string): AsyncGenerator<Uint8Array> {
	for (let index = 0; ; index++) {
		const row = await db.models.importChunks
			.findOne({ ...of(workspaceId, importId), index })
			.select('bytes')
			.lean<Omit<ImportChunkRow, 'bytes'> & { bytes: mongoose.mongo.Binary }>();
		if (!row) return;
		yield row.bytes.buffer.subarray(0, row.bytes.position);
	}
}

/** Throws the pieces away. */
export const drop = async (db: Database, workspaceId: string, importId: string): Promise<void> => {
	await repeatable(() => db.models.importChunks.deleteMany(of(workspaceId, importId)));
};

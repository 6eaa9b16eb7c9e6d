// Verbs on rows of a file that were refused, or taken with a remark.
import type { Refusal } from '#lib/domain/import/import.ts';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { parseId } from './rows/base.ts';
import type { ImportRefusalRow } from './rows/import.ts';

const of = (workspaceId: string, importId: string) => ({
	workspaceId: parseId(workspaceId)!,
	importId: parseId(importId)!,
});

/** Keeps refusals by their line; the same again changes nothing. */
export const keep = async (
	db: Database,
	workspaceId: string,
	importId: string,
	refusals: readonly Refusal[],
): Promise<void> => {
	if (!refusals.length) return;
	await repeatable(
		() =>
			db.models.importRefusals.bulkWrite(
				refusals.map(({ line, ...refusal }) => ({
					updateOne: { filter: { ...of(workspaceId, importId), line }, update: { $set: refusal }, upsert: true },
				})),
				{ ordered: false },
			),
		{ upsert: true },
	);
};

/** The next refusals below a line, in the file's order. With `isTaken`, only refused rows or only remarks. */
export const page = async (
	db: Database,
	workspaceId: string,
	importId: string,
	{ after, limit, isTaken }: { after: number; limit: number; isTaken: boolean },
): Promise<Refusal[]> => {
	const rows = await db.models.importRefusals
		.find({ ...of(workspaceId, importId), line: { $gt: after }, isTaken })
		.sort({ line: 1 })
		.limit(limit)
		.lean<ImportRefusalRow[]>();
	return rows.map(({ line, reason, cells, isTaken: taken }) => ({ line, reason, cells, isTaken: taken }));
};

export const drop = async (db: Database, workspaceId: string, importId: string): Promise<void> => {
	await repeatable(() => db.models.importRefusals.deleteMany(of(workspaceId, importId)));
};

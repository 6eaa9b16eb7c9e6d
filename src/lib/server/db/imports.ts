// Verbs on imports: one process at a time works on each, under a lease, and moves it on by compare-and-set.
import type {
	AnswersPlan,
	Import,
	ImportFile,
	ImportKind,
	ImportStatus,
	PeoplePlan,
} from '#lib/domain/import/import.ts';
import { noCounts } from '#lib/domain/import/import.ts';
import type { Database } from './database.ts';
import { insertOnce, repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { ImportRow } from './rows/import.ts';

const toImport = ({
	_id,
	workspaceId,
	surveyId,
	createdBy,
	leaseId: _,
	leaseUntil: __,
	...row
}: ImportRow): Import => ({
	...row,
	id: _id.toHexString(),
	workspaceId: workspaceId.toHexString(),
	surveyId: surveyId?.toHexString() ?? null,
	createdBy: createdBy.toHexString(),
});

const at = (workspaceId: string, importId: string) => ({ _id: parseId(importId), workspaceId: parseId(workspaceId) });
const working: ImportStatus[] = ['running', 'undoing'];
const freeAt = (now: Date) => ({ $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }] });

type Beginning = { kind: ImportKind; surveyId: string | null; fileName: string; createdBy: string };

/** Begins an upload and returns its id. It is in no list until `ready`. */
export const begin = async (db: Database, workspaceId: string, given: Beginning, now: Date): Promise<string> => {
	const _id = new ObjectId();
	const row = {
		_id,
		workspaceId: parseId(workspaceId)!,
		kind: given.kind,
		surveyId: given.surveyId ? parseId(given.surveyId) : null,
		fileName: given.fileName,
		createdBy: parseId(given.createdBy)!,
		status: 'uploading' as const,
		counts: noCounts,
		createdAt: now,
	};
	await insertOnce(() => db.models.imports.insertMany([row]));
	return _id.toHexString();
};

/** The file is here and looked through: its columns can be named. */
export const ready = async (db: Database, workspaceId: string, importId: string, file: ImportFile): Promise<void> => {
	await repeatable(() =>
		db.models.imports.updateOne(
			{ ...at(workspaceId, importId), status: 'uploading' },
			{ $set: { ...file, status: 'mapping' } },
		),
	);
};

export const byId = async (db: Database, workspaceId: string, importId: string): Promise<Import | null> => {
	const row = await db.models.imports
		.findOne({ ...at(workspaceId, importId), status: { $ne: 'uploading' } })
		.lean<ImportRow>();
	return row && toImport(row);
};

/** Newest first, older than `before`. */
export const list = async (
	db: Database,
	workspaceId: string,
	{ before, limit }: { before: Date | null; limit: number },
): Promise<Import[]> => {
	const rows = await db.models.imports
		.find({
			workspaceId: parseId(workspaceId),
			status: { $ne: 'uploading' },
			...(before && { createdAt: { $lt: before } }),
		})
		.sort({ createdAt: -1 })
		.limit(limit)
		.select('-sampleRows -profiles')
		.lean<ImportRow[]>();
	return rows.map(toImport);
};

/** Uploads whose columns nobody has named yet. */
export const waiting = async (db: Database, workspaceId: string): Promise<Import[]> => {
	const rows = await db.models.imports
		.find({ workspaceId: parseId(workspaceId), status: 'mapping' })
		.lean<ImportRow[]>();
	return rows.map(toImport);
};

/** The newest import of the same file, of the same kind, that has taken rows and was not undone. */
export const twin = async (db: Database, { workspaceId, id, kind, fileHash }: Import): Promise<Import | null> => {
	const row = await db.models.imports
		.findOne({
			workspaceId: parseId(workspaceId),
			_id: { $ne: parseId(id) },
			kind,
			fileHash,
			status: { $in: ['running', 'done', 'failed'] },
		})
		.sort({ createdAt: -1 })
		.lean<ImportRow>();
	return row && toImport(row);
};

type Start = { plan: PeoplePlan | AnswersPlan; surveyId: string | null };

/** Starts an import whose columns are named, unless it was started or thrown away already. */
export const start = async (db: Database, workspaceId: string, importId: string, given: Start): Promise<void> => {
	await repeatable(() =>
		db.models.imports.updateOne(
			{ ...at(workspaceId, importId), status: 'mapping' },
			{
				$set: {
					plan: given.plan,
					surveyId: given.surveyId && parseId(given.surveyId),
					status: 'running',
					// They were there to be looked at, and are people.
					sampleRows: [],
				},
			},
		),
	);
};

/** Asks for an import to be undone, also while it runs. False when there is nothing to undo. */
export const startUndoing = async (db: Database, workspaceId: string, importId: string): Promise<boolean> => {
	const { matchedCount } = await repeatable(() =>
		db.models.imports.updateOne(
			{ ...at(workspaceId, importId), status: { $in: ['running', 'done', 'failed'] } },
			{ $set: { status: 'undoing', finishedAt: null } },
		),
	);
	return matchedCount === 1;
};

/** Where a lease holds good: until when, and whose it is. */
export type Lease = { id: string; until: Date };

/** Takes up an import that waits or whose worker died. Null when somebody is at it, or there is nothing to do. */
export const claim = async (
	db: Database,
	workspaceId: string,
	importId: string,
	lease: Lease,
	now: Date,
): Promise<Import | null> => {
	const row = await repeatable(() =>
		db.models.imports
			.findOneAndUpdate(
				{
					...at(workspaceId, importId),
					status: { $in: working },
					$or: [...freeAt(now).$or, { leaseId: lease.id }],
				},
				{ $set: { leaseId: lease.id, leaseUntil: lease.until } },
				{ returnDocument: 'after' },
			)
			.lean<ImportRow>(),
	);
	return row && toImport(row);
};

type Step = Partial<Pick<ImportRow, 'nextRow' | 'counts' | 'keptCount' | 'problem' | 'finishedAt'>> & {
	status?: ImportStatus;
};

/** Moves an import on. False when the lease is another's by now, or the status is not `from` any more. */
export const advance = async (
	db: Database,
	workspaceId: string,
	importId: string,
	from: ImportStatus,
	lease: Lease,
	step: Step,
): Promise<boolean> => {
	const { matchedCount } = await repeatable(() =>
		db.models.imports.updateOne(
			{ ...at(workspaceId, importId), leaseId: lease.id, status: from },
			{ $set: { ...step, leaseUntil: lease.until } },
		),
	);
	return matchedCount === 1;
};

/** Gives a lease back, so that somebody else can go on at once. */
export const release = async (db: Database, workspaceId: string, importId: string, leaseId: string): Promise<void> => {
	await repeatable(() =>
		db.models.imports.updateOne(
			{ ...at(workspaceId, importId), leaseId },
			{ $set: { leaseId: null, leaseUntil: null } },
		),
	);
};

/** Whether an import of this workspace is under way, so that rows of its file may still come in. */
export const isAnyWorking = async (db: Database, workspaceId: string): Promise<boolean> =>
	(await db.models.imports
		.findOne({ workspaceId: parseId(workspaceId), status: { $in: working } })
		.select('_id')
		.lean()) !== null;

/** Imports of every workspace that somebody should be working on and nobody is. */
export const abandoned = async (db: Database, now: Date): Promise<{ workspaceId: string; importId: string }[]> => {
	const rows = await db.models.imports
		.find({ status: { $in: working }, ...freeAt(now) })
		.select('workspaceId')
		.limit(100)
		.lean<Pick<ImportRow, '_id' | 'workspaceId'>[]>();
	return rows.map(({ _id, workspaceId }) => ({
		workspaceId: workspaceId.toHexString(),
		importId: _id.toHexString(),
	}));
};

/** Uploads of every workspace that were cut short before `uploadingSince`, or never started since `mappingSince`. */
export const forgotten = async (
	db: Database,
	{ uploadingSince, mappingSince }: { uploadingSince: Date; mappingSince: Date },
): Promise<{ workspaceId: string; importId: string }[]> => {
	const rows = await db.models.imports
		.find({
			$or: [
				{ status: 'uploading', createdAt: { $lt: uploadingSince } },
				{ status: 'mapping', createdAt: { $lt: mappingSince } },
			],
		})
		.select('workspaceId')
		.limit(100)
		.lean<Pick<ImportRow, '_id' | 'workspaceId'>[]>();
	return rows.map(({ _id, workspaceId }) => ({
		workspaceId: workspaceId.toHexString(),
		importId: _id.toHexString(),
	}));
};

/** Forgets an import that has taken nothing. False when it was started meanwhile. */
export const remove = async (db: Database, workspaceId: string, importId: string): Promise<boolean> => {
	const { deletedCount } = await repeatable(() =>
		db.models.imports.deleteOne({ ...at(workspaceId, importId), status: { $in: ['uploading', 'mapping'] } }),
	);
	return deletedCount === 1;
};

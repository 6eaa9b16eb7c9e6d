// Verbs on workspaces. Rows stay here; plain workspaces leave.
import type { Workspace } from '#lib/domain/workspace/workspace.ts';
import type { Database } from './database.ts';
import { isDuplicateKey, repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { WorkspaceRow } from './rows/workspace.ts';

const toWorkspace = ({ _id, ...row }: WorkspaceRow): Workspace => ({ id: _id.toHexString(), ...row });

export const bySlug = async (db: Database, slug: string): Promise<Workspace | null> => {
	const row = await db.models.workspaces.findOne({ slug }).lean<WorkspaceRow>();
	return row && toWorkspace(row);
};

export const byId = async (db: Database, workspaceId: string): Promise<Workspace | null> => {
	const row = await db.models.workspaces.findOne({ _id: parseId(workspaceId) }).lean<WorkspaceRow>();
	return row && toWorkspace(row);
};

export const byIds = async (db: Database, workspaceIds: readonly string[]): Promise<Workspace[]> => {
	const rows = await db.models.workspaces.find({ _id: { $in: workspaceIds.map(parseId) } }).lean<WorkspaceRow[]>();
	return rows.map(toWorkspace);
};

/** Null when the slug is taken. */
export const create = async (db: Database, given: Omit<Workspace, 'id'>): Promise<Workspace | null> => {
	const row: WorkspaceRow = { _id: new ObjectId(), ...given };
	try {
		await repeatable(() => db.models.workspaces.create(row));
	} catch (error) {
		if (!isDuplicateKey(error)) throw error;
		// A repeat after a lost reply meets its own row.
		if (!(await db.models.workspaces.exists({ _id: row._id }))) return null;
	}
	return toWorkspace(row);
};

export type WorkspaceChange = Partial<Pick<Workspace, 'name' | 'timeZone' | 'language' | 'quietDays'>>;

export const change = async (db: Database, workspaceId: string, values: WorkspaceChange): Promise<void> => {
	await repeatable(() => db.models.workspaces.updateOne({ _id: parseId(workspaceId) }, { $set: values }));
};

/** Changes the touchpoints from the list that was seen. False when it is another one by now. */
export const setTouchpoints = async (
	db: Database,
	workspaceId: string,
	change: { from: Workspace['touchpoints']; to: Workspace['touchpoints'] },
): Promise<boolean> => {
	const { matchedCount } = await repeatable(() =>
		db.models.workspaces.updateOne(
			// By name, for Mongoose takes a bare list to mean one of its members.
			{ _id: parseId(workspaceId), touchpoints: { $eq: change.from } },
			{ $set: { touchpoints: change.to } },
		),
	);
	return matchedCount === 1;
};

/** The workspaces made first, at most `limit`. */
export const oldest = async (db: Database, limit: number): Promise<Workspace[]> =>
	(await db.models.workspaces.find().sort({ _id: 1 }).limit(limit).lean<WorkspaceRow[]>()).map(toWorkspace);
/** Every workspace, one at a time: for commands, never for a request. */
export async function* all(db: Database): AsyncGenerator<Workspace> {
	let last: WorkspaceRow['_id'] | null = null;
	for (;;) {
		const rows: WorkspaceRow[] = await db.models.workspaces
			.find(last ? { _id: { $gt: last } } : {})
			.sort({ _id: 1 })
			.limit(100)
			.lean<WorkspaceRow[]>();
		yield* rows.map(toWorkspace);
		last = rows.at(-1)?._id ?? null;
		if (!last) return;
	}
}

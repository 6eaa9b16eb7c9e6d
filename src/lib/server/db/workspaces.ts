// Verbs on workspaces. Rows stay here; plain workspaces leave.
import type { Workspace } from '#lib/domain/workspace/workspace.ts';
import type { Database } from './database.ts';
import { parseId } from './rows/base.ts';
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

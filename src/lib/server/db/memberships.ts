// Verbs on memberships: who belongs to which workspace, as what.
import type { Role } from '#lib/domain/workspace/workspace.ts';
import type { Database } from './database.ts';
import { parseId } from './rows/base.ts';
import type { MembershipRow } from './rows/workspace.ts';

/** The role of a user in a workspace, or null when they do not belong to it. */
export const roleOf = async (db: Database, workspaceId: string, userId: string): Promise<Role | null> => {
	const row = await db.models.memberships
		.findOne({ workspaceId: parseId(workspaceId), userId: parseId(userId) })
		.lean<MembershipRow>();
	return row?.role ?? null;
};

// Who belongs to which workspace, and as what.
import { NotFound } from '#lib/domain/errors.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import type { Context } from '../context.ts';
import * as membershipRows from '../db/memberships.ts';
import * as workspaces from '../db/workspaces.ts';

/** The scope of a user in the workspace of this slug. Throws NotFound for a workspace that is not theirs. */
export const enter = async (
	ctx: Context,
	userId: string,
	slug: string,
): Promise<{ scope: Scope; workspace: Workspace }> => {
	const workspace = await workspaces.bySlug(ctx.db, slug);
	const role = workspace && (await membershipRows.roleOf(ctx.db, workspace.id, userId));
	if (!workspace || !role) throw new NotFound('There is no such workspace, or you do not belong to it.');
	return { workspace, scope: { workspaceId: workspace.id, userId, role } };
};

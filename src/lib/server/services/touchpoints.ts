// The workspace's list of touchpoints: each edit is applied to the list as it is now, so that two editors lose nothing.
import { Conflict, NotFound } from '#lib/domain/errors.ts';
import * as touchpoints from '#lib/domain/workspace/touchpoints.ts';
import type { Touchpoint } from '#lib/domain/workspace/touchpoints.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as surveyRows from '../db/surveys.ts';
import * as workspaceRows from '../db/workspaces.ts';

type Edit = (list: readonly Touchpoint[]) => Touchpoint[];

const apply = async (ctx: Context, { workspaceId }: Scope, edit: Edit): Promise<void> => {
	for (let attempt = 1; ; attempt++) {
		const workspace = await workspaceRows.byId(ctx.db, workspaceId);
		if (!workspace) throw new NotFound(t.refusals_no_workspace());
		const from = workspace.touchpoints;
		if (await workspaceRows.setTouchpoints(ctx.db, workspaceId, { from, to: edit(from) })) return;
		if (attempt === 5) throw new Conflict(t.refusals_touchpoints_busy());
	}
};

/** What a form for a new touchpoint carries, so that sending it twice adds one. */
export const newId = (ctx: Context): string => `t${Buffer.from(ctx.randomBytes(8)).toString('hex')}`;

export const add = (ctx: Context, scope: Scope, touchpoint: Touchpoint, index?: number): Promise<void> =>
	apply(ctx, scope, (list) => touchpoints.add(list, touchpoint, index));

export const rename = (ctx: Context, scope: Scope, id: string, name: string): Promise<void> =>
	apply(ctx, scope, (list) => touchpoints.rename(list, id, name));

export const step = (ctx: Context, scope: Scope, id: string, to: 'up' | 'down'): Promise<void> =>
	apply(ctx, scope, (list) => touchpoints.step(list, id, to));

export const moveTo = (
	ctx: Context,
	scope: Scope,
	id: string,
	{ phase, place }: { phase: touchpoints.Phase; place: number },
): Promise<void> => apply(ctx, scope, (list) => touchpoints.moveTo(list, id, phase, place));

/** How many surveys are of each touchpoint, by its id. */
export const usage = async (ctx: Context, scope: Scope): Promise<Record<string, number>> => {
	const uses: Record<string, number> = {};
	for (const { touchpointId } of await surveyRows.list(ctx.db, scope.workspaceId))
		if (touchpointId) uses[touchpointId] = (uses[touchpointId] ?? 0) + 1;
	return uses;
};

/**
 * Takes one out. The surveys that had it have none from then on; when it is put back under its id and place, as the
 * undo does, they have it again. Null when it is gone already.
 */
export const remove = async (
	ctx: Context,
	scope: Scope,
	id: string,
): Promise<{ removed: Touchpoint; index: number; surveys: number } | null> => {
	const list = (await workspaceRows.byId(ctx.db, scope.workspaceId))?.touchpoints ?? [];
	const index = list.findIndex((each) => each.id === id);
	if (index < 0) return null;
	await apply(ctx, scope, (latest) => touchpoints.remove(latest, id));
	return { removed: list[index]!, index, surveys: (await usage(ctx, scope))[id] ?? 0 };
};

// Deleting a draft or an archived survey: gone from every page at once, undone within 30 s, then erased with all of it.
import { Conflict, NotFound } from '#lib/domain/errors.ts';
import { isAnonymous, startOfRunning } from '#lib/domain/response/anonymous.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as staleDays from '../db/stale-days.ts';
import * as rows from '../db/survey-deletions.ts';
import { undoMs, tooLate } from './deletions.ts';
import * as surveys from './surveys.ts';

/**
 * How many answers, invitations and sendings go with a survey. Of an anonymous one the answers of the running week are
 * not counted, and may be there. Throws NotFound.
 */
export const contentsOf = async (
	ctx: Context,
	scope: Scope,
	surveyId: string,
): Promise<rows.Contents & { mayBeMore: boolean }> => {
	const { draft, version } = await surveys.byId(ctx, scope, surveyId);
	const before = isAnonymous(draft) ? startOfRunning(ctx.clock()) : null;
	const contents = await rows.contentsOf(ctx.db, scope.workspaceId, surveyId, before);
	return { ...contents, mayBeMore: before !== null && version !== null };
};

/** Whether a survey was deleted and is not erased yet. */
export const isDeleted = async (ctx: Context, scope: Scope, surveyId: string): Promise<boolean> =>
	Boolean(await rows.deletedAt(ctx.db, scope.workspaceId, surveyId));

/** Deletes a survey. Throws NotFound, and Conflict for one that is neither a draft nor archived. */
export const remove = async (ctx: Context, scope: Scope, surveyId: string): Promise<void> => {
	const { workspaceId } = scope;
	const already = await rows.deletedAt(ctx.db, workspaceId, surveyId);
	if (already === undefined) throw new NotFound(t.common_no_survey());
	if (already === null) await surveys.requireOwn(ctx, scope, surveyId);
	const deletedAt = already ?? ctx.clock();
	if (!(await rows.setDeletedAt(ctx.db, workspaceId, surveyId, { from: null, to: deletedAt })))
		throw new Conflict(t.surveys_delete_refused());
	// By then every answer that was on its way when the survey took some still is written down.
	const at = new Date(deletedAt.getTime() + undoMs + staleDays.settleMs);
	const payload = { workspaceId, surveyId, deletedAt: deletedAt.toISOString() };
	await ctx.jobs.enqueue('erase-survey', payload, { at, key: `${surveyId} ${payload.deletedAt}` });
};

/** Takes a deletion back. Throws Conflict when it is too late. */
export const restore = async (ctx: Context, scope: Scope, surveyId: string): Promise<void> => {
	const from = await rows.deletedAt(ctx.db, scope.workspaceId, surveyId);
	if (from === undefined) throw tooLate();
	if (from === null) return;
	if (ctx.clock().getTime() - from.getTime() > undoMs) throw tooLate();
	await rows.setDeletedAt(ctx.db, scope.workspaceId, surveyId, { from, to: null });
};

/** The job "erase-survey": erases it with everything of it, unless it was restored. */
export const erase = async (
	ctx: Context,
	{ workspaceId, surveyId, deletedAt }: { workspaceId: string; surveyId: string; deletedAt: string },
): Promise<void> => {
	const found = await rows.deletedAt(ctx.db, workspaceId, surveyId);
	if (found?.getTime() === new Date(deletedAt).getTime()) await rows.erase(ctx.db, workspaceId, surveyId);
};

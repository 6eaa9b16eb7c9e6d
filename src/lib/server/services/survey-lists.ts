// The list of surveys: those in use or in the archive, each with its state and score, and what may have changed of it.
import { createHash } from 'node:crypto';
import { byId } from '#lib/domain/workspace/touchpoints.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import type { Context } from '../context.ts';
import * as surveyRows from '../db/surveys.ts';
import * as openness from './openness.ts';
import * as reports from './reports.ts';

const withStates = async (ctx: Context, workspaceId: string) =>
	Promise.all(
		(await surveyRows.list(ctx.db, workspaceId)).map(async (survey) => ({
			survey,
			state: await openness.stateOf(ctx, survey),
		})),
	);

const revisionOf = (listed: Awaited<ReturnType<typeof withStates>>): string => {
	const shown = listed.map(({ survey, state }) => [survey.id, survey.revision, state.kind]);
	return createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 16);
};

/** Another text after anything the list shows has changed, also when a survey only opened or closed by its schedule. */
export const revision = async (ctx: Context, scope: Scope): Promise<string> =>
	revisionOf(await withStates(ctx, scope.workspaceId));

/**
 * The surveys in use, or those in the archive, newest first: of one touchpoint by its id, of none with "none", of all
 * with ''. Beside them how many are in the archive, and which touchpoints have any.
 */
export const show = async (
	ctx: Context,
	scope: Scope,
	workspace: Workspace,
	{ touchpoint, isArchived }: { touchpoint: string; isArchived: boolean },
) => {
	const listed = await withStates(ctx, scope.workspaceId);
	const all = listed.map(({ survey, state }) => ({
		id: survey.id,
		name: survey.name,
		metric: survey.draft.metric,
		version: survey.version,
		hasUnpublishedEdits: survey.hasUnpublishedEdits,
		isSample: survey.isSample,
		updatedAt: survey.updatedAt,
		touchpoint: byId(workspace.touchpoints, survey.touchpointId),
		state,
	}));
	const here = all.filter(({ state }) => (state.kind === 'archived') === isArchived);
	const surveys = here.filter((each) => touchpoint === '' || (each.touchpoint?.id ?? 'none') === touchpoint);
	const scores = await reports.summaries(
		ctx,
		scope,
		surveys.map(({ id }) => id),
	);
	return {
		surveys: surveys.map((survey) => ({ ...survey, score: scores.get(survey.id) ?? null })),
		touchpoint,
		/** Of the touchpoints that any of these surveys has. */
		used: workspace.touchpoints.filter(({ id }) => here.some((each) => each.touchpoint?.id === id)),
		total: here.length,
		archived: all.filter(({ state }) => state.kind === 'archived').length,
		hasSample: all.some(({ isSample }) => isSample),
		revision: revisionOf(listed),
	};
};

// Whether a survey takes answers at this moment, and if not, why: worked out anew each time, so that nothing has to run
// when a survey opens or closes.
import { stateAt, type State } from '#lib/domain/survey/lifecycle.ts';
import { isAnonymous, startOfRunning } from '#lib/domain/response/anonymous.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import type { Context } from '../context.ts';
import * as responseRows from '../db/responses.ts';
import * as surveyRows from '../db/surveys.ts';

type Counted = { revision: number; quota: number; answers: number };
const counted = new WeakMap<Context['db'], Map<string, Counted>>();
const mostCounted = 1_000;

/**
 * How many answers a survey has, as far as its quota asks: below the quota it may be the number of a moment ago. Each
 * answer moves the revision on by one or more, so that there is nothing to count while the last count and all revisions
 * since stay below the quota.
 */
const answersUpTo = async (ctx: Context, survey: Survey, quota: number): Promise<number> => {
	const { id, workspaceId, revision } = survey;
	// Anonymous ones count when their week is over: a survey that was full at once would tell when somebody answered.
	if (isAnonymous(survey.draft))
		return responseRows.countGiven(ctx.db, workspaceId, id, { limit: quota, before: startOfRunning(ctx.clock()) });
	const known = counted.get(ctx.db) ?? new Map<string, Counted>();
	counted.set(ctx.db, known);
	const last = known.get(id);
	if (last?.revision === revision && last.quota === quota) return last.answers;
	if (last && last.revision <= revision && last.answers + revision - last.revision < quota) return last.answers;
	const answers = await responseRows.countGiven(ctx.db, workspaceId, id, { limit: quota });
	if (known.size >= mostCounted) known.clear();
	known.set(id, { revision, quota, answers });
	return answers;
};

/**
 * The state of a survey now. With a quota nobody is asked any more once that many answers are written down; answers
 * that are sent in the same moment as the last one are all taken, so that there may be a few more, and none is lost.
 * Imported, sample and test answers are in no quota, and anonymous ones of the running week not yet.
 */
export const stateOf = async (ctx: Context, survey: Survey): Promise<State> => {
	const now = ctx.clock();
	const state = stateAt(survey, now, 0);
	if (state.kind !== 'open' || survey.quota === null) return state;
	return stateAt(survey, now, await answersUpTo(ctx, survey, survey.quota));
};

/** The same by id; null when the survey is gone. */
export const ofSurvey = async (ctx: Context, workspaceId: string, surveyId: string): Promise<State | null> => {
	const survey = await surveyRows.byId(ctx.db, workspaceId, surveyId);
	return survey && stateOf(ctx, survey);
};

// Anonymous answers in the weeks that they are shown with, and what may be told of them.
import type { Batch } from '#lib/domain/report/anonymity.ts';
import { tell, type Told } from '#lib/domain/report/told.ts';
import { weekKept } from '#lib/domain/response/anonymous.ts';
import type { Response } from '#lib/domain/response/response.ts';
import type { Scale } from '#lib/domain/survey/metric.ts';
import { dayOf } from '#lib/domain/time/zone.ts';
import type { Context } from '../context.ts';
import * as answerLists from '../db/answer-lists.ts';
import type { Countable } from '../db/day-counts.ts';
import * as surveyRows from '../db/surveys.ts';

type Place = { survey: Countable; timeZone: string };

/** The answers of all batches, the survey's versions newest first, and the weeks that buckets and questions are told of. */
export const toldOf = async (ctx: Context, { survey, timeZone }: Place, scale: Scale, batches: readonly Batch[]) => {
	const all = batches.map(({ from, until }): Told<Response> & { answers: Response[] } => ({
		from,
		until,
		answers: [],
	}));
	for await (const some of answerLists.batches(ctx.db, survey, null))
		for (const answer of some) {
			const week = weekKept(dayOf(answer.answeredAt, timeZone));
			all.find(({ from, until }) => from <= week && week < until)?.answers.push(answer);
		}
	const found = await surveyRows.versions(ctx.db, survey.workspaceId, survey.surveyId);
	const versions = found.toSorted((a, b) => b.version - a.version);
	const definitions = versions.map(({ definition }) => definition);
	return { all, versions, ...tell(scale, definitions, all) };
};

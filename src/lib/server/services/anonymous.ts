// The report and the comments of an anonymous survey: nothing but what domain/report/anonymity lets out.
import { Conflict } from '#lib/domain/errors.ts';
import * as anonymity from '#lib/domain/report/anonymity.ts';
import { csvRecord, byteOrderMark } from '#lib/domain/report/csv.ts';
import { ever, narrowsNumbers, rangeOf, type Filters } from '#lib/domain/report/filters.ts';
import { lists } from '#lib/domain/report/matching.ts';
import * as report from '#lib/domain/report/report.ts';
import type { Response } from '#lib/domain/response/response.ts';
import { inBuckets, totalOf } from '#lib/domain/score/counts.ts';
import type { Score } from '#lib/domain/score/score.ts';
import type { Scale } from '#lib/domain/survey/metric.ts';
import { lastDayOf } from '#lib/domain/time/day.ts';
import { periodOf } from '#lib/domain/time/period.ts';
import { dayOf } from '#lib/domain/time/zone.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as answerLists from '../db/answer-lists.ts';
import type { Countable } from '../db/day-counts.ts';
import * as tallies from '../db/tallies.ts';

type Basis = { survey: Countable; timeZone: string; isComplete: boolean };

/** Every batch there is, and whether answers wait for others. */
const read = async (ctx: Context, { survey, ...place }: Basis) => {
	const { days } = await tallies.between(ctx.db, survey, { ...place, range: ever }, ['all']);
	const all = days.get('all') ?? [];
	const batches = anonymity.batchesOf(all);
	const given = all.flatMap(({ cells }) => cells).reduce((sum, { counts }) => sum + totalOf(counts), 0);
	return { batches, isWaiting: given > totalOf(anonymity.countsOf(batches)) };
};

/** The batches that an address asks for. */
const open = async (ctx: Context, basis: Basis, asked: Filters) => {
	const { filters, problems } = anonymity.readable(asked);
	const { batches, isWaiting } = await read(ctx, basis);
	const today = dayOf(ctx.clock(), basis.timeZone);
	const found = batches.length ? { first: anonymity.lastWeekOf(batches[0]!), last: lastDayOf(batches.at(-1)!) } : null;
	const range = rangeOf(filters, today, found);
	return { filters, problems, batches, isWaiting, today, range, shown: anonymity.within(batches, range) };
};

/** The part of a survey's report that its answers make. */
export const numbers = async (ctx: Context, basis: Basis, scale: Scale, asked: Filters) => {
	const { filters, problems, range, today, shown, isWaiting } = await open(ctx, basis, asked);
	const counts = anonymity.countsOf(shown);
	const isAllTime = filters.preset === 'all';
	const buckets = isAllTime && anonymity.tellsBuckets(scale, counts) ? inBuckets(scale, counts) : [];
	const days = anonymity.asDays(shown);
	const fitting = report.fittingUnit(filters.unit, range);
	const unit = fitting === 'day' ? 'week' : fitting;
	const none = { language: null, channel: null, property: null };
	const periods = report.byPeriod(scale, days, none, { range, unit, weekStart: 1, today }).map((period) => {
		const inPeriod = shown.filter((batch) => {
			const day = anonymity.lastWeekOf(batch);
			return period.from <= day && day < period.until;
		});
		return anonymity.veiledPeriod(scale, period, anonymity.countsOf(inPeriod));
	});
	return {
		filters,
		problems,
		range,
		unit,
		periods,
		headline: { ...anonymity.veiledScore(scale, counts), buckets },
		isNarrowed: narrowsNumbers(filters),
		anonymity: {
			/** Answers are in that are too few to be shown yet. */
			isWaiting,
			buckets: isAllTime ? anonymity.choosableBuckets(scale, counts) : [],
		},
	};
};

/** The score over all time, for the list of surveys. */
export const summary = async (ctx: Context, basis: Basis, scale: Scale): Promise<Score> =>
	anonymity.veiledScore(scale, anonymity.countsOf((await read(ctx, basis)).batches));

/** A comment with the weeks that it was given in. */
export type AnonymousComment = { id: string; comment: string; from: string; until: string };

/** The comments that an address lists, newest weeks first and in no order within them; null where these are too few. */
export const comments = async (
	ctx: Context,
	basis: Basis,
	scale: Scale,
	asked: Filters,
): Promise<AnonymousComment[] | null> => {
	const { filters, shown } = await open(ctx, basis, asked);
	const batchOf = (week: string) => shown.find(({ from, until }) => from <= week && week < until);
	const answers: (Response & { batch: anonymity.Batch })[] = [];
	for await (const some of answerLists.batches(ctx.db, basis.survey, null))
		for (const answer of some) {
			const batch = batchOf(periodOf(dayOf(answer.answeredAt, basis.timeZone), 'week', 1));
			if (batch) answers.push({ ...answer, batch });
		}
	// A bucket is offered only where every one of them may be told.
	if (filters.bucket && !anonymity.tellsBuckets(scale, anonymity.countsOf(shown))) return null;
	const matching = anonymity.listed(answers, lists(filters, scale));
	if (matching.length === 0 && (filters.bucket || filters.words)) return null;
	return matching
		.filter(({ comment }) => comment !== '')
		.sort((a, b) => (a.batch.from === b.batch.from ? (a.id < b.id ? -1 : 1) : a.batch.from < b.batch.from ? 1 : -1))
		.map(({ id, comment, batch: { from, until } }) => ({ id, comment, from, until }));
};

/** The comments that an address lists, as CSV. Neither score nor week of a single answer is in it. */
export async function* lines(ctx: Context, basis: Basis, scale: Scale, asked: Filters): AsyncGenerator<string> {
	const found = await comments(ctx, basis, scale, asked);
	yield byteOrderMark + csvRecord(['First day', 'Last day', 'Comment']);
	for (const { from, until, comment } of found ?? []) yield csvRecord([from, lastDayOf({ from, until }), comment]);
}

/** Of an anonymous survey nobody is known. Throws Conflict. */
export const refusePeople = (): never => {
	throw new Conflict(t.report_no_people_export());
};

// The numbers of an anonymous survey: nothing but what domain/report/anonymity lets out.
import * as anonymity from '#lib/domain/report/anonymity.ts';
import { ever, narrowsNumbers, rangeOf, type Filters } from '#lib/domain/report/filters.ts';
import * as report from '#lib/domain/report/report.ts';
import { runningWeek, weekKept } from '#lib/domain/response/anonymous.ts';
import { inBuckets, totalOf } from '#lib/domain/score/counts.ts';
import type { Score } from '#lib/domain/score/score.ts';
import type { Scale } from '#lib/domain/survey/metric.ts';
import { lastDayOf } from '#lib/domain/time/day.ts';
import { dayOf } from '#lib/domain/time/zone.ts';
import type { Context } from '../context.ts';
import type { Countable } from '../db/day-counts.ts';
import * as tallies from '../db/tallies.ts';
import { toldOf } from './anonymous-told.ts';

export type Basis = { survey: Countable; timeZone: string; isComplete: boolean };

/** Every batch there is, and whether answers of ended weeks wait for others. */
const read = async (ctx: Context, { survey, ...place }: Basis) => {
	const running = runningWeek(ctx.clock());
	const { days } = await tallies.between(ctx.db, survey, { ...place, range: ever }, ['all']);
	const ended = (days.get('all') ?? []).filter(({ day }) => weekKept(day) < running);
	const batches = anonymity.batchesOf(ended, running);
	const given = ended.flatMap(({ cells }) => cells).reduce((sum, { counts }) => sum + totalOf(counts), 0);
	return { running, batches, isWaiting: given > totalOf(anonymity.countsOf(batches)) };
};

/** The batches that an address asks for, of all there are. */
export const open = async (ctx: Context, basis: Basis, asked: Filters) => {
	const { filters, problems } = anonymity.readable(asked);
	const { running, batches, isWaiting } = await read(ctx, basis);
	const today = dayOf(ctx.clock(), basis.timeZone);
	const found = batches.length ? { first: anonymity.lastWeekOf(batches[0]!), last: lastDayOf(batches.at(-1)!) } : null;
	const range = rangeOf(filters, today, found);
	return { filters, problems, batches, isWaiting, running, today, range, shown: anonymity.within(batches, range) };
};

/** The buckets over all time with how many answers they are of: the newer ones wait. */
const bucketsOf = async (ctx: Context, basis: Basis, scale: Scale, batches: readonly anonymity.Batch[]) => {
	const { buckets } = await toldOf(ctx, basis, scale, batches);
	const scores = buckets.flatMap(({ answers }) => answers.map(({ score }) => score));
	const counts = Array.from({ length: scale.max + 1 }, (_, step) => scores.filter((score) => score === step).length);
	return { n: scores.length, buckets: scores.length ? inBuckets(scale, counts) : [] };
};

/** The part of a survey's report that its answers make. */
export const numbers = async (ctx: Context, basis: Basis, scale: Scale, asked: Filters) => {
	const { filters, problems, range, today, running, batches, shown, isWaiting } = await open(ctx, basis, asked);
	const isAllTime = filters.preset === 'all';
	const told = isAllTime ? await bucketsOf(ctx, basis, scale, batches) : { n: 0, buckets: [] };
	const days = anonymity.asDays(shown);
	const fitting = report.fittingUnit(filters.unit, range);
	const unit = fitting === 'day' ? 'week' : fitting;
	const none = { language: null, channel: null, property: null };
	const all = report.byPeriod(scale, days, none, { range, unit, weekStart: 1, today });
	// Of the running week nothing is known, which is not that nobody answered.
	const periods = all
		.filter(({ from }) => from < running)
		.map((period) => {
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
		headline: { ...anonymity.veiledScore(scale, anonymity.countsOf(shown)), buckets: told.buckets },
		isNarrowed: narrowsNumbers(filters),
		anonymity: {
			/** Answers of ended weeks are in that are too few to be shown yet. */
			isWaiting,
			/** The buckets are of so many answers; the newer ones wait. */
			inBuckets: told.n,
			buckets: told.buckets.map(({ key }) => key),
		},
	};
};

/** The score over all time, for the list of surveys. */
export const summary = async (ctx: Context, basis: Basis, scale: Scale): Promise<Score> =>
	anonymity.veiledScore(scale, anonymity.countsOf((await read(ctx, basis)).batches));

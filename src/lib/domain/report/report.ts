// Tallies to the numbers a page shows. Counting was the database's work; this adds up and scores.
import { add, inBuckets, totalOf, type BucketCount, type Counts } from '../score/counts.ts';
import { scoreOf, type Score } from '../score/score.ts';
import type { Bucket, Scale } from '../survey/metric.ts';
import { daysBetween, type Range } from '../time/day.ts';
import { periodOf, periodsOf, type Unit } from '../time/period.ts';
import type { Filters } from './filters.ts';
import type { Cell } from './tally.ts';

/** The cells of one local day. */
export type Day = { day: string; cells: readonly Cell[] };

type Narrowing = Pick<Filters, 'language' | 'channel' | 'property'>;

/** Whether a cell is within the filters; its days must be broken down by the filtered property. */
const isWithin = (cell: Cell, { language, channel, property }: Narrowing): boolean =>
	(language === null || cell.language === language) &&
	(channel === null || cell.channel === channel) &&
	(property === null || cell.value === property.value);

/** All answers within the filters, by score. */
export const countsOf = (days: readonly Day[], filters: Narrowing): Counts => {
	let counts: Counts = [];
	for (const { cells } of days)
		for (const cell of cells) if (isWithin(cell, filters)) counts = add(counts, cell.counts);
	return counts;
};

/** The score with its buckets. */
export const headline = (scale: Scale, counts: Counts): Score & { buckets: BucketCount[] } => ({
	...scoreOf(scale, counts),
	buckets: inBuckets(scale, counts),
});

/** One day, week or month of the chart. */
export type PeriodScore = {
	/** First day, and the first day after. */
	from: string;
	until: string;
	counts: Partial<Record<Bucket, number>>;
	n: number;
	/** Null where nobody answered: a gap, never 0. */
	score: number | null;
	low: number | null;
	high: number | null;
	/** Of metrics that are reported by a mean as well, where somebody answered. */
	mean?: number;
	/** Still running today. */
	isSoFar: boolean;
};

const mostPeriods = 400;

/** The period that shows a range best: up to 31 days by day, up to half a year by week, beyond by month. */
export const unitFor = (range: Range): Unit => {
	const days = daysBetween(range.from, range.until);
	return days <= 31 ? 'day' : days <= 183 ? 'week' : 'month';
};

/** The unit asked for, or the next coarser one that a chart can hold; months always can. */
export const fittingUnit = (unit: Unit | null, range: Range): Unit => {
	const days = daysBetween(range.from, range.until);
	if (unit === 'day' && days > mostPeriods) return fittingUnit('week', range);
	if (unit === 'week' && days > 7 * mostPeriods) return 'month';
	return unit ?? unitFor(range);
};

/** The score of each period of the range, oldest first. Only days inside the range count, so its ends may be partial. */
export const byPeriod = (
	scale: Scale,
	days: readonly Day[],
	filters: Narrowing,
	{ range, unit, weekStart, today }: { range: Range; unit: Unit; weekStart: number; today: string },
): PeriodScore[] => {
	const inPeriod = Map.groupBy(days, ({ day }) => periodOf(day, unit, weekStart));
	return periodsOf(range, unit, weekStart).map(({ from, until }) => {
		const { value, n, interval, mean, buckets } = headline(scale, countsOf(inPeriod.get(from) ?? [], filters));
		return {
			from,
			until,
			counts: Object.fromEntries(buckets.map(({ key, count }) => [key, count])),
			n,
			score: value,
			low: interval?.low ?? null,
			high: interval?.high ?? null,
			...(mean && { mean: mean.value }),
			isSoFar: from <= today && today < until,
		};
	});
};

/** A property's value with its score; null stands for those who have no such property. */
export type ValueScore = { value: string | null; score: Score };

/**
 * The values of a property side by side, most answers first. `all` are the counts without the breakdown: who is in them
 * and in no value has no such property.
 */
export const byValue = (scale: Scale, days: readonly Day[], filters: Narrowing, all: Counts): ValueScore[] => {
	const values = new Map<string, Counts>();
	for (const { cells } of days)
		for (const cell of cells)
			if (isWithin(cell, { ...filters, property: null }))
				values.set(cell.value, add(values.get(cell.value) ?? [], cell.counts));
	const known = [...values.values()].reduce(add, []);
	const without = Array.from(all, (count, score) => (count ?? 0) - (known[score] ?? 0));
	const rows: ValueScore[] = [...values]
		.filter(([, counts]) => totalOf(counts) > 0)
		.map(([value, counts]) => ({ value, score: scoreOf(scale, counts) }));
	rows.sort((a, b) => b.score.n - a.score.n || (a.value! < b.value! ? -1 : 1));
	if (totalOf(without) > 0) rows.push({ value: null, score: scoreOf(scale, without) });
	return rows;
};

/** answered ÷ accepted by the mail server, both by the day asked; `rate` is 0 to 1, null when nobody was asked. */
export type ResponseRate = { accepted: number; answered: number; rate: number | null };

/** Invitations are mails: with another channel chosen there is no rate. */
export const responseRate = (days: readonly Day[], filters: Narrowing): ResponseRate | null => {
	if (filters.channel !== null && filters.channel !== 'email') return null;
	let accepted = 0;
	let answered = 0;
	for (const { cells } of days)
		for (const cell of cells)
			if (isWithin(cell, filters)) {
				accepted += cell.accepted;
				answered += cell.answered;
			}
	return { accepted, answered, rate: accepted === 0 ? null : answered / accepted };
};

/** Channels and languages that occur, for choosing among. */
export const choicesOf = (days: readonly Day[]): { channels: Cell['channel'][]; languages: string[] } => {
	const cells = days.flatMap(({ cells }) => cells).filter(({ counts }) => totalOf(counts) > 0);
	return {
		channels: [...new Set(cells.map(({ channel }) => channel))].sort(),
		languages: [...new Set(cells.map(({ language }) => language))].sort(),
	};
};

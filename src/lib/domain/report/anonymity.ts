// What may be shown of anonymous answers: only wholes of ended weeks that hold five or more, and parts that leave five or none.
import { weekKept } from '../response/anonymous.ts';
import { add, totalOf, type Counts } from '../score/counts.ts';
import { scoreOf, type Score } from '../score/score.ts';
import { npsInterval } from '../statistics/nps-interval.ts';
import type { Scale } from '../survey/metric.ts';
import { addDays } from '../time/day.ts';
import type { Filters, Problem } from './filters.ts';
import type { Day, PeriodScore } from './report.ts';

/** Fewer answers than these are never shown, nor so few left out. */
export const fewestShown = 5;

/** Whether a part of a whole, or what is left of it, is so small that it would tell of somebody: 4 of 20, 16 of 20. */
export const isRevealing = (part: number, whole: number): boolean =>
	[part, whole - part].some((count) => count > 0 && count < fewestShown);

/** Weeks that are only ever shown together: five answers or more. Half open, from a Monday until a Monday. */
export type Batch = { from: string; until: string; counts: Counts };

/**
 * All weeks with answers before the Monday of the running one, which would be seen coming in one by one: oldest first,
 * each with those after it until there are five answers. The last ones wait until there are: every time range is then
 * made of whole batches, and so is what it leaves out.
 */
export const batchesOf = (days: readonly Day[], running: string): Batch[] => {
	const byWeek = new Map<string, Counts>();
	for (const { day, cells } of days) {
		const week = weekKept(day);
		if (week >= running) continue;
		for (const { counts } of cells) byWeek.set(week, add(byWeek.get(week) ?? [], counts));
	}
	const batches: Batch[] = [];
	let open = null as Batch | null;
	for (const [week, counts] of [...byWeek].sort(([a], [b]) => (a < b ? -1 : 1))) {
		if (totalOf(counts) === 0) continue;
		open = { from: open?.from ?? week, until: addDays(week, 7), counts: add(open?.counts ?? [], counts) };
		if (totalOf(open.counts) < fewestShown) continue;
		batches.push(open);
		open = null;
	}
	return batches;
};

/** The batches whose last week begins in a range. */
export const within = <Span extends Pick<Batch, 'until'>>(
	batches: readonly Span[],
	{ from, until }: { from: string; until: string },
): Span[] => batches.filter((batch) => from <= lastWeekOf(batch) && lastWeekOf(batch) < until);

/** Monday of a batch's last week: where it stands in time. */
export const lastWeekOf = ({ until }: Pick<Batch, 'until'>): string => addDays(until, -7);

/** All answers of these batches by score. */
export const countsOf = (batches: readonly Batch[]): Counts =>
	batches.reduce<Counts>((sum, { counts }) => add(sum, counts), []);

/** The batches as days that periods are made of: each on its last week's Monday, of no channel and language. */
export const asDays = (batches: readonly Batch[]): Day[] =>
	batches.map((batch) => ({
		day: lastWeekOf(batch),
		cells: [{ channel: 'link', language: '', value: '', counts: [...batch.counts], accepted: 0, answered: 0 }],
	}));

/**
 * A score that tells nothing but itself and n: the interval is the widest that any answers with this score have, where
 * nobody is passive, because from the true one the buckets could be worked out. 12, 6 and 2 of 20 are 50, as wide as 15
 * and 5 of 20.
 */
export const veiledScore = (scale: Scale, counts: Counts): Score => {
	const score = scoreOf(scale, counts);
	if (score.value === null) return score;
	const promoters = (score.n * (1 + score.value / 100)) / 2;
	return { ...score, interval: npsInterval({ promoters, passives: 0, detractors: score.n - promoters }) };
};

/** A period of the chart without its buckets. */
export const veiledPeriod = (scale: Scale, period: PeriodScore, counts: Counts): PeriodScore => {
	const { value, interval } = veiledScore(scale, counts);
	return { ...period, counts: {}, score: value, low: interval?.low ?? null, high: interval?.high ?? null };
};

/**
 * The filters that can be of an anonymous survey. A bucket, and words, narrow the comments of all time alone, one at a
 * time: two cuts could be laid side by side. `problems` name what was left out.
 */
export const readable = (filters: Filters): { filters: Filters; problems: Problem[] } => {
	const problems: Problem[] = [];
	const kept: Filters = { ...filters, by: null, property: null, language: null, channel: null, hasComment: false };
	if (filters.unit === 'day') kept.unit = 'week';
	const asked = filters.by ?? filters.property ?? filters.language ?? filters.channel;
	if (asked !== null) problems.push({ kind: 'nobody-known' });
	const isAllTime = filters.preset === 'all';
	if (!isAllTime && (filters.bucket || filters.words)) {
		problems.push({ kind: 'all-time-only' });
		[kept.bucket, kept.words] = [null, ''];
	}
	if (kept.bucket && kept.words) {
		problems.push({ kind: 'one-of-two' });
		kept.words = '';
	}
	return { filters: kept, problems };
};

/**
 * What is shown of a list: the answers that match, or none where these or the others are too few. `shown` are all that
 * may be shown at all; the bucket they are narrowed to counts as a whole of its own.
 */
export const listed = <Answer>(shown: readonly Answer[], matches: (answer: Answer) => boolean): Answer[] => {
	const matching = shown.filter(matches);
	return isRevealing(matching.length, shown.length) ? [] : matching;
};

// How many people gave each score: the one shape that every number is computed from.
import type { Bucket, Scale, Tone } from '../survey/metric.ts';

/** The index is the score and the value how many gave it; what is missing is 0. [0, 1, 0, 0, 2, 5] of csat is 8 people. */
export type Counts = readonly number[];

/** How many people answered: totalOf([0, 1, 2]) is 3. */
export const totalOf = (counts: Counts): number => counts.reduce((sum, count) => sum + (count ?? 0), 0);

/** Both together, score by score: add([1], [2, 3]) is [3, 3]. */
export const add = (a: Counts, b: Counts): Counts =>
	Array.from({ length: Math.max(a.length, b.length) }, (_, score) => (a[score] ?? 0) + (b[score] ?? 0));

/** A bucket with how many are in it and their share of all, 0 to 1; the share is null when nobody answered. */
export type BucketCount = { key: Bucket; tone: Tone; count: number; share: number | null };

/** The buckets of a scale, lowest first: csat's [0, 1, 0, 0, 2, 5] has 1 dissatisfied, 0 neutral, 7 satisfied. */
export const inBuckets = (scale: Scale, counts: Counts): BucketCount[] => {
	const n = totalOf(counts);
	let from = scale.min;
	return scale.buckets.map(({ key, tone, upTo }) => {
		const count = totalOf(counts.slice(from, upTo + 1));
		from = upTo + 1;
		return { key, tone, count, share: n === 0 ? null : count / n };
	});
};

/** How many are at each end of a scale, and in all. */
export const byTone = (scale: Scale, counts: Counts): Record<Tone, number> & { n: number } => {
	const ends = { low: 0, middle: 0, high: 0 };
	for (const { tone, count } of inBuckets(scale, counts)) ends[tone] += count;
	return { ...ends, n: ends.low + ends.middle + ends.high };
};

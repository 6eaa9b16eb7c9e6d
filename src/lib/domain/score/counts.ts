// How many people gave each score: the one shape that every number is computed from.
import { scales, type Bucket, type Metric, type Tone } from '../survey/metric.ts';

/** The index is the score and the value how many gave it; what is missing is 0. [0, 1, 0, 0, 2, 5] of csat is 8 people. */
export type Counts = readonly number[];

/** How many people answered: totalOf([0, 1, 2]) is 3. */
export const totalOf = (counts: Counts): number => counts.reduce((sum, count) => sum + (count ?? 0), 0);

/** Both together, score by score: add([1], [2, 3]) is [3, 3]. */
export const add = (a: Counts, b: Counts): Counts =>
	Array.from({ length: Math.max(a.length, b.length) }, (_, score) => (a[score] ?? 0) + (b[score] ?? 0));

/** A bucket with how many are in it and their share of all, 0 to 1; the share is null when nobody answered. */
export type BucketCount = { key: Bucket; tone: Tone; count: number; share: number | null };

/** The buckets of a metric, lowest first: csat's [0, 1, 0, 0, 2, 5] has 1 dissatisfied, 0 neutral, 7 satisfied. */
export const inBuckets = (metric: Metric, counts: Counts): BucketCount[] => {
	const n = totalOf(counts);
	let from = scales[metric].min;
	return scales[metric].buckets.map(({ key, tone, upTo }) => {
		const count = totalOf(counts.slice(from, upTo + 1));
		from = upTo + 1;
		return { key, tone, count, share: n === 0 ? null : count / n };
	});
};

/** How many are at each end of the metric's scale, and in all. */
export const byTone = (metric: Metric, counts: Counts): Record<Tone, number> & { n: number } => {
	const [low, middle, high] = inBuckets(metric, counts).map(({ count }) => count) as [number, number, number];
	return { low, middle, high, n: low + middle + high };
};

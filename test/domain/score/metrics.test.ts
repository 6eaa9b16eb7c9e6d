import { describe, expect, it } from 'vitest';
import { inBuckets } from '#lib/domain/score/counts.ts';
import { scoreOf } from '#lib/domain/score/score.ts';
import { lengthsOf, metrics, scoresOf, standardScale, type Metric } from '#lib/domain/survey/metric.ts';

/** Counts by score from { score: how many }. */
const counts = (given: Record<number, number>): number[] => {
	const list: number[] = [];
	for (const [score, count] of Object.entries(given)) list[Number(score)] = count;
	return Array.from(list, (count) => count ?? 0);
};

/** Which scores are good, said once more and not in the product's words: the share that is the score. */
const good: Record<Exclude<Metric, 'nps' | 'enps'>, Record<number, number[]>> = {
	csat: { 3: [3], 5: [4, 5], 7: [6, 7], 10: [8, 9, 10] },
	ces: { 7: [5, 6, 7] },
	'ces-v1': { 5: [1, 2] },
	stars: { 5: [4, 5] },
	thumbs: { 2: [1] },
	pmf: { 3: [3] },
};
const shares = Object.entries(good).flatMap(([metric, lengths]) =>
	Object.entries(lengths).map(([points, scores]) => [metric as Metric, Number(points), scores] as const),
);

describe('a score by the share of its good end', () => {
	it.each(shares)('%s of %i points counts %j', (metric, points, scores) => {
		const scale = standardScale(metric, points);
		for (const score of scoresOf(scale)) {
			const given = counts({ [score]: 4 });
			expect(scoreOf(scale, given).value).toBe(scores.includes(score) ? 100 : 0);
		}
		const once = counts(Object.fromEntries(scoresOf(scale).map((score) => [score, 1])));
		expect(scoreOf(scale, once).value).toBeCloseTo((100 * scores.length) / points, 10);
	});

	it('is there for every metric and length', () => {
		const covered = shares.map(([metric, points]) => `${metric} ${points}`);
		const all = metrics.flatMap((metric) => lengthsOf(metric).map((points) => `${metric} ${points}`));
		expect(all.filter((one) => !covered.includes(one))).toEqual(['nps 11', 'enps 11']);
	});

	// Wilson 95 %, from the reference table: 45 of 50, 5 of 5, 0 of 5, 160 of 200.
	it.each([
		['thumbs', { 0: 5, 1: 45 }, 90, 78.64, 95.65],
		['pmf', { 1: 10, 2: 30, 3: 160 }, 80, 73.91, 84.95],
		['ces', { 5: 1, 6: 2, 7: 2 }, 100, 56.55, 100],
		['ces-v1', { 1: 2, 2: 3 }, 100, 56.55, 100],
		['ces-v1', { 4: 2, 5: 3 }, 0, 0, 43.45],
		['stars', { 1: 5, 4: 20, 5: 25 }, 90, 78.64, 95.65],
	] as const)('%s of %j is %d, %d to %d', (metric, given, value, low, high) => {
		const score = scoreOf(standardScale(metric), counts(given));
		expect(score.value).toBeCloseTo(value, 10);
		expect(score.interval!.low).toBeCloseTo(low, 2);
		expect(score.interval!.high).toBeCloseTo(high, 2);
	});
});

it('scores eNPS as NPS', () => {
	const given = counts({ 0: 20, 7: 30, 9: 50 });
	expect(scoreOf(standardScale('enps'), given)).toEqual(scoreOf(standardScale('nps'), given));
});

describe('a mean beside the share', () => {
	it.each([
		['ces', { 1: 1, 7: 3 }, 5.5],
		['ces-v1', { 1: 3, 5: 1 }, 2],
		['stars', { 3: 2, 5: 2 }, 4],
	] as const)('%s of %j is %d', (metric, given, mean) =>
		expect(scoreOf(standardScale(metric), counts(given)).mean?.value).toBe(mean),
	);

	it.each(['nps', 'enps', 'csat', 'thumbs', 'pmf'] as const)('is none of %s', (metric) =>
		expect(scoreOf(standardScale(metric), counts({ 1: 3 })).mean).toBe(null),
	);
});

describe('buckets', () => {
	it.each([
		['thumbs', { 0: 2, 1: 3 }, ['dissatisfied low 2', 'satisfied high 3']],
		[
			'pmf',
			{ 1: 1, 2: 2, 3: 3 },
			['not-disappointed low 1', 'somewhat-disappointed middle 2', 'very-disappointed high 3'],
		],
		['ces', { 3: 1, 4: 2, 5: 3 }, ['hard low 1', 'neutral middle 2', 'easy high 3']],
		// Low is good: the good end comes first, and is high in tone.
		['ces-v1', { 2: 1, 3: 2, 4: 3 }, ['easy high 1', 'neutral middle 2', 'hard low 3']],
	] as const)('%s of %j', (metric, given, expected) =>
		expect(
			inBuckets(standardScale(metric), counts(given)).map(({ key, tone, count }) => `${key} ${tone} ${count}`),
		).toEqual(expected),
	);
});

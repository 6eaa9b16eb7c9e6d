import { describe, expect, it } from 'vitest';
import { add, inBuckets, totalOf } from '#lib/domain/score/counts.ts';
import { csat } from '#lib/domain/score/csat.ts';
import { nps } from '#lib/domain/score/nps.ts';
import { scoreOf } from '#lib/domain/score/score.ts';
import { metrics, standardScale } from '#lib/domain/survey/metric.ts';

/** Promoters on 9, passives on 7, detractors on 0. */
const people = (promoters: number, passives: number, detractors: number) => [
	detractors,
	0,
	0,
	0,
	0,
	0,
	0,
	passives,
	0,
	promoters,
];

describe('nps', () => {
	it.each([
		['nobody answered', [], null],
		['nobody answered, all scores named', Array(11).fill(0), null],
		['50 promoters, 30 passives, 20 detractors', people(50, 30, 20), 30],
		['all promoters', people(5, 0, 0), 100],
		['all detractors', people(0, 0, 5), -100],
		['all passives', people(0, 4, 0), 0],
		['one of each score', Array(11).fill(1), (100 * (2 - 7)) / 11],
		['not rounded', people(32, 13, 6), (100 * 26) / 51],
	])('%s', (_, counts, expected) => expect(nps(counts)).toBe(expected));

	it.each([
		[0, -100],
		[1, -100],
		[2, -100],
		[3, -100],
		[4, -100],
		[5, -100],
		[6, -100],
		[7, 0],
		[8, 0],
		[9, 100],
		[10, 100],
	])('counts a %i as worth %i', (score, worth) => {
		const counts = Array(11).fill(0);
		counts[score] = 3;
		expect(nps(counts)).toBe(worth);
	});
});

describe('csat', () => {
	it.each([
		['nobody answered', [], null],
		['the Olist answers', [0, 668, 189, 519, 1149, 3598], (100 * 4747) / 6123],
		['top two of five', [0, 1, 1, 1, 1, 1], 40],
		['all satisfied', [0, 0, 0, 0, 2, 3], 100],
		['none satisfied', [0, 2, 0, 3], 0],
	])('%s', (_, counts, expected) => expect(csat(counts)).toBe(expected));
});

describe('a score', () => {
	it('comes with n, the interval and whether there are enough answers', () => {
		const { interval, ...rest } = scoreOf(standardScale('nps'), people(50, 30, 20));
		expect(rest).toEqual({ value: 30, n: 100, mean: null, hasEnough: true });
		expect(interval?.low).toBeCloseTo(14.05, 2);
		expect(interval?.high).toBeCloseTo(44.2, 2);
	});

	it.each(metrics)('of nobody is null in %s, never 0', (metric) =>
		expect(scoreOf(standardScale(metric), [])).toEqual({
			value: null,
			n: 0,
			interval: null,
			mean: null,
			hasEnough: false,
		}),
	);

	it('has enough answers from ten on', () => {
		expect(scoreOf(standardScale('nps'), people(9, 0, 0)).hasEnough).toBe(false);
		expect(scoreOf(standardScale('nps'), people(10, 0, 0)).hasEnough).toBe(true);
	});
});

describe('counts', () => {
	it('fall into buckets with their shares', () =>
		expect(inBuckets(standardScale('nps'), people(5, 3, 2))).toEqual([
			{ key: 'detractor', tone: 'low', count: 2, share: 0.2 },
			{ key: 'passive', tone: 'middle', count: 3, share: 0.3 },
			{ key: 'promoter', tone: 'high', count: 5, share: 0.5 },
		]));

	it('have no shares when nobody answered', () =>
		expect(inBuckets(standardScale('csat'), []).map(({ share }) => share)).toEqual([null, null, null]));

	it('add up score by score', () => {
		expect(add([1], [2, 3])).toEqual([3, 3]);
		expect(totalOf(add([1, 2], [3]))).toBe(6);
	});
});

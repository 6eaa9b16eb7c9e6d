import { describe, expect, it } from 'vitest';
import { meanOf } from '#lib/domain/statistics/mean.ts';
import { t95, tTail } from '#lib/domain/statistics/student.ts';

describe('the t quantile', () => {
	// Two-sided 95 %, from the printed tables (Fisher & Yates; NIST/SEMATECH e-Handbook 1.3.6.7.2), three decimals.
	it.each([
		[1, 12.706],
		[2, 4.303],
		[3, 3.182],
		[4, 2.776],
		[5, 2.571],
		[6, 2.447],
		[7, 2.365],
		[8, 2.306],
		[9, 2.262],
		[10, 2.228],
		[15, 2.131],
		[20, 2.086],
		[25, 2.06],
		[29, 2.045],
		[30, 2.042],
		[40, 2.021],
		[60, 2.0],
		[80, 1.99],
		[100, 1.984],
		[120, 1.98],
		[1000, 1.962],
	])('of %i degrees is %d', (degrees, expected) => expect(t95(degrees)).toBeCloseTo(expected, 3));

	// For one and two degrees it has a closed form: tan(π·0.475), and 0.95·√(2/(1 − 0.95²)).
	it('equals the closed forms where there are some', () => {
		expect(t95(1)).toBeCloseTo(Math.tan(Math.PI * 0.475), 10);
		expect(t95(2)).toBeCloseTo(0.95 * Math.sqrt(2 / (1 - 0.95 ** 2)), 10);
	});

	it('falls towards the normal one and never below it', () => {
		const quantiles = [1, 2, 3, 10, 50, 500, 5_000, 50_000, 500_000].map(t95);
		for (const [index, quantile] of quantiles.entries()) {
			expect(quantile).toBeGreaterThan(1.959963);
			if (index) expect(quantile).toBeLessThan(quantiles[index - 1]!);
		}
		expect(quantiles.at(-1)).toBeCloseTo(1.959964, 4);
	});

	it('leaves the tail that it is the quantile of', () => {
		for (const degrees of [1, 7, 30, 999]) expect(tTail(t95(degrees), degrees)).toBeCloseTo(0.05, 10);
		expect(tTail(0, 5)).toBe(1);
	});

	it.each([0, -1, NaN])('is refused for %d degrees', (degrees) => expect(() => t95(degrees)).toThrow(RangeError));
});

describe('a mean', () => {
	const seven = { min: 1, max: 7 };
	// By hand: 1, 3, 3, 5, 5, 5, 5, 5: mean 4, squares 9+1+1+5 = 16, s² = 16/7, SE = √(2/7), t₇ = 2.364624.
	it('has a t-interval', () => {
		const { value, interval } = meanOf(seven, [0, 1, 0, 2, 0, 5])!;
		expect(value).toBe(4);
		expect(interval!.low).toBeCloseTo(4 - 2.3646242516 * Math.sqrt(2 / 7), 8);
		expect(interval!.high).toBeCloseTo(4 + 2.3646242516 * Math.sqrt(2 / 7), 8);
	});

	it('equals one counted answer by answer', () => {
		const answers = [7, 6, 6, 5, 7, 7, 3, 2, 6, 5, 4, 7, 6, 6, 7, 1, 5, 6, 7, 7];
		const counts = answers.reduce<number[]>((counts, score) => {
			counts[score] = (counts[score] ?? 0) + 1;
			return counts;
		}, []);
		const mean = answers.reduce((sum, score) => sum + score, 0) / answers.length;
		const deviation = Math.sqrt(answers.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (answers.length - 1));
		const half = (2.093024054408263 * deviation) / Math.sqrt(answers.length);
		const found = meanOf(seven, counts)!;
		expect(found.value).toBeCloseTo(mean, 12);
		expect(found.interval!.low).toBeCloseTo(mean - half, 9);
		expect(found.interval!.high).toBeCloseTo(Math.min(7, mean + half), 9);
	});

	it.each([
		['of nobody is none', [], null],
		['of one answer has no interval', [0, 0, 1], { value: 2, interval: null }],
		['of equal answers has one without width', [0, 0, 0, 3], { value: 3, interval: { low: 3, high: 3 } }],
		['of two far apart stays on the scale', [0, 1, 0, 0, 0, 0, 0, 1], { value: 4, interval: { low: 1, high: 7 } }],
	])('%s', (_, counts, expected) => expect(meanOf(seven, counts)).toEqual(expected));
});

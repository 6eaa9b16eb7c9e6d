import { describe, expect, it } from 'vitest';
import { npsInterval } from '#lib/domain/statistics/nps-interval.ts';
import { wilson } from '#lib/domain/statistics/wilson.ts';

describe('the adjusted Wald interval of NPS', () => {
	it.each([
		[50, 30, 20, 14.05, 44.2],
		[32, 13, 6, 29.29, 67.0],
		[10, 5, 5, -11.72, 55.19],
		[5, 0, 0, 17.49, 100],
		[0, 0, 5, -100, -17.49],
		[1, 1, 1, -61.11, 61.11],
		[500, 300, 200, 25.08, 34.74],
	])('of %i promoters, %i passives, %i detractors is %f to %f', (promoters, passives, detractors, low, high) => {
		const interval = npsInterval({ promoters, passives, detractors })!;
		expect(interval.low).toBeCloseTo(low, 2);
		expect(interval.high).toBeCloseTo(high, 2);
	});

	it('does not exist when nobody answered', () =>
		expect(npsInterval({ promoters: 0, passives: 0, detractors: 0 })).toBeNull());
});

describe("Wilson's interval of a share", () => {
	it.each([
		[45, 50, 78.64, 95.65],
		[5, 5, 56.55, 100],
		[0, 5, 0, 43.45],
		[160, 200, 73.91, 84.95],
	])('of %i of %i is %f to %f', (successes, n, low, high) => {
		const interval = wilson(successes, n)!;
		expect(interval.low).toBeCloseTo(low, 2);
		expect(interval.high).toBeCloseTo(high, 2);
	});

	it('stays within 0 and 100 exactly', () => {
		expect(wilson(7, 7)!.high).toBe(100);
		expect(wilson(0, 7)!.low).toBe(0);
	});

	it('does not exist when nobody answered', () => expect(wilson(0, 0)).toBeNull());
});

// The mean of scores, for metrics that are one.
import type { Counts } from '../score/counts.ts';
import { t95 } from './student.ts';
import type { Interval } from './wilson.ts';

export type Mean = {
	/** In the scale's own points, not rounded. */
	value: number;
	/** 95 %; null where one answer tells nothing of how far answers differ. */
	interval: Interval | null;
};

/**
 * The mean with its t-interval, x̄ ± t·s/√n with s over n − 1, clamped to the scale: five stars' [0, 1, 0, 2, 0, 5] is 4,
 * 2.74 to 5. Null when nobody answered. Where all agree it has no width, which is why it is never shown without the share and n beside it.
 * Student 1908; Sauro & Lewis, Quantifying the User Experience, chapter 3 (rating scales).
 */
export const meanOf = ({ min, max }: { min: number; max: number }, counts: Counts): Mean | null => {
	let [n, sum] = [0, 0];
	for (let score = min; score <= max; score++) {
		n += counts[score] ?? 0;
		sum += score * (counts[score] ?? 0);
	}
	if (n === 0) return null;
	const value = sum / n;
	if (n === 1) return { value, interval: null };
	let squares = 0;
	for (let score = min; score <= max; score++) squares += (counts[score] ?? 0) * (score - value) ** 2;
	const half = t95(n - 1) * Math.sqrt(squares / (n - 1) / n);
	return { value, interval: { low: Math.max(min, value - half), high: Math.min(max, value + half) } };
};

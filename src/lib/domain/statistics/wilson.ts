// The interval of a share, for scores that are one.

/** Two-sided 95 % of the normal distribution. */
export const z95 = 1.959963984540054;

/** Half of an interval may be longer than the other: it is never "± something". */
export type Interval = { low: number; high: number };

/**
 * Wilson's score interval of `successes` of `n`, in percent, 95 %: 45 of 50 is 78.64 to 95.65; 5 of 5 is 56.55 to 100.
 * Null when n is 0. Wilson 1927, JASA 22(158):209–212; Sauro & Lewis, Quantifying the User Experience, chapter 3.
 */
export const wilson = (successes: number, n: number, z = z95): Interval | null => {
	if (n === 0) return null;
	const share = successes / n;
	const scale = 1 + (z * z) / n;
	const centre = (share + (z * z) / (2 * n)) / scale;
	const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
	// At the ends the formula gives exactly 0 or 1; floating point may miss it.
	return {
		low: successes === 0 ? 0 : 100 * (centre - half),
		high: successes === n ? 100 : 100 * (centre + half),
	};
};

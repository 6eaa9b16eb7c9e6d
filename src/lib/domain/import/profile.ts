// What a column of a file holds, seen over all of its values: enough to guess what it means and how its dates are written.
import { dateColumn, type DateFormat } from './dates.ts';
import { metricsOfWord } from './scores.ts';
import type { Metric } from '../survey/metric.ts';

export type ColumnProfile = {
	/** How many different values it has; `manyValues` stands for that many or more. */
	distinct: number;
	/** Lowest and highest value, where all values are whole numbers. */
	range: { min: number; max: number } | null;
	/** The metric whose words all values are, such as yes and no; missing where there is none. */
	words?: Metric;
	/** How its dates are written; several where day and month cannot be told apart; none where it holds no dates. */
	dateFormats: DateFormat[];
};

/** From this many different values on, a column tells people apart rather than groups of them. */
export const manyValues = 100;
/** A column without a date in so many values holds none. */
const patience = 50;

/** Watches a column from its first value to its last. */
export const watchColumn = () => {
	const values = new Set<string>();
	const dates = dateColumn();
	let seen = 0;
	let isNumeric = true;
	let range: ColumnProfile['range'] = null;
	let metrics: Metric[] | null = null;
	return {
		observe(cell: string): void {
			const value = cell.trim();
			if (!value) return;
			seen++;
			if (values.size < manyValues) values.add(value);
			if (seen <= patience || dates.formats().length > 0) dates.observe(value);
			if (metrics === null || metrics.length > 0) {
				const found = metricsOfWord(value);
				metrics = metrics?.filter((metric) => found.includes(metric)) ?? found;
			}
			if (!isNumeric) return;
			const digits = value.normalize('NFKC');
			isNumeric = /^[+-]?\d{1,9}([.,]0+)?$/.test(digits);
			const number = Number.parseInt(digits, 10);
			if (isNumeric)
				range = { min: Math.min(number, range?.min ?? number), max: Math.max(number, range?.max ?? number) };
		},
		profile: (): ColumnProfile => ({
			distinct: values.size,
			range: isNumeric ? range : null,
			...(metrics?.[0] && { words: metrics[0] }),
			dateFormats: dates.formats(),
		}),
	};
};

/** What the scores of a column are on, as far as the column tells. */
export type ScaleGuess = { metric: Metric; points?: number };

/**
 * The scale that a column of scores fits: words of a metric are of that metric, 0 and 1 are thumbs, 1 to 3 CSAT of three
 * points, 1 to 5 CSAT, up to 7 CES 2.0, anything else NPS. Stars, effort of 2010 and ten points look like others: whoever
 * has these says so.
 */
export const guessScale = (profile: ColumnProfile | undefined): ScaleGuess => {
	if (profile?.words) return { metric: profile.words };
	if (!profile?.range) return { metric: 'nps' };
	const { min, max } = profile.range;
	if (min === 0 && max === 1) return { metric: 'thumbs' };
	if (min < 1 || max > 7) return { metric: 'nps' };
	if (max > 5) return { metric: 'ces' };
	return max === 3 ? { metric: 'csat', points: 3 } : { metric: 'csat' };
};

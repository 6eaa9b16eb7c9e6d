// What a column of a file holds, seen over all of its values: enough to guess what it means and how its dates are written.
import { dateColumn, type DateFormat } from './dates.ts';
import type { Metric } from '../survey/metric.ts';

export type ColumnProfile = {
	/** How many different values it has; `manyValues` stands for that many or more. */
	distinct: number;
	/** Lowest and highest value, where all values are whole numbers. */
	range: { min: number; max: number } | null;
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
	return {
		observe(cell: string): void {
			const value = cell.trim();
			if (!value) return;
			seen++;
			if (values.size < manyValues) values.add(value);
			if (seen <= patience || dates.formats().length > 0) dates.observe(value);
			if (!isNumeric) return;
			isNumeric = /^[+-]?\d{1,9}([.,]0+)?$/.test(value);
			const number = Number.parseInt(value, 10);
			if (isNumeric)
				range = { min: Math.min(number, range?.min ?? number), max: Math.max(number, range?.max ?? number) };
		},
		profile: (): ColumnProfile => ({
			distinct: values.size,
			range: isNumeric ? range : null,
			dateFormats: dates.formats(),
		}),
	};
};

/** The metric whose scale a column of scores fits: 1 to 5 is csat, anything else nps. */
export const metricOf = (profile: ColumnProfile | undefined): Metric =>
	profile?.range && profile.range.min >= 1 && profile.range.max <= 5 ? 'csat' : 'nps';

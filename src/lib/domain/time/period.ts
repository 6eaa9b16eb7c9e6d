// Days, weeks and months: the periods of a chart, each named by its first day.
import { addDays, addMonths, weekdayOf, type Range } from './day.ts';

export const units = ['day', 'week', 'month'] as const;
export type Unit = (typeof units)[number];

/** ISO weekday on which weeks start where a language is mostly spoken: en → 7 (Sunday), hy → 1 (Monday), ar → 6 (Saturday). */
export const weekStartOf = (locale: string): number => new Intl.Locale(locale).getWeekInfo().firstDay;

/** First day of the period a day is in: the week of 2024-01-04 starts 2024-01-01 when weeks start on Monday (1). */
export const periodOf = (day: string, unit: Unit, weekStart: number): string => {
	if (unit === 'day') return day;
	if (unit === 'month') return `${day.slice(0, 8)}01`;
	return addDays(day, -((weekdayOf(day) - weekStart + 7) % 7));
};

/** First day of the period after the one that starts on `start`: nextPeriod('2024-01-01', 'month') is '2024-02-01'. */
export const nextPeriod = (start: string, unit: Unit): string =>
	unit === 'month' ? addMonths(start, 1) : addDays(start, unit === 'week' ? 7 : 1);

/** All periods that a range touches, whole: a range inside one month touches that month. */
export const periodsOf = ({ from, until }: Range, unit: Unit, weekStart: number): Range[] => {
	const periods: Range[] = [];
	for (let start = periodOf(from, unit, weekStart); start < until;) {
		const end = nextPeriod(start, unit);
		periods.push({ from: start, until: end });
		start = end;
	}
	return periods;
};

// Days of the calendar as YYYY-MM-DD strings: no clock, no zone, and they sort as text.

const millisADay = 86_400_000;

/** A day as the number of days since 1970-01-01: '1970-01-02' → 1. */
const toNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / millisADay;
const fromNumber = (number: number): string => new Date(number * millisADay).toISOString().slice(0, 10);

/** Whether a text is a day that exists, from the year 1000 to 9998: '2024-02-29' is, '2023-02-29' and '2024-2-1' are not. */
export const isDay = (text: string): boolean =>
	/^\d{4}-\d\d-\d\d$/.test(text) &&
	text > '1000' &&
	text < '9999' &&
	!Number.isNaN(toNumber(text)) &&
	fromNumber(toNumber(text)) === text;

/** The day `days` later: addDays('2024-02-28', 2) is '2024-03-01'. */
export const addDays = (day: string, days: number): string => fromNumber(toNumber(day) + days);

/** How many days from one to the other: daysBetween('2024-02-28', '2024-03-01') is 2. */
export const daysBetween = (from: string, until: string): number => toNumber(until) - toNumber(from);

/** ISO weekday, Monday 1 to Sunday 7: 2024-01-01 was a Monday. */
export const weekdayOf = (day: string): number => ((((toNumber(day) + 3) % 7) + 7) % 7) + 1;

/** The day in the month `months` later, its last day where it has fewer: addMonths('2024-01-31', 1) is '2024-02-29'. */
export const addMonths = (day: string, months: number): string => {
	const [year, month, date] = day.split('-').map(Number) as [number, number, number];
	const last = new Date(Date.UTC(year, month + months, 0));
	const first = new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 8);
	return first + String(Math.min(date, last.getUTCDate())).padStart(2, '0');
};

/** Every day of a half-open range: daysOf({ from: '2024-01-01', until: '2024-01-03' }) has two. */
export const daysOf = ({ from, until }: Range): string[] =>
	Array.from({ length: Math.max(0, daysBetween(from, until)) }, (_, index) => addDays(from, index));

/** Days from `from` up to and not including `until`. */
export type Range = { from: string; until: string };

/** The same range closed for people to read: its last day. */
export const lastDayOf = ({ until }: Range): string => addDays(until, -1);

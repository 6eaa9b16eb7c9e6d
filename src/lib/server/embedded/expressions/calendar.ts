// The Gregorian calendar in UTC: weeks, quarters, truncation, steps and differences, right at month ends.

export const units = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
export type Unit = (typeof units)[number];

const millisecondsIn: Partial<Record<Unit, number>> = {
	week: 604_800_000,
	day: 86_400_000,
	hour: 3_600_000,
	minute: 60_000,
	second: 1000,
	millisecond: 1,
};

const monthsIn: Partial<Record<Unit, number>> = { year: 12, quarter: 3, month: 1 };

const day = 86_400_000;

/** 2000-01-01, from which bins of several units are counted. */
const reference = Date.UTC(2000, 0, 1);

/** `Date.UTC` that takes years below 100 as they are. */
export function utc(
	year: number,
	month: number,
	dayOfMonth = 1,
	hour = 0,
	minute = 0,
	second = 0,
	millisecond = 0,
): number {
	const date = new Date(0);
	date.setUTCFullYear(year, month, dayOfMonth);
	date.setUTCHours(hour, minute, second, millisecond);
	return date.getTime();
}

const startOfDay = (date: Date) => Math.floor(date.getTime() / day) * day;

/** 1 for January 1st. */
export const dayOfYear = (date: Date): number => (startOfDay(date) - utc(date.getUTCFullYear(), 0)) / day + 1;

/** 1 for Monday, 7 for Sunday. */
export const isoDayOfWeek = (date: Date): number => ((date.getUTCDay() + 6) % 7) + 1;

/** Weeks begin on Sunday; the days before the first Sunday are week 0. */
export const sundayWeek = (date: Date): number => Math.floor((dayOfYear(date) + 6 - date.getUTCDay()) / 7);

/** The ISO 8601 week and the year it belongs to: the one its Thursday is in. */
export function isoWeek(date: Date): { year: number; week: number } {
	const thursday = new Date(startOfDay(date) + (4 - isoDayOfWeek(date)) * day);
	return { year: thursday.getUTCFullYear(), week: Math.ceil(dayOfYear(thursday) / 7) };
}

/** Midnight of the Monday of ISO week 1 of a year. */
export function isoYearStart(year: number): number {
	const january4 = new Date(utc(year, 0, 4));
	return january4.getTime() - (isoDayOfWeek(january4) - 1) * day;
}

const monthsSinceZero = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth();

/** The start of the bin of `size` units that a moment is in; `weekStart` is 1 for Monday. */
export function truncate(date: Date, unit: Unit, size: number, weekStart: number): Date {
	const months = monthsIn[unit];
	if (months !== undefined) {
		const bin = months * size;
		const since = Math.floor((monthsSinceZero(date) - 24_000) / bin) * bin + 24_000;
		return new Date(utc(Math.floor(since / 12), ((since % 12) + 12) % 12));
	}
	if (unit === 'week') return new Date(weekOf(date, weekStart) * 7 * day + weekOrigin(weekStart));
	const bin = (millisecondsIn[unit] as number) * size;
	return new Date(Math.floor((date.getTime() - reference) / bin) * bin + reference);
}

/** 1970-01-05 was a Monday. */
const weekOrigin = (weekStart: number) => (4 + weekStart - 1) * day;
const weekOf = (date: Date, weekStart: number) => Math.floor((date.getTime() - weekOrigin(weekStart)) / (7 * day));

/** A moment so many units later; a day the month does not have becomes its last. */
export function addUnits(date: Date, unit: Unit, amount: number): Date {
	const months = monthsIn[unit];
	if (months === undefined) return new Date(date.getTime() + amount * (millisecondsIn[unit] as number));
	const target = monthsSinceZero(date) + amount * months;
	const year = Math.floor(target / 12);
	const month = target - year * 12;
	const lastDay = new Date(utc(year, month + 1, 0)).getUTCDate();
	const midnight = utc(year, month, Math.min(date.getUTCDate(), lastDay));
	return new Date(midnight + (date.getTime() - startOfDay(date)));
}

/** How many boundaries of a unit lie between two moments: December 31st to January 1st is one year. */
export function difference(from: Date, to: Date, unit: Unit, weekStart: number): number {
	const months = monthsIn[unit];
	if (months !== undefined)
		return Math.floor(monthsSinceZero(to) / months) - Math.floor(monthsSinceZero(from) / months);
	if (unit === 'week') return weekOf(to, weekStart) - weekOf(from, weekStart);
	const length = millisecondsIn[unit] as number;
	return Math.floor(to.getTime() / length) - Math.floor(from.getTime() / length);
}

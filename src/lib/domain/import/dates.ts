// Finds the date format of a column over all of its values, and reads a value in it. Never guesses between day and month.

export const dateFormats = ['iso', 'day-first', 'month-first', 'unix-seconds', 'unix-milliseconds'] as const;
export type DateFormat = (typeof dateFormats)[number];

/** A date and time as written; `offsetMinutes` is null where the file names no offset and its time zone decides. */
export type WrittenMoment = {
	year: number;
	month: number;
	day: number;
	hour: number;
	minute: number;
	second: number;
	offsetMinutes: number | null;
};

const time = String.raw`(?:(?:[Tt ]|, )\s*(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?\s*(?<half>[AaPp]\.?[Mm]\.?)?\s*(?<offset>[Zz]|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)?)?`;
const patterns: Partial<Record<DateFormat, RegExp>> = {
	iso: new RegExp(String.raw`^(?<year>\d{4})([-/.])(?<month>\d{1,2})\2(?<day>\d{1,2})${time}$`),
	'day-first': new RegExp(String.raw`^(?<day>\d{1,2})([-/. ])(?<month>\d{1,2})\2(?<year>\d{4}|\d{2})${time}$`),
	'month-first': new RegExp(String.raw`^(?<month>\d{1,2})([-/. ])(?<day>\d{1,2})\2(?<year>\d{4}|\d{2})${time}$`),
};
const unixDigits: Partial<Record<DateFormat, RegExp>> = {
	'unix-seconds': /^\d{9,10}$/,
	'unix-milliseconds': /^\d{12,13}$/,
};

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

const hourOf = (hour: number, half: string | undefined): number => {
	if (!half) return hour;
	if (hour < 1 || hour > 12) return Number.NaN;
	return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
};

const offsetOf = (text: string | undefined): number | null => {
	if (!text) return null;
	const found = /([+-])(\d{1,2}?):?(\d{2})?$/.exec(text);
	if (!found) return 0;
	const [, sign, hours, minutes = '0'] = found;
	// No clock was ever further from UTC.
	if (Number(hours) > 15 || Number(minutes) > 59) return Number.NaN;
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

const readUnix = (milliseconds: number): WrittenMoment => {
	const moment = new Date(milliseconds);
	return {
		year: moment.getUTCFullYear(),
		month: moment.getUTCMonth() + 1,
		day: moment.getUTCDate(),
		hour: moment.getUTCHours(),
		minute: moment.getUTCMinutes(),
		second: moment.getUTCSeconds(),
		offsetMinutes: 0,
	};
};

/** A value read in a format, or null when it is not written in it: readDate('day-first', '03/02/2018') is 3 February. */
export const readDate = (format: DateFormat, value: string): WrittenMoment | null => {
	const text = value.trim();
	const digits = unixDigits[format];
	if (digits) return digits.test(text) ? readUnix(Number(text) * (format === 'unix-seconds' ? 1000 : 1)) : null;
	const found = patterns[format]!.exec(text)?.groups;
	if (!found) return null;
	const number = (name: string) => Number(found[name] ?? 0);
	const year = found.year!.length === 2 ? 2000 + number('year') : number('year');
	const moment = {
		year,
		month: number('month'),
		day: number('day'),
		hour: hourOf(number('hour'), found.half),
		minute: number('minute'),
		second: number('second'),
	};
	const isReal =
		moment.month >= 1 &&
		moment.month <= 12 &&
		moment.day >= 1 &&
		moment.day <= daysIn(year, moment.month) &&
		moment.hour <= 23 &&
		moment.minute <= 59 &&
		moment.second <= 59;
	const offsetMinutes = offsetOf(found.offset);
	return isReal && !Number.isNaN(offsetMinutes) ? { ...moment, offsetMinutes } : null;
};

export type DateColumn = {
	/** Takes one more value into account; empty ones say nothing. */
	observe(value: string): void;
	/** The format most values are written in; several when they cannot be told apart; none when nothing is a date. */
	formats(): DateFormat[];
};

/** Watches a column. `03/02/2018` alone leaves day-first and month-first; one `25/02/2018` settles it. */
export const dateColumn = (): DateColumn => {
	const fits = new Map<DateFormat, number>(dateFormats.map((format) => [format, 0]));
	return {
		observe(value) {
			if (!value.trim()) return;
			for (const format of dateFormats) if (readDate(format, value)) fits.set(format, fits.get(format)! + 1);
		},
		formats() {
			const most = Math.max(...fits.values());
			return most === 0 ? [] : dateFormats.filter((format) => fits.get(format) === most);
		},
	};
};

/**
 * How the dates of a column are read: as chosen where its values fit that, else as they were found; null where the file
 * does not tell. formatFor(['day-first', 'month-first'], 'auto') is null.
 */
export const formatFor = (found: readonly DateFormat[], chosen: DateFormat | 'auto'): DateFormat | null => {
	if (chosen !== 'auto' && found.includes(chosen)) return chosen;
	return found.length === 1 ? found[0]! : null;
};

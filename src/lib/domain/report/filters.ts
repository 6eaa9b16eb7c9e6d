// What a report is narrowed to: read from the address, and written back into it.
import { channels, type Channel } from '../response/response.ts';
import { bucketsOf, type Bucket, type Scale } from '../survey/metric.ts';
import { addDays, addMonths, isDay, type Range } from '../time/day.ts';
import { units, type Unit } from '../time/period.ts';

export const presets = [
	'all',
	'7-days',
	'30-days',
	'90-days',
	'12-months',
	'this-month',
	'last-month',
	'custom',
] as const;
export type Preset = (typeof presets)[number];

/** What of an address was left out or understood otherwise, for the page to say. */
export type Problem =
	| { kind: 'unknown'; what: 'range' | 'period' | 'channel' | 'bucket'; given: string }
	| { kind: 'not-a-day'; given: string }
	/** The days, as they were given. */
	| { kind: 'swapped'; first: string; last: string }
	/** Of an anonymous survey: it cannot be narrowed to some; bucket and words only over all time, and not both. */
	| { kind: 'nobody-known' | 'all-time-only' | 'one-of-two' };

export type Filters = {
	preset: Preset;
	/** Of the preset "custom": first and last day, both included; null is open. */
	firstDay: string | null;
	lastDay: string | null;
	/** Null lets the range decide. */
	unit: Unit | null;
	/** The property whose values stand side by side. */
	by: string | null;
	property: { key: string; value: string } | null;
	language: string | null;
	channel: Channel | null;
	/** These three narrow the list and the export only. */
	bucket: Bucket | null;
	words: string;
	hasComment: boolean;
};

export const noFilters: Filters = {
	preset: 'all',
	firstDay: null,
	lastDay: null,
	unit: null,
	by: null,
	property: null,
	language: null,
	channel: null,
	bucket: null,
	words: '',
	hasComment: false,
};

/** Whether the numbers are narrowed, and not only the list. */
export const narrowsNumbers = ({ preset, property, language, channel }: Filters): boolean =>
	preset !== 'all' || property !== null || language !== null || channel !== null;

/** Whether the list is narrowed further than the numbers. */
export const narrowsList = ({ bucket, words, hasComment }: Filters): boolean =>
	bucket !== null || words !== '' || hasComment;

/** Reads an address's query. What cannot be meant is left out and named in `problems`: the page is shown all the same. */
export const readFilters = (query: URLSearchParams, scale: Scale): { filters: Filters; problems: Problem[] } => {
	const problems: Problem[] = [];
	const text = (name: string) => query.get(name)?.trim() || null;
	const oneOf = <Choice extends string>(
		name: string,
		choices: readonly Choice[],
		what: 'range' | 'period' | 'channel' | 'bucket',
	): Choice | null => {
		const given = text(name);
		const choice = choices.find((candidate) => candidate === given) ?? null;
		if (given && !choice) problems.push({ kind: 'unknown', what, given });
		return choice;
	};
	const day = (name: string) => {
		const given = text(name);
		if (!given || isDay(given)) return given;
		problems.push({ kind: 'not-a-day', given });
		return null;
	};
	const filters: Filters = {
		preset: oneOf('range', presets, 'range') ?? 'all',
		firstDay: day('from'),
		lastDay: day('to'),
		unit: oneOf('per', units, 'period'),
		by: text('by'),
		property: null,
		language: text('language'),
		channel: oneOf('channel', channels, 'channel'),
		bucket: oneOf('bucket', bucketsOf(scale), 'bucket'),
		words: (text('words') ?? '').slice(0, 200),
		hasComment: query.get('comment') === 'yes',
	};
	const [key, value] = [text('property'), query.get('value')];
	if (key && value) filters.property = { key, value };
	// A property without a value: its values side by side, to choose one from.
	else if (key) filters.by ??= key;
	// Days typed in without choosing "custom" are meant, too.
	if (filters.preset !== 'custom' && !query.get('range') && (filters.firstDay || filters.lastDay))
		filters.preset = 'custom';
	if (filters.preset !== 'custom') filters.firstDay = filters.lastDay = null;
	if (filters.firstDay && filters.lastDay && filters.firstDay > filters.lastDay) {
		problems.push({ kind: 'swapped', first: filters.firstDay, last: filters.lastDay });
		[filters.firstDay, filters.lastDay] = [filters.lastDay, filters.firstDay];
	}
	if (filters.preset === 'custom' && !filters.firstDay && !filters.lastDay) filters.preset = 'all';
	return { filters, problems };
};

/** The query that reads back as these filters, without what says nothing. */
export const writeFilters = (filters: Filters): URLSearchParams => {
	const query = new URLSearchParams();
	const set = (name: string, value: string | null) => value && query.set(name, value);
	if (filters.preset !== 'all') set('range', filters.preset);
	set('from', filters.firstDay);
	set('to', filters.lastDay);
	set('per', filters.unit);
	set('by', filters.by);
	set('property', filters.property?.key ?? null);
	set('value', filters.property?.value ?? null);
	set('language', filters.language);
	set('channel', filters.channel);
	set('bucket', filters.bucket);
	set('words', filters.words);
	set('comment', filters.hasComment ? 'yes' : null);
	return query;
};

/** Without an answer or a mail for this long, "all time" ends with the last one. */
const quietDays = 92;

/** A range with everything in it. */
export const ever: Range = { from: '1000-01-01', until: '9998-12-31' };

/** The days to look for answers in: what is left open is open. */
export const searchRange = (filters: Filters, today: string): Range => {
	if (filters.preset !== 'all' && filters.preset !== 'custom') return rangeOf(filters, today, null);
	return {
		from: filters.firstDay ?? ever.from,
		until: filters.lastDay ? addDays(filters.lastDay, 1) : ever.until,
	};
};

/**
 * The days meant, half open. `today` is the local day now; `found` are the first and last day with anything on them,
 * for what is left open: "30 days" on 2024-03-30 is 2024-03-01 until 2024-03-31.
 */
export const rangeOf = (filters: Filters, today: string, found: { first: string; last: string } | null): Range => {
	const tomorrow = addDays(today, 1);
	const month = `${today.slice(0, 8)}01`;
	switch (filters.preset) {
		case '7-days':
			return { from: addDays(tomorrow, -7), until: tomorrow };
		case '30-days':
			return { from: addDays(tomorrow, -30), until: tomorrow };
		case '90-days':
			return { from: addDays(tomorrow, -90), until: tomorrow };
		case '12-months':
			return { from: addMonths(month, -11), until: tomorrow };
		case 'this-month':
			return { from: month, until: tomorrow };
		case 'last-month':
			return { from: addMonths(month, -1), until: month };
		default: {
			// A history that ended long ago is shown without the empty years since.
			const isOver = found !== null && addDays(found.last, quietDays) < today;
			const last = filters.lastDay ?? (found && (isOver || found.last > today) ? found.last : today);
			const first = filters.firstDay ?? found?.first ?? last;
			return { from: first < last ? first : last, until: addDays(last, 1) };
		}
	}
};

/** The query of these filters with one part set otherwise, or left out by null, such as { per: 'week' }. */
export const queryWith = (filters: Filters, changes: Record<string, string | null> = {}): string => {
	const query = writeFilters(filters);
	for (const [name, value] of Object.entries(changes))
		if (value === null) query.delete(name);
		else query.set(name, value);
	return query.toString();
};

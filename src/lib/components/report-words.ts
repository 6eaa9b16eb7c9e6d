// What a report calls buckets, channels, periods and ranges, and how it writes scores.
import type { Preset } from '#lib/domain/report/filters.ts';
import type { Channel } from '#lib/domain/response/response.ts';
import { languageNames, parseLanguage } from '#lib/domain/survey/language.ts';
import type { Mean } from '#lib/domain/statistics/mean.ts';
import type { Bucket, Metric, Scale } from '#lib/domain/survey/metric.ts';
import { addDays } from '#lib/domain/time/day.ts';
import type { Unit } from '#lib/domain/time/period.ts';
import * as figures from './figures.ts';

export const bucketNames: Record<Bucket, string> = {
	detractor: 'Detractors',
	passive: 'Passives',
	promoter: 'Promoters',
	dissatisfied: 'Dissatisfied',
	neutral: 'Neutral',
	satisfied: 'Satisfied',
	hard: 'Hard',
	easy: 'Easy',
	'not-disappointed': 'Not disappointed',
	'somewhat-disappointed': 'Somewhat disappointed',
	'very-disappointed': 'Very disappointed',
};

export const channelNames: Record<Channel, string> = {
	email: 'E-mail',
	link: 'Shared link',
	embed: 'Embedded in a page',
	import: 'Imported',
};

export const presetNames: Record<Preset, string> = {
	all: 'All time',
	'7-days': 'Last 7 days',
	'30-days': 'Last 30 days',
	'90-days': 'Last 90 days',
	'12-months': 'Last 12 months',
	'this-month': 'This month',
	'last-month': 'Last month',
	custom: 'From day to day…',
};

export const unitNames: Record<Unit, string> = { day: 'Day', week: 'Week', month: 'Month' };

const share = { unit: '\u00a0%', digits: 2, intervalDigits: 1, range: [0, 100] as [number, number] };

/** How a metric's score is written: decimals, sign, name, and the ends of its axis. */
export const scoreWords: Record<
	Metric,
	{
		name: string;
		unit: string;
		digits: number;
		intervalDigits: number;
		range: [number, number];
		/** What the chart draws a line at. */
		line?: { at: number; label: string };
	}
> = {
	nps: { name: 'NPS', unit: '', digits: 1, intervalDigits: 0, range: [-100, 100] },
	csat: { ...share, name: 'CSAT' },
	ces: { ...share, name: 'CES, agree' },
	stars: { ...share, name: '4 or 5 stars' },
	thumbs: { ...share, name: 'Thumbs up' },
	// The usual line for product-market fit: Ellis 2010.
	pmf: { ...share, name: 'Very disappointed', line: { at: 40, label: '40\u00a0%, the usual line' } },
	enps: { name: 'eNPS', unit: '', digits: 1, intervalDigits: 0, range: [-100, 100] },
	'ces-v1': { ...share, name: 'Low effort' },
};

/** Whose buckets are said with the scores in them, because their ends are not known to everybody. */
const withRange: readonly Metric[] = ['csat', 'ces', 'ces-v1', 'stars'];

/** A bucket's name, with its scores where these help: "Satisfied, 8–10". */
export const bucketText = (scale: Scale, key: Bucket): string => {
	const at = scale.buckets.findIndex((bucket) => bucket.key === key);
	const name = bucketNames[key];
	if (at < 0 || !withRange.includes(scale.metric)) return name;
	const [from, upTo] = [(scale.buckets[at - 1]?.upTo ?? scale.min - 1) + 1, scale.buckets[at]!.upTo];
	return `${name}, ${from === upTo ? from : `${from}–${upTo}`}`;
};

/** What a mean is of: "Mean, 1 to 7". */
export const meanLabel = ({ min, max, direction }: Scale): string =>
	`Mean, ${min} to ${max}${direction === 'low-is-good' ? ', low is good' : ''}`;

/** The uncertainty of a mean: "95 %: 5.18 to 6.15". */
export const meanNote = ({ interval }: Mean): string | undefined =>
	interval ? `95\u00a0%: ${figures.score(interval.low, 2)} to ${figures.score(interval.high, 2)}` : undefined;

/** A score as it is shown: 77.518 of csat → "77.52 %". */
export const scoreText = (metric: Metric, value: number | null): string =>
	value === null ? '–' : figures.score(value, scoreWords[metric].digits) + scoreWords[metric].unit;

/** The uncertainty of a score: "95 %: 14 to 44". */
export const intervalText = (metric: Metric, interval: { low: number; high: number } | null): string | undefined => {
	if (!interval) return undefined;
	const { intervalDigits, unit } = scoreWords[metric];
	return `95\u00a0%: ${figures.score(interval.low, intervalDigits)} to ${figures.score(interval.high, intervalDigits)}${unit}`;
};

/** A calendar day, or parts of it, without a time zone to move it. */
const written = (day: string, parts: Intl.DateTimeFormatOptions) =>
	new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

export const dayText = (day: string): string => written(day, { day: 'numeric', month: 'short', year: 'numeric' });

/** A period by its first day: "Nov 2017", "6 Nov 2017". */
export const periodText = (from: string, unit: Unit): string =>
	unit === 'month' ? written(from, { month: 'short', year: 'numeric' }) : dayText(from);

/** A half-open range by its first and last day: "1 Nov 2017 to 30 Nov 2017". */
export const rangeText = ({ from, until }: { from: string; until: string }): string => {
	const last = addDays(until, -1);
	return from === last ? dayText(from) : `${dayText(from)} to ${dayText(last)}`;
};

/** A language's English name, or the tag itself: "si" → "Sinhala". */
export const languageText = (tag: string): string => {
	const known = parseLanguage(tag);
	if (known) return languageNames[known];
	try {
		return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag;
	} catch {
		return tag;
	}
};

// What a report calls buckets, channels, periods and ranges, and how it writes scores.
import type { Preset, Problem } from '#lib/domain/report/filters.ts';
import type { Channel } from '#lib/domain/response/response.ts';
import type { Mean } from '#lib/domain/statistics/mean.ts';
import type { Interval } from '#lib/domain/statistics/wilson.ts';
import type { Bucket, Metric, Scale } from '#lib/domain/survey/metric.ts';
import { addDays } from '#lib/domain/time/day.ts';
import type { Unit } from '#lib/domain/time/period.ts';
import { t, writtenIn } from '#lib/messages/managers.ts';
import * as figures from './figures.ts';

export { languageText } from '#lib/messages/language-names.ts';

/** All of a bucket, such as "Promoters". */
export const bucketNames: Record<Bucket, () => string> = {
	detractor: t.report_bucket_detractors,
	passive: t.report_bucket_passives,
	promoter: t.report_bucket_promoters,
	dissatisfied: t.report_bucket_dissatisfied,
	neutral: t.report_bucket_neutral,
	satisfied: t.report_bucket_satisfied,
	hard: t.report_bucket_hard,
	easy: t.report_bucket_easy,
	'not-disappointed': t.report_bucket_not_disappointed,
	'somewhat-disappointed': t.report_bucket_somewhat_disappointed,
	'very-disappointed': t.report_bucket_very_disappointed,
};

export const channelNames: Record<Channel, () => string> = {
	email: t.report_channel_email,
	link: t.report_channel_link,
	embed: t.report_channel_embed,
	import: t.report_channel_import,
};

export const presetNames: Record<Preset, () => string> = {
	all: t.report_time_all,
	'7-days': t.report_time_7_days,
	'30-days': t.report_time_30_days,
	'90-days': t.report_time_90_days,
	'12-months': t.report_time_12_months,
	'this-month': t.report_time_this_month,
	'last-month': t.report_time_last_month,
	custom: t.report_time_custom,
};

export const unitNames: Record<Unit, () => string> = {
	day: t.report_unit_day,
	week: t.report_unit_week,
	month: t.report_unit_month,
};

const unknownWords = {
	range: t.report_no_such_range,
	period: t.report_no_such_period,
	channel: t.report_no_such_channel,
	bucket: t.report_no_such_bucket,
};

/** What of an address was left out, and why. */
export const problemText = (problem: Problem): string => {
	switch (problem.kind) {
		case 'unknown':
			return unknownWords[problem.what](problem);
		case 'not-a-day':
			return t.report_not_a_day(problem);
		case 'swapped':
			return t.report_days_swapped(problem);
		case 'nobody-known':
			return t.report_anonymous_no_part();
		case 'all-time-only':
			return t.report_anonymous_all_time();
		case 'one-of-two':
			return t.report_anonymous_one_of_two();
	}
};

const share = { unit: '\u00a0%', digits: 2, intervalDigits: 1, range: [0, 100] as [number, number] };

/** How a metric's score is written: decimals, sign, name, and the ends of its axis. */
export const scoreWords: Record<
	Metric,
	{
		name: () => string;
		unit: string;
		digits: number;
		intervalDigits: number;
		range: [number, number];
		/** What the chart draws a line at. */
		line?: { at: number; label: () => string };
	}
> = {
	nps: { name: t.report_score_nps, unit: '', digits: 1, intervalDigits: 0, range: [-100, 100] },
	csat: { ...share, name: t.report_score_csat },
	ces: { ...share, name: t.report_score_ces },
	stars: { ...share, name: t.report_score_stars },
	thumbs: { ...share, name: t.report_score_thumbs },
	// The usual line for product-market fit: Ellis 2010.
	pmf: { ...share, name: t.report_score_pmf, line: { at: 40, label: t.report_score_pmf_line } },
	enps: { name: t.report_score_enps, unit: '', digits: 1, intervalDigits: 0, range: [-100, 100] },
	'ces-v1': { ...share, name: t.report_score_ces_v1 },
};

/** Whose buckets are said with the scores in them, because their ends are not known to everybody. */
const withRange: readonly Metric[] = ['csat', 'ces', 'ces-v1', 'stars'];

/** A bucket's name, with its scores where these help: "Satisfied, 8–10". */
export const bucketText = (scale: Scale, key: Bucket): string => {
	const at = scale.buckets.findIndex((bucket) => bucket.key === key);
	const name = bucketNames[key]();
	if (at < 0 || !withRange.includes(scale.metric)) return name;
	const [from, upTo] = [(scale.buckets[at - 1]?.upTo ?? scale.min - 1) + 1, scale.buckets[at]!.upTo];
	return t.report_bucket_scores({ bucket: name, scores: from === upTo ? from : `${from}–${upTo}` });
};

/** What a mean is of: "Mean, 1 to 7". */
export const meanLabel = ({ min, max, direction }: Scale): string =>
	direction === 'low-is-good' ? t.report_mean_of_low_good({ min, max }) : t.report_mean_of({ min, max });

/** The uncertainty of a mean: "95 %: 5.18 to 6.15". */
export const meanNote = ({ interval }: Mean): string | undefined =>
	interval
		? t.report_interval({ low: figures.score(interval.low, 2), high: figures.score(interval.high, 2) })
		: undefined;

/** A score as it is shown: 77.518 of csat → "77.52 %". */
export const scoreText = (metric: Metric, value: number | null): string =>
	value === null ? '–' : figures.score(value, scoreWords[metric].digits) + scoreWords[metric].unit;

/** The ends of a score's uncertainty: { low: "14", high: "44" }. */
const endsOf = (metric: Metric, { low, high }: Interval) => {
	const { intervalDigits, unit } = scoreWords[metric];
	return { low: figures.score(low, intervalDigits), high: figures.score(high, intervalDigits) + unit };
};

/** The uncertainty of a score: "95 %: 14 to 44". */
export const intervalText = (metric: Metric, interval: Interval | null): string | undefined =>
	interval ? t.report_interval(endsOf(metric, interval)) : undefined;

/** The same under a heading that says what it is: "14 to 44". */
export const lowToHigh = (metric: Metric, interval: Interval | null): string | undefined =>
	interval ? t.report_low_to_high(endsOf(metric, interval)) : undefined;

/** A calendar day, or parts of it, without a time zone to move it. */
const written = (day: string, parts: Intl.DateTimeFormatOptions) =>
	new Intl.DateTimeFormat(writtenIn(), { ...parts, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

export const dayText = (day: string): string => written(day, { day: 'numeric', month: 'short', year: 'numeric' });

/** A period by its first day: "Nov 2017", "6 Nov 2017". */
export const periodText = (from: string, unit: Unit): string =>
	unit === 'month' ? written(from, { month: 'short', year: 'numeric' }) : dayText(from);

/** A half-open range by its first and last day: "1 Nov 2017 to 30 Nov 2017". */
export const rangeText = ({ from, until }: { from: string; until: string }): string => {
	const last = addDays(until, -1);
	return from === last ? dayText(from) : t.report_day_to_day({ first: dayText(from), last: dayText(last) });
};

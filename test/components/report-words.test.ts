import { expect, test } from 'vitest';
import { bucketText, intervalText, lowToHigh, meanLabel, meanNote, problemText } from '#lib/components/report-words.ts';
import type { Problem } from '#lib/domain/report/filters.ts';
import { bucketsOf, standardScale, type Metric } from '#lib/domain/survey/metric.ts';

test.each<[Metric, number | undefined, string[]]>([
	['nps', undefined, ['Detractors', 'Passives', 'Promoters']],
	['csat', 5, ['Dissatisfied, 1–2', 'Neutral, 3', 'Satisfied, 4–5']],
	['csat', 3, ['Dissatisfied, 1', 'Neutral, 2', 'Satisfied, 3']],
	['csat', 10, ['Dissatisfied, 1–4', 'Neutral, 5–7', 'Satisfied, 8–10']],
	['ces', undefined, ['Hard, 1–3', 'Neutral, 4', 'Easy, 5–7']],
	['ces-v1', undefined, ['Easy, 1–2', 'Neutral, 3', 'Hard, 4–5']],
	['thumbs', undefined, ['Dissatisfied', 'Satisfied']],
	['pmf', undefined, ['Not disappointed', 'Somewhat disappointed', 'Very disappointed']],
])('names the buckets of %s of %s points', (metric, points, expected) => {
	const scale = standardScale(metric, points);
	expect(bucketsOf(scale).map((key) => bucketText(scale, key))).toEqual(expected);
});

test('says which end of a mean is good where that is the low one', () => {
	expect(meanLabel(standardScale('ces'))).toBe('Mean, 1 to 7');
	expect(meanLabel(standardScale('ces-v1'))).toBe('Mean, 1 to 5, low is good');
	expect(meanNote({ value: 4, interval: { low: 3.456, high: 4.544 } })).toBe('95\u00a0%: 3.46 to 4.54');
	expect(meanNote({ value: 4, interval: null })).toBeUndefined();
});

test('writes an uncertainty with what it is, and under a heading without', () => {
	expect(intervalText('csat', { low: 14, high: 44.04 })).toBe('95\u00a0%: 14.0 to 44.0\u00a0%');
	expect(lowToHigh('nps', { low: -14, high: 44 })).toBe('−14 to 44');
	expect(lowToHigh('nps', null)).toBeUndefined();
});

test.each<[Problem, string]>([
	[{ kind: 'unknown', what: 'channel', given: 'pigeon' }, 'There is no channel “pigeon”: it was left out.'],
	[{ kind: 'not-a-day', given: 'soon' }, '“soon” is not a day, and was left out. Write a day like this: 2024-02-29.'],
	[
		{ kind: 'swapped', first: '2024-02-02', last: '2024-02-01' },
		'The range ended (2024-02-01) before it started (2024-02-02): the days were swapped.',
	],
	[{ kind: 'one-of-two' }, 'This survey is anonymous: choose a bucket or words, not both. The words were left out.'],
])('says what was left out of an address: %j', (problem, text) => expect(problemText(problem)).toBe(text));

import { expect, test } from 'vitest';
import { bucketText, meanLabel, meanNote } from '#lib/components/report-words.ts';
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

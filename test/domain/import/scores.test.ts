import { expect, it } from 'vitest';
import { readScore } from '#lib/domain/import/scores.ts';
import { standardScale, type Metric } from '#lib/domain/survey/metric.ts';
import { rowText } from '#lib/messages/rows.ts';

it.each<[Metric, number | undefined, string, number]>([
	['nps', undefined, '0', 0],
	['nps', undefined, '10.0', 10],
	['csat', 3, '3', 3],
	['csat', 7, '7', 7],
	['csat', 10, ' 10 ', 10],
	['ces', undefined, '7', 7],
	['ces-v1', undefined, '1', 1],
	['stars', undefined, '5,0', 5],
	['enps', undefined, '9', 9],
	['nps', undefined, '１０', 10],
	['nps', undefined, '\u00a09 ', 9],
	['thumbs', undefined, '1', 1],
	['thumbs', undefined, '0', 0],
	['thumbs', undefined, 'Yes', 1],
	['thumbs', undefined, 'NO', 0],
	['thumbs', undefined, 'thumbs-up', 1],
	['thumbs', undefined, 'down', 0],
	['thumbs', undefined, '👍🏾', 1],
	['pmf', undefined, '3', 3],
	['pmf', undefined, 'Very disappointed', 3],
	['pmf', undefined, 'somewhat_disappointed', 2],
	['pmf', undefined, 'Not disappointed.', 1],
])('reads a score of %s (%s points) from "%s" as %i', (metric, points, cell, score) =>
	expect(readScore(standardScale(metric, points), cell)).toEqual({ score }),
);

it.each<[Metric, number | undefined, string, string]>([
	['csat', 3, '4', '4 is not on the scale from 1 to 3'],
	['nps', undefined, '10/10', '“10/10” is not a number'],
	['nps', undefined, '9.0000000000000001', '9.0000000000000001 is not a whole number'],
	['csat', 10, '11', '11 is not on the scale from 1 to 10'],
	['ces', undefined, '0', '0 is not on the scale from 1 to 7'],
	['ces-v1', undefined, '7', '7 is not on the scale from 1 to 5'],
	['stars', undefined, '4.5', '4.5 is not a whole number'],
	['stars', undefined, 'yes', '“yes” is not a number'],
	['thumbs', undefined, '2', '2 is not on the scale from 0 to 1'],
	['thumbs', undefined, 'maybe', '“maybe” is none of 0 or 1, yes or no, up or down'],
	['thumbs', undefined, 'constructor', '“constructor” is none of 0 or 1, yes or no, up or down'],
	[
		'pmf',
		undefined,
		'sad',
		'“sad” is none of 1 to 3, or “not disappointed”, “somewhat disappointed”, “very disappointed”',
	],
	['pmf', undefined, '', 'The score is empty'],
])('refuses for %s (%s points) "%s": %s', (metric, points, cell, words) => {
	const read = readScore(standardScale(metric, points), cell);
	expect('reason' in read && rowText(read.reason)).toBe(words);
});

import { describe, expect, it } from 'vitest';
import {
	narrowsList,
	narrowsNumbers,
	noFilters,
	queryWith,
	rangeOf,
	readFilters,
	searchRange,
	writeFilters,
} from '#lib/domain/report/filters.ts';
import { standardScale } from '#lib/domain/survey/metric.ts';

const read = (query: string) => readFilters(new URLSearchParams(query), standardScale('nps'));

describe('filters in an address', () => {
	it.each([
		['', {}],
		['range=30-days', { preset: '30-days' }],
		['from=2024-01-01&to=2024-01-31', { preset: 'custom', firstDay: '2024-01-01', lastDay: '2024-01-31' }],
		['range=custom&from=2024-01-01', { preset: 'custom', firstDay: '2024-01-01' }],
		['range=all&from=2024-01-01', {}],
		['range=custom', {}],
		['property=plan&value=Pro', { property: { key: 'plan', value: 'Pro' } }],
		['property=plan', { by: 'plan' }],
		['property=plan&by=city', { by: 'city' }],
		['property=__proto__&value=a.b', { property: { key: '__proto__', value: 'a.b' } }],
		[
			'channel=email&language=si&bucket=passive&words=+late+&comment=yes&per=week',
			{
				channel: 'email',
				language: 'si',
				bucket: 'passive',
				words: 'late',
				hasComment: true,
				unit: 'week',
			},
		],
	] as const)('%s', (query, expected) => {
		const { filters, problems } = read(query);
		expect(filters).toEqual({ ...noFilters, ...expected });
		expect(problems).toEqual([]);
		expect(read(writeFilters(filters).toString()).filters).toEqual(filters);
	});

	it.each([
		['from=2024-02-30', { kind: 'not-a-day', given: '2024-02-30' }],
		['channel=pigeon', { kind: 'unknown', what: 'channel', given: 'pigeon' }],
		['bucket=satisfied', { kind: 'unknown', what: 'bucket', given: 'satisfied' }],
		['from=2024-02-02&to=2024-02-01', { kind: 'swapped', first: '2024-02-02', last: '2024-02-01' }],
	])('%s is named and left out', (query, problem) => expect(read(query).problems).toEqual([problem]));

	it('swaps a range that ends before it starts', () =>
		expect(read('from=2024-02-02&to=2024-02-01').filters).toMatchObject({
			firstDay: '2024-02-01',
			lastDay: '2024-02-02',
		}));

	it('knows what narrows the numbers and what only the list', () => {
		expect(narrowsNumbers(read('bucket=passive&words=x').filters)).toBe(false);
		expect(narrowsList(read('bucket=passive').filters)).toBe(true);
		expect(narrowsNumbers(read('channel=email').filters)).toBe(true);
	});

	it('changes one part of an address and keeps the others', () =>
		expect(queryWith(read('channel=email&per=day').filters, { per: 'week', channel: null })).toBe('per=week'));
});

describe('the days meant', () => {
	const found = { first: '2024-01-10', last: '2024-03-20' };
	it.each([
		['range=7-days', '2024-03-24', '2024-03-31'],
		['range=30-days', '2024-03-01', '2024-03-31'],
		['range=12-months', '2023-04-01', '2024-03-31'],
		['range=this-month', '2024-03-01', '2024-03-31'],
		['range=last-month', '2024-02-01', '2024-03-01'],
		['', '2024-01-10', '2024-03-31'],
		['from=2024-02-01', '2024-02-01', '2024-03-31'],
		['to=2024-02-01', '2024-01-10', '2024-02-02'],
		['from=2024-02-01&to=2024-02-01', '2024-02-01', '2024-02-02'],
		['to=2023-01-01', '2023-01-01', '2023-01-02'],
	])('%s on 2024-03-30 is %s until %s', (query, from, until) =>
		expect(rangeOf(read(query).filters, '2024-03-30', found)).toEqual({ from, until }),
	);

	it('of all time end with the last answer where that is long ago, and reach into the future with it', () => {
		expect(rangeOf(noFilters, '2026-03-30', found)).toEqual({ from: '2024-01-10', until: '2024-03-21' });
		expect(rangeOf(noFilters, '2024-03-30', { ...found, last: '2024-05-01' }).until).toBe('2024-05-02');
		expect(rangeOf(noFilters, '2024-03-30', null)).toEqual({ from: '2024-03-30', until: '2024-03-31' });
	});

	it('are looked for without an end where the range is open', () => {
		expect(searchRange(noFilters, '2024-03-30').from < '1900').toBe(true);
		expect(searchRange(read('range=last-month').filters, '2024-03-30')).toEqual({
			from: '2024-02-01',
			until: '2024-03-01',
		});
	});
});

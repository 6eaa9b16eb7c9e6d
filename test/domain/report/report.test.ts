import { describe, expect, it } from 'vitest';
import { csvRecord } from '#lib/domain/report/csv.ts';
import { noFilters } from '#lib/domain/report/filters.ts';
import { lists } from '#lib/domain/report/matching.ts';
import * as report from '#lib/domain/report/report.ts';
import { breakdownBy, startTally } from '#lib/domain/report/tally.ts';
import type { Channel } from '#lib/domain/response/response.ts';
import { standardScale } from '#lib/domain/survey/metric.ts';

const answer = (
	score: number,
	channel: Channel = 'link',
	language = 'en',
	properties = [] as { key: string; value: string }[],
) => ({
	score,
	channel,
	language,
	properties,
});
const pro = [{ key: 'plan', value: 'Pro' }];

const dayOf = (day: string, answers: ReturnType<typeof answer>[], breakdown = breakdownBy(null)) => {
	const tally = startTally();
	for (const each of answers) tally.addAnswer(each);
	return { day, cells: tally.read().get(breakdown) ?? [] };
};

describe('a tally', () => {
	it('counts by channel, language and property value, each answer once in each breakdown', () => {
		const tally = startTally();
		tally.addAnswer(answer(9, 'link', 'en', [...pro, { key: 'plan', value: 'again' }]));
		tally.addAnswer(answer(9, 'link', 'en'));
		tally.addAnswer(answer(2, 'email', 'si', pro));
		const read = tally.read();
		expect(read.get('all')!.map(({ channel, counts }) => [channel, counts.reduce((a, b) => a + b, 0)])).toEqual([
			['link', 2],
			['email', 1],
		]);
		expect(read.get('property:plan')!.map(({ value }) => value)).toEqual(['Pro', 'Pro']);
	});

	it('keeps a property named "all" apart', () => {
		const tally = startTally();
		tally.addAnswer(answer(9, 'link', 'en', [{ key: 'all', value: 'x' }]));
		expect([...tally.read().keys()]).toEqual(['all', 'property:all']);
	});

	it('gives up a property with too many values, and only that', () => {
		const tally = startTally(null, 3);
		for (let order = 0; order < 5; order++)
			tally.addAnswer(answer(9, 'link', 'en', [...pro, { key: 'order', value: `${order}` }]));
		const read = tally.read();
		expect(read.get('property:order')).toBeNull();
		expect(read.get('property:plan')).toHaveLength(1);
		expect(read.get('all')).toHaveLength(1);
	});
});

describe('a report', () => {
	const days = [
		dayOf('2024-01-31', [answer(10), answer(0, 'email', 'si')]),
		dayOf('2024-03-01', [answer(9, 'email'), answer(8)]),
	];
	const at = {
		range: { from: '2024-01-01', until: '2024-03-02' },
		unit: 'month',
		weekStart: 1,
		today: '2024-03-01',
	} as const;

	it.each([
		[{}, 4],
		[{ channel: 'email' as const }, 2],
		[{ language: 'si' }, 1],
		[{ channel: 'email' as const, language: 'en' }, 1],
		[{ language: 'fr' }, 0],
	])('within %j counts %i', (filters, n) =>
		expect(report.headline(standardScale('nps'), report.countsOf(days, { ...noFilters, ...filters })).n).toBe(n),
	);

	it('has a period for each month, with gaps as null and the running one marked', () =>
		expect(
			report
				.byPeriod(standardScale('nps'), days, noFilters, at)
				.map(({ from, score, n, isSoFar }) => [from, score, n, isSoFar]),
		).toEqual([
			['2024-01-01', 0, 2, false],
			['2024-02-01', null, 0, false],
			['2024-03-01', 50, 2, true],
		]));

	it('sets values side by side and counts who has none', () => {
		const answers = [answer(10, 'link', 'en', pro), answer(9, 'link', 'en', pro), answer(0)];
		const byPlan = [dayOf('2024-01-01', answers, breakdownBy('plan'))];
		const all = report.countsOf([dayOf('2024-01-01', answers)], noFilters);
		expect(
			report
				.byValue(standardScale('nps'), byPlan, noFilters, all)
				.map(({ value, score }) => [value, score.value, score.n]),
		).toEqual([
			['Pro', 100, 2],
			[null, -100, 1],
		]);
	});

	it('rates answered of accepted, and nothing where no mail is meant', () => {
		const tally = startTally();
		for (const isAnswered of [true, false, false, true])
			tally.addInvitation({ language: 'en', properties: pro, isAnswered });
		const asked = [{ day: '2024-01-01', cells: tally.read().get('all')! }];
		expect(report.responseRate(asked, noFilters)).toEqual({ accepted: 4, answered: 2, rate: 0.5 });
		expect(report.responseRate([], noFilters)).toEqual({ accepted: 0, answered: 0, rate: null });
		expect(report.responseRate(asked, { ...noFilters, channel: 'link' })).toBeNull();
	});

	it.each([
		[null, '2024-01-01', '2024-01-31', 'day'],
		[null, '2024-01-01', '2024-06-01', 'week'],
		[null, '2020-01-01', '2024-06-01', 'month'],
		['day', '2023-01-01', '2024-01-01', 'day'],
		['day', '2016-01-01', '2018-01-01', 'week'],
		['week', '2000-01-01', '2018-01-01', 'month'],
	] as const)('asked for by %s from %s until %s is shown by %s', (unit, from, until, shown) =>
		expect(report.fittingUnit(unit, { from, until })).toBe(shown),
	);
});

describe('the words searched for', () => {
	const has = (words: string, comment: string) =>
		lists({ ...noFilters, words }, standardScale('nps'))({ ...answer(9), comment });
	it.each([
		['delivery', 'Fast DELIVERY', true],
		['fast late', 'Fast delivery', false],
		['delivery fast', 'Fast delivery', true],
		['ｆａｓｔ', 'fast', true],
		['خدمة', 'خدمة ممتازة', true],
		['.*', 'anything', false],
	])('%s in "%s": %s', (words, comment, found) => expect(has(words, comment)).toBe(found));
});

describe('a CSV record', () => {
	it.each([
		[['a', 1, null], 'a,1,'],
		[['a,b', 'say "x"', 'two\nlines'], '"a,b","say ""x""","two\nlines"'],
		[['=1+1', '+1', '-1', '@a', '\tx'], `'=1+1,'+1,'-1,'@a,"'\tx"`],
		[[-7, 'a=1'], '-7,a=1'],
		[['a;b', 'a|b'], '"a;b","a|b"'],
		[['=a,"b"'], `"'=a,""b"""`],
	] as const)('%j', (cells, line) => expect(csvRecord(cells)).toBe(`${line}\r\n`));
});

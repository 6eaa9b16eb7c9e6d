import { describe, expect, it } from 'vitest';
import {
	asDays,
	batchesOf,
	countsOf,
	isRevealing,
	listed,
	readable,
	veiledScore,
	within,
} from '#lib/domain/report/anonymity.ts';
import { noFilters } from '#lib/domain/report/filters.ts';
import type { Day } from '#lib/domain/report/report.ts';
import { totalOf } from '#lib/domain/score/counts.ts';
import { standardScale } from '#lib/domain/survey/metric.ts';
import { addDays } from '#lib/domain/time/day.ts';

const scale = standardScale('enps');
const weekOf = (day: string, counts: number[]): Day => ({
	day,
	cells: [{ channel: 'link', language: '', value: '', counts, accepted: 0, answered: 0 }],
});

it.each([
	[0, 0, false],
	[0, 9, false],
	[1, 9, true],
	[4, 100, true],
	[5, 9, true],
	[5, 10, false],
	[96, 100, true],
	[95, 100, false],
	[100, 100, false],
])('%i of %i: %s that it would tell of somebody', (part, whole, expected) =>
	expect(isRevealing(part, whole)).toBe(expected),
);

describe('weeks', () => {
	const days = [
		weekOf('2026-01-26', [3]),
		weekOf('2026-01-05', [2]),
		weekOf('2026-01-19', [0, 4]),
		weekOf('2026-02-16', [1, 1]),
		weekOf('2026-02-09', [0, 0, 9]),
	];
	const [first, second] = [
		{ from: '2026-01-05', until: '2026-01-26', counts: [2, 4] },
		{ from: '2026-01-26', until: '2026-02-16', counts: [3, 0, 9] },
	];
	it.each([
		['2026-01-19', []],
		['2026-01-26', [first]],
		['2026-02-09', [first]],
		['2026-02-16', [first, second]],
		['2026-03-30', [first, second]],
	])('go with those after them until there are five and all have ended: in the week of %s', (running, expected) => {
		expect(batchesOf(days, running)).toEqual(expected);
		// The workspace was given another zone since: Mondays were Sundays, or Tuesdays.
		for (const days_ of [-2, -1, 1, 2])
			expect(
				batchesOf(
					days.map(({ day, cells }) => ({ day: addDays(day, days_), cells })),
					running,
				),
			).toEqual(expected);
	});

	it('stand where their batch ends', () => {
		const batches = batchesOf([weekOf('2026-01-05', [2]), weekOf('2026-01-19', [0, 4])], '2026-01-26');
		expect(asDays(batches).map(({ day }) => day)).toEqual(['2026-01-19']);
		expect(within(batches, { from: '2026-01-01', until: '2026-01-19' })).toEqual([]);
		expect(within(batches, { from: '2026-01-06', until: '2026-01-20' })).toEqual(batches);
	});
});

/** The same sequence in every run. */
const randomFrom = (seed: number) => () => {
	seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
	return seed / 2 ** 32;
};

describe('whatever is asked for', () => {
	const random = randomFrom(20_261_121);
	const upTo = (most: number) => Math.floor(random() * (most + 1));
	const story = () => {
		const weeks = 1 + upTo(40);
		const busy = 1 + upTo(12);
		return Array.from({ length: weeks }, (_, week) => {
			const counts = Array<number>(11).fill(0);
			for (let answer = upTo(busy); answer > 0; answer--) counts[upTo(10)]! += 1;
			return weekOf(addDays('2025-12-29', 7 * week), counts);
		});
	};

	it('no range, nor what two ranges differ by, holds one to four answers', () => {
		for (let round = 0; round < 500; round++) {
			const batches = batchesOf(story(), '2026-12-28');
			const whole = totalOf(countsOf(batches));
			const cuts = Array.from({ length: 6 }, () => {
				const from = addDays('2025-12-20', upTo(300));
				const cut = new Set(within(batches, { from, until: addDays(from, 1 + upTo(200)) }));
				expect(isRevealing(totalOf(countsOf([...cut])), whole)).toBe(false);
				return cut;
			});
			for (const a of cuts)
				for (const b of cuts) {
					const parts = [a.difference(b), a.intersection(b), a.union(b)];
					for (const part of parts) expect(isRevealing(totalOf(countsOf([...part])), whole)).toBe(false);
				}
		}
	});

	it('new answers change what was shown by nothing, or by five and more, and nothing within a week', () => {
		for (let round = 0; round < 60; round++) {
			const weeks = story();
			let before = 0;
			for (let week = 1; week <= weeks.length; week++) {
				const monday = addDays(weeks[week - 1]!.day, 7);
				const now = totalOf(countsOf(batchesOf(weeks.slice(0, week), monday)));
				expect(now - before === 0 || now - before >= 5).toBe(true);
				before = now;
				const running = [...weeks.slice(0, week), weekOf(monday, [upTo(9)])];
				expect(totalOf(countsOf(batchesOf(running, monday)))).toBe(before);
			}
		}
	});

	it('a list, or what it leaves out, never holds one to four answers', () => {
		for (let round = 0; round < 1_000; round++) {
			const answers = Array.from({ length: upTo(30) }, () => random());
			const share = random();
			const found = listed(answers, (answer) => answer < share);
			expect(found.length > 0 && found.length < 5).toBe(false);
			if (found.length) expect(isRevealing(found.length, answers.length)).toBe(false);
		}
	});

	it('a score tells nothing of the buckets but their difference', () => {
		for (let round = 0; round < 500; round++) {
			const [promoters, passives, detractors] = [upTo(20), upTo(20), upTo(20)];
			const counts = (p: number, q: number, d: number) => [d, 0, 0, 0, 0, 0, 0, q, 0, p];
			const veiled = veiledScore(scale, counts(promoters, passives, detractors));
			// Two passives are as good as one of each: n and the difference are the same, and so is all that is shown.
			const pairs = Math.floor(passives / 2);
			const other = veiledScore(scale, counts(promoters + pairs, passives - 2 * pairs, detractors + pairs));
			expect(other.n).toBe(veiled.n);
			if (veiled.value !== null) {
				expect(other.value).toBeCloseTo(veiled.value, 9);
				expect(other.interval!.low).toBeCloseTo(veiled.interval!.low, 9);
				expect(other.interval!.high).toBeCloseTo(veiled.interval!.high, 9);
			}
		}
	});
});

describe('filters of an anonymous survey', () => {
	it('leave out what cannot be known, and say so', () => {
		const asked = {
			...noFilters,
			by: 'team',
			language: 'si',
			channel: 'embed',
			hasComment: true,
			unit: 'day',
		} as const;
		const { filters, problems } = readable(asked);
		expect(filters).toEqual({ ...noFilters, unit: 'week' });
		expect(problems).toHaveLength(1);
	});

	it('take a bucket or words, over all time alone', () => {
		expect(readable({ ...noFilters, bucket: 'detractor' }).filters.bucket).toBe('detractor');
		expect(readable({ ...noFilters, words: 'pay' }).filters.words).toBe('pay');
		expect(readable({ ...noFilters, words: 'pay', bucket: 'detractor' }).filters.words).toBe('');
		const ranged = readable({ ...noFilters, preset: '30-days', words: 'pay', bucket: 'detractor' });
		expect(ranged.filters).toEqual({ ...noFilters, preset: '30-days' });
		expect(ranged.problems).toHaveLength(1);
	});
});

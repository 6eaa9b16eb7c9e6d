import { describe, expect, it, test } from 'vitest';
import {
	byBucket,
	canTell,
	choicesIn,
	choicesOf,
	tell,
	together,
	type Cut,
	type Told,
} from '#lib/domain/report/told.ts';
import type { AnswerValue } from '#lib/domain/survey/answer-value.ts';
import type { Condition } from '#lib/domain/survey/condition.ts';
import { standardScale } from '#lib/domain/survey/metric.ts';
import { newQuestion } from '#lib/domain/survey/question.ts';
import { addDays } from '#lib/domain/time/day.ts';

const scale = standardScale('enps');
const cut = (from: number, until: number): Cut =>
	new Set(Array.from({ length: until - from }, (_, each) => `a${from + each}`));

test.each<[string, number, Cut[], boolean]>([
	['nothing', 20, [cut(0, 0)], true],
	['five', 20, [cut(0, 5)], true],
	['four', 20, [cut(0, 4)], false],
	['all but four', 20, [cut(0, 16)], false],
	['all', 20, [cut(0, 20)], true],
	['three within eight', 20, [cut(0, 8), cut(0, 3)], false],
	['five within eight, which leave three', 20, [cut(0, 8), cut(0, 5)], false],
	['five within ten', 20, [cut(0, 10), cut(0, 5)], true],
	['eight and seven beside each other', 20, [cut(0, 8), cut(8, 15)], true],
	['the same eight twice', 20, [cut(0, 8), cut(0, 8)], true],
])('may be told: %s of %i', (_, whole, cuts, expected) => expect(canTell(whole, cuts)).toBe(expected));

test.each<[AnswerValue, AnswerValue[]]>([
	['Words', []],
	[4, []],
	[false, [false]],
	[
		{ options: ['o1', 'o3'], other: 'mine' },
		[
			{ options: ['o1'], other: null },
			{ options: ['o3'], other: null },
			{ options: [], other: '' },
		],
	],
	[{ rows: [{ row: 'r1', option: 'o2' }] }, [{ rows: [{ row: 'r1', option: 'o2' }] }]],
	[{ order: ['o2', 'o1'] }, [{ order: ['o2'] }]],
])('of %j is counted %j', (value, choices) => expect(choicesIn(value)).toEqual(choices));

const chosen = (option: number): AnswerValue => ({ options: [`o${option}`], other: null });
const answersOf = (sizes: readonly number[], from = 0) =>
	sizes
		.flatMap((size, option) => Array<number>(size).fill(option))
		.map((option, index) => ({
			...{ id: `a${from + index}`, score: index % 11 },
			answers: [{ question: 'q1', value: chosen(option) }],
		}));

test.each<[string, number[], number[], number]>([
	['few as they are', [3, 5, 1], [3, 5, 1], 0],
	['many as they are where none is rare', [11, 9, 5], [11, 9, 5], 0],
	['rare ones of many as one', [11, 8, 5, 3, 1], [11, 8], 9],
	['rare ones that are five together', [14, 3, 3], [14], 6],
	['a single rare one with the next larger', [20, 7, 1], [20], 8],
	['as they are where nothing would be left to tell', [18, 2], [18, 2], 0],
])('choices: %s', (_, sizes, kept, rest) => {
	const choices = choicesOf('q1', answersOf(sizes));
	expect([...choices.byChoice.values()].map(({ size }) => size)).toEqual(kept);
	expect(choices.rest.size).toBe(rest);
	expect(choices.answered.size).toBe(sizes.reduce((sum, size) => sum + size));
});

/** The same sequence in every run. */
const randomFrom = (seed: number) => () => {
	seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
	return seed / 2 ** 32;
};

describe('whoever looks again and again', () => {
	const random = randomFrom(20_261_122);
	const upTo = (most: number) => Math.floor(random() * (most + 1));
	type Given = ReturnType<typeof answersOf>[number];
	/** Batches of five answers and more, with a question that some leave out and some options that few choose. */
	const story = (isConditional: boolean): Told<Given>[] => {
		let id = 0;
		const [busy, options] = [upTo(20), 1 + upTo(4)];
		return Array.from({ length: 1 + upTo(15) }, (_, week) => ({
			...{ from: addDays('2026-01-05', 7 * week), until: addDays('2026-01-12', 7 * week) },
			answers: Array.from({ length: 5 + upTo(busy) }, () => {
				const score = random() < 0.5 ? 9 + upTo(1) : upTo(10);
				const isAsked = isConditional ? score < 7 : random() < 0.8;
				const value = chosen(Math.floor(random() * random() * options));
				return { id: `a${++id}`, score, answers: isAsked ? [{ question: 'q1', value }] : [] };
			}),
		}));
	};
	const asked = (showIf: Condition | null) => [
		{ rules: [], questions: [{ ...newQuestion('one-choice', 'q1'), showIf }] },
	];
	const isFine = (part: number) => part === 0 || part >= 5;

	/** All that a look shows, by name. */
	const shownIn = ({ buckets, questions }: ReturnType<typeof tell<Given>>): Map<string, number> => {
		const numbers = new Map<string, number>();
		const count = (name: string, size: number) => numbers.set(name, (numbers.get(name) ?? 0) + size);
		for (const { answers } of buckets)
			for (const [bucket, { size }] of byBucket(scale, answers)) {
				count(bucket, size);
				count(`not ${bucket}`, answers.length - size);
			}
		for (const { answers } of questions.get('q1')!) {
			const { answered, byChoice, rest } = choicesOf('q1', answers);
			for (const [name, { size }] of [['answered', answered] as const, ['rest', rest] as const, ...byChoice]) {
				count(name, size);
				count(`not ${name}`, answers.length - size);
			}
		}
		return numbers;
	};

	it.each<[string, Condition | null]>([
		['everybody', null],
		['detractors', { test: 'bucket', oneOf: ['detractor'] }],
	])('learns of no one to four from what two looks differ by: a question asked of %s', (_, showIf) => {
		let tellings = 0;
		for (let round = 0; round < 80; round++) {
			const all = story(showIf !== null);
			const looks = all.map((_, end) => tell(scale, asked(showIf), all.slice(0, end + 1)));
			const shown = [new Map<string, number>(), ...looks.map(shownIn)];
			shown.forEach((later, index) => {
				for (const earlier of shown.slice(0, index))
					for (const name of new Set([...later.keys(), ...earlier.keys()]))
						expect(isFine((later.get(name) ?? 0) - (earlier.get(name) ?? 0))).toBe(true);
			});
			const { buckets, questions } = looks.at(-1)!;
			// Being asked tells the bucket, so that both are told of the same weeks.
			if (showIf) expect(questions.get('q1')).toEqual(buckets);
			tellings += shown.at(-1)!.get('answered') ? 1 : 0;
		}
		expect(tellings).toBeGreaterThan(20);
	});

	it('sees every answer in time, or that it waits with the newest', () => {
		const all = story(false);
		const told = together(all, () => []);
		expect(told).toEqual(all);
		expect(together(all, (answers) => [new Set(answers.slice(0, 1).map(({ id }) => id))])).toEqual([]);
	});
});

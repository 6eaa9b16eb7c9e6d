import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAnswer, readAnswer } from '#lib/domain/response/reading.ts';
import { fieldsOf, typedOf } from '#lib/domain/response/typed.ts';
import { newQuestion, questionKinds, type Question, type QuestionKind } from '#lib/domain/survey/question.ts';
import { shuffled } from '#lib/domain/survey/shuffle.ts';
import { randomAnswer } from '#test/support/random-answer.ts';
import { randomSurvey } from '#test/support/random-survey.ts';

const ask = (kind: QuestionKind, given: object = {}): Question =>
	({ ...newQuestion(kind, 'q1'), ...given }) as Question;
const read = (question: Question, fields: Record<string, string[]>) =>
	readAnswer(question, (name) => (Object.hasOwn(fields, name) ? fields[name]! : []));

describe('a form', () => {
	const two = { options: ['o1', 'o2'], hasOther: true };
	const cases: [string, Question, Record<string, string[]>, object][] = [
		['text is tidied', ask('short-text'), { q1: [' a\r\nb '] }, { value: 'a\nb' }],
		['an empty text is no answer', ask('short-text'), { q1: ['  '] }, { value: null }],
		[
			'a needed text is needed',
			ask('short-text', { isRequired: true }),
			{ q1: [' '] },
			{ problem: { reason: 'needed' } },
		],
		[
			'a megabyte is too long',
			ask('long-text'),
			{ q1: ['x'.repeat(1_000_000)] },
			{ problem: { reason: 'too-long', over: 995_000 } },
		],
		['an emoji counts once', ask('short-text', { mostCharacters: 2 }), { q1: ['🍵🍵'] }, { value: '🍵🍵' }],
		['a decimal comma', ask('number'), { q1: ['9,5'] }, { value: 9.5 }],
		['Arabic digits', ask('number'), { q1: ['٤٢٫٥'] }, { value: 42.5 }],
		['Devanagari digits', ask('number'), { q1: ['४२'] }, { value: 42 }],
		...['12 500,5', '12\u202f500.5', '12.500,5', '12,500.5', '12’500.5', '١٢٬٥٠٠٫٥'].map(
			(text): [string, Question, Record<string, string[]>, object] => [
				`groups of digits, as in ${text}`,
				ask('number'),
				{ q1: [text] },
				{ value: 12_500.5 },
			],
		),
		['many groups', ask('number'), { q1: ['-1.234.567'] }, { value: -1_234_567 }],
		['groups as in India', ask('number'), { q1: ['1,23,456.5'] }, { value: 123_456.5 }],
		['a comma that may be either', ask('number'), { q1: ['1,234'] }, { value: 1.234 }],
		['a group of a whole number', ask('number', { isWhole: true }), { q1: ['1,000'] }, { value: 1000 }],
		['the same with a point', ask('number', { isWhole: true }), { q1: ['1.000'] }, { value: 1000 }],
		['two numbers', ask('number'), { q1: ['12 50'] }, { problem: { reason: 'number' } }],
		['half of a whole number', ask('number', { isWhole: true }), { q1: ['9.5'] }, { problem: { reason: 'number' } }],
		['NaN is no number', ask('number'), { q1: ['NaN'] }, { problem: { reason: 'number' } }],
		['1e9 is no number that people write', ask('number'), { q1: ['1e9'] }, { problem: { reason: 'number' } }],
		['infinity is none either', ask('number'), { q1: ['9'.repeat(400)] }, { problem: { reason: 'number' } }],
		['below the smallest', ask('number', { min: 3 }), { q1: ['2'] }, { problem: { reason: 'too-low', limit: 3 } }],
		['a day', ask('date'), { q1: ['2024-02-29'] }, { value: '2024-02-29' }],
		['a day that never was', ask('date'), { q1: ['2026-02-29'] }, { problem: { reason: 'date' } }],
		['no day', ask('date'), { q1: ['tomorrow'] }, { problem: { reason: 'date' } }],
		[
			'too early',
			ask('date', { earliest: '2026-01-01' }),
			{ q1: ['2025-12-31'] },
			{ problem: { reason: 'too-early', limit: '2026-01-01' } },
		],
		['an option', ask('one-choice', two), { q1: ['o2'] }, { value: { options: ['o2'], other: null } }],
		['two of one', ask('one-choice', two), { q1: ['o1', 'o2'] }, { problem: { reason: 'choice' } }],
		['an option that is not there', ask('one-choice', two), { q1: ['o9'] }, { problem: { reason: 'choice' } }],
		['a name that objects have', ask('one-choice', two), { q1: ['__proto__'] }, { problem: { reason: 'choice' } }],
		[
			"one's own words without choosing them",
			ask('one-choice', two),
			{ 'q1.other': ['mine'] },
			{ value: { options: [], other: 'mine' } },
		],
		[
			'a choice that was taken back, with the words beside it',
			ask('one-choice', { ...two, hasOther: true }),
			{ q1: [''], 'q1.other': ['mine'] },
			{ value: null },
		],
		[
			'a choice that was taken back where one is needed',
			ask('one-choice', { ...two, isRequired: true }),
			{ q1: [''] },
			{ problem: { reason: 'needed' } },
		],
		['a yes that was taken back', ask('yes-no'), { q1: [''] }, { value: null }],
		['a rating that was taken back', ask('rating'), { q1: [''] }, { value: null }],
		[
			'more than the most',
			ask('many-choices', { ...two, most: 1 }),
			{ q1: ['o1', 'o2'] },
			{ problem: { reason: 'too-many', limit: 1 } },
		],
		[
			'fewer than the least',
			ask('many-choices', { ...two, least: 2 }),
			{ q1: ['o1'] },
			{ problem: { reason: 'too-few', limit: 2 } },
		],
		[
			'the same option twice is one',
			ask('many-choices', two),
			{ q1: ['o1', 'o1'] },
			{ value: { options: ['o1'], other: null } },
		],
		['a rating above its points', ask('rating'), { q1: ['6'] }, { problem: { reason: 'choice' } }],
		['half a rating', ask('rating'), { q1: ['3.5'] }, { problem: { reason: 'choice' } }],
		[
			'a ranking with a place twice',
			ask('ranking'),
			{ 'q1.o1': ['1'], 'q1.o2': ['1'], 'q1.o3': ['3'] },
			{ problem: { reason: 'ranking' } },
		],
		[
			'a ranking',
			ask('ranking'),
			{ 'q1.o1': ['3'], 'q1.o2': ['1'], 'q1.o3': ['2'] },
			{ value: { order: ['o2', 'o3', 'o1'] } },
		],
		['a row left out', ask('matrix'), { 'q1.r1': ['o1'] }, { value: { rows: [{ row: 'r1', option: 'o1' }] } }],
		[
			'a needed row left out',
			ask('matrix', { isRequired: true }),
			{ 'q1.r1': ['o1'] },
			{ problem: { reason: 'needed' } },
		],
		['a consent that is needed', ask('consent', { isRequired: true }), {}, { problem: { reason: 'consent' } }],
		['maybe', ask('yes-no'), { q1: ['maybe'] }, { problem: { reason: 'choice' } }],
		['no address', ask('email'), { q1: ['a@b@c'] }, { problem: { reason: 'email' } }],
		['no phone', ask('phone'), { q1: ['call me'] }, { problem: { reason: 'phone' } }],
	];
	for (const [name, question, fields, expected] of cases)
		it(`${name}: ${question.kind}`, () => expect(read(question, fields)).toEqual(expected));
});

it('takes or refuses every value of the wrong kind, and throws for none', () => {
	const values = [
		'x',
		'',
		3,
		NaN,
		-0,
		true,
		{ options: ['o1'], other: null },
		{ rows: [] },
		{ order: ['o1'] },
	] as const;
	for (const kind of questionKinds)
		for (const value of values) {
			const read = checkAnswer(ask(kind), value as never);
			expect('value' in read || 'problem' in read).toBe(true);
		}
});

it('reads back from a form every answer that a page was filled in with', () => {
	const asked = randomSurvey({ questions: 6, isAnswerable: true }).chain(({ questions }) =>
		fc.tuple(fc.constant(questions), fc.tuple(...questions.map(randomAnswer))),
	);
	fc.assert(
		fc.property(asked, ([questions, answers]) => {
			questions.forEach((question, at) => {
				const value = answers[at]!;
				if (value === null) return;
				const typed = typedOf(question, value);
				for (const name of Object.keys(typed)) expect(fieldsOf(question)).toContain(name);
				expect(readAnswer(question, (name) => typed[name] ?? [])).toEqual({ value });
			});
		}),
		{ numRuns: 150 },
	);
});

describe('a shuffled list', () => {
	const ids = ['o1', 'o2', 'o3', 'o4', 'o5'];
	it('has all of it, in an order that only the seed decides', () => {
		expect(shuffled(ids, 'a').toSorted()).toEqual(ids);
		expect(shuffled(ids.toReversed(), 'a')).toEqual(shuffled(ids, 'a'));
	});
	it('puts each in each place about as often', () => {
		const first = new Map<string, number>();
		for (let n = 0; n < 5000; n++) {
			const [id] = shuffled(ids, `seed ${n}`);
			first.set(id!, (first.get(id!) ?? 0) + 1);
		}
		for (const count of first.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
	});
});

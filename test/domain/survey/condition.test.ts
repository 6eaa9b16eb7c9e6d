import { describe, expect, it } from 'vitest';
import type { AnswerValue } from '#lib/domain/survey/answer-value.ts';
import { conditionSchema, holds, questionsIn, type Condition, type Reply } from '#lib/domain/survey/condition.ts';
import { standardScale } from '#lib/domain/survey/metric.ts';

const nps = standardScale('nps');
const reply = (given: Partial<Omit<Reply, 'answers'>> & { answers?: Record<string, AnswerValue> } = {}): Reply => ({
	score: 9,
	properties: [],
	language: 'en',
	...given,
	answers: new Map(Object.entries(given.answers ?? {})),
});
const yes: Condition = { test: 'score', atLeast: 0, atMost: 10 };
const no: Condition = { test: 'score', atLeast: 11, atMost: 12 };

describe('a condition', () => {
	it.each<[string, Condition, Reply, boolean]>([
		['a score at the lower end', { test: 'score', atLeast: 9, atMost: 10 }, reply(), true],
		['a score below', { test: 'score', atLeast: 9, atMost: 10 }, reply({ score: 8 }), false],
		['no score yet', yes, reply({ score: null }), false],
		['a bucket', { test: 'bucket', oneOf: ['promoter'] }, reply(), true],
		['another bucket', { test: 'bucket', oneOf: ['detractor', 'passive'] }, reply(), false],
		['a score off the scale has no bucket', { test: 'bucket', oneOf: ['promoter'] }, reply({ score: 11 }), false],
		['an answer', { test: 'answered', question: 'q1' }, reply({ answers: { q1: false } }), true],
		['nothing answered', { test: 'answered', question: 'q1' }, reply(), false],
		[
			'an option among several',
			{ test: 'option', question: 'q1', oneOf: ['o2'] },
			reply({ answers: { q1: { options: ['o1', 'o2'], other: null } } }),
			true,
		],
		[
			'own words are "other"',
			{ test: 'option', question: 'q1', oneOf: ['other'] },
			reply({ answers: { q1: { options: [], other: 'else' } } }),
			true,
		],
		['no is an option', { test: 'option', question: 'q1', oneOf: ['no'] }, reply({ answers: { q1: false } }), true],
		[
			'the first of a ranking',
			{ test: 'option', question: 'q1', oneOf: ['o2'] },
			reply({ answers: { q1: { order: ['o1', 'o2'] } } }),
			false,
		],
		['a number within', { test: 'number', question: 'q1', atLeast: 1, atMost: 3 }, reply({ answers: { q1: 3 } }), true],
		[
			'text is no number',
			{ test: 'number', question: 'q1', atLeast: 1, atMost: 3 },
			reply({ answers: { q1: '2' } }),
			false,
		],
		[
			'a word in any case and width',
			{ test: 'contains', question: 'q1', text: 'delivery' },
			reply({ answers: { q1: 'Late ＤELIVERY' } }),
			true,
		],
		[
			'a property',
			{ test: 'property', key: 'plan', oneOf: ['pro'] },
			reply({ properties: [{ key: 'plan', value: 'pro' }] }),
			true,
		],
		[
			'a property, however its name and value are written',
			{ test: 'property', key: 'Account type', oneOf: ['pro'] },
			reply({ properties: [{ key: 'account_type', value: 'PRO ' }] }),
			true,
		],
		[
			'a property of another value',
			{ test: 'property', key: 'plan', oneOf: ['pro'] },
			reply({ properties: [{ key: 'plan', value: 'professional' }] }),
			false,
		],
		['a property that is missing', { test: 'property', key: 'plan', oneOf: [''] }, reply(), false],
		['a language', { test: 'language', oneOf: ['si', 'en'] }, reply(), true],
		['all', { test: 'all', of: [yes, no] }, reply(), false],
		['any', { test: 'any', of: [no, yes] }, reply(), true],
		['not', { test: 'not', of: no }, reply(), true],
	])('%s', (_, condition, given, expected) => expect(holds(condition, nps, given)).toBe(expected));

	it('names the questions it looks at, at every depth', () =>
		expect(questionsIn({ test: 'all', of: [yes, { test: 'not', of: { test: 'answered', question: 'q7' } }] })).toEqual([
			'q7',
		]));
});

describe('a condition that cannot be', () => {
	const nested = (depth: number): unknown => (depth === 0 ? yes : { test: 'not', of: nested(depth - 1) });
	it.each([
		['of an unknown kind', { test: 'guess' }],
		['with something besides', { ...yes, extra: 1 }],
		['with nothing in it', { test: 'all', of: [] }],
		['nested too deep', nested(5)],
		['with too many parts', { test: 'any', of: Array.from({ length: 61 }, () => yes) }],
		['of a question that has another kind of name', { test: 'answered', question: '__proto__' }],
		['with a number that is none', { test: 'score', atLeast: NaN, atMost: 10 }],
	])('%s is refused', (_, condition) => expect(conditionSchema.safeParse(condition).success).toBe(false));

	it('may be nested five deep', () => expect(conditionSchema.safeParse(nested(4)).success).toBe(true));
});

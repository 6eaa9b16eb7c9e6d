import { describe, expect, it } from 'vitest';
import type { Definition } from '#lib/domain/survey/definition.ts';
import { differences, marksOf } from '#lib/domain/survey/differences.ts';
import { newQuestion, type Question } from '#lib/domain/survey/question.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';

const csat = definitionFrom(
	templates.find(({ id }) => id === 'csat')!,
	'en',
);
const choice = (given: Partial<Question> = {}) => ({ ...newQuestion('one-choice', 'q1'), ...given }) as Question;
const [q1, q2] = [choice(), newQuestion('long-text', 'q2')];
const base: Definition = {
	...csat,
	questions: [q1, q2],
	texts: {
		en: {
			question: 'Happy?',
			followUps: { satisfied: 'Why?' },
			questions: { q1: { title: 'Which shop?', options: { o1: 'Galle', o2: 'Kandy' } } },
		},
		de: { question: 'Zufrieden?' },
	},
};
const en = base.texts.en!;

const found = (after: Partial<Definition>, before: Partial<Definition> = {}) =>
	differences({ ...base, ...before }, { ...base, ...after });

describe('what differs between two versions', () => {
	const wording = { kind: 'wording', language: 'en' };
	const shop = { number: 1, title: 'Which shop?' };

	it.each<[string, Partial<Definition>, object[]]>([
		['nothing', {}, []],
		['nothing but the order of fields', Object.fromEntries(Object.entries(base).reverse()), []],
		[
			'the question, whose wording ends comparison',
			{ texts: { ...base.texts, en: { ...en, question: undefined } } },
			[{ ...wording, spot: { of: 'question' }, from: 'Happy?', to: null, endsComparison: true }],
		],
		[
			'a translation, which ends none',
			{ texts: { ...base.texts, de: { question: 'Wie war es?' } } },
			[
				{
					...wording,
					language: 'de',
					spot: { of: 'question' },
					from: 'Zufrieden?',
					to: 'Wie war es?',
					endsComparison: false,
				},
			],
		],
		[
			'an option with its name: one is gone from its list, and the other is named in it',
			{
				questions: [choice({ options: ['o1', 'o3'] } as Partial<Question>), q2],
				texts: { ...base.texts, en: { ...en, questions: { q1: { ...shop, options: { o1: 'Galle', o3: 'Jaffna' } } } } },
			},
			[
				{ ...wording, spot: { of: 'option', question: 1, number: 2 }, from: null, to: 'Jaffna' },
				{ kind: 'part-removed', question: shop, of: 'options', part: { number: 2, title: 'Kandy' } },
				{ kind: 'part-added', question: shop, of: 'options', part: { number: 2, title: 'Jaffna' } },
			],
		],
		[
			'a rule, by the numbers of what it looks at and leads to',
			{
				questions: [
					choice({ rules: [{ when: { test: 'option', question: 'q1', oneOf: ['o2', 'other'] }, to: 'q2' }] }),
					q2,
				],
			},
			[
				{
					kind: 'rule-added',
					after: 1,
					rule: { when: { test: 'option', question: 1, oneOf: [2, 'other'] }, to: 2 },
				},
			],
		],
		[
			'a condition on a question that is gone',
			{ questions: [{ ...q2, showIf: { test: 'not', of: { test: 'answered', question: 'q1' } } }] },
			[
				{ kind: 'question-removed', question: shop },
				{
					kind: 'question-shown',
					question: { number: 1, title: null },
					from: null,
					to: { test: 'not', of: { test: 'answered', question: 'gone' } },
				},
			],
		],
		[
			'an ending that thanks, as those without one do',
			{ endings: { satisfied: { kind: 'thanks' } } },
			[{ kind: 'other' }],
		],
	])('%s', (_, after, expected) => {
		expect(found(after)).toMatchObject(expected);
		expect(found(after)).toHaveLength(expected.length);
	});

	it('names what ends comparison first', () => {
		const after = {
			texts: { en: { ...en, question: 'Now?', thanks: 'Bye' } },
			scale: { ...base.scale, look: 'words' as const },
		};
		expect(found(after).map(({ endsComparison }) => endsComparison)).toEqual([true, true, false, false]);
	});

	it('does not call it another question when only the base language became another, in standard wording', () => {
		const standard = { ...base, texts: {} };
		expect(differences(standard, { ...standard, language: 'de' })).toEqual([
			{ kind: 'language', from: 'en', to: 'de', endsComparison: false },
		]);
	});
});

describe('marks in a chart', () => {
	const at = (day: string) => new Date(`2026-0${day}T00:00:00Z`);
	const version = (number: number, day: string, given: Partial<Definition>) => ({
		version: number,
		publishedAt: at(day),
		definition: { ...base, ...given },
	});

	it('are where wording or scale changed, and nowhere else', () => {
		const stars = { scale: { ...base.scale, look: 'stars' } as const };
		const versions = [
			version(1, '1-05', {}),
			version(2, '2-05', { texts: { ...base.texts, en: { ...en, thanks: 'Thank you!' } } }),
			version(3, '3-05', stars),
			version(4, '4-05', { ...stars, questions: [q1] }),
		];
		expect(marksOf(versions)).toEqual([
			{
				version: 3,
				at: at('3-05'),
				differences: [{ kind: 'look', from: 'faces', to: 'stars', endsComparison: true }],
			},
		]);
		expect(marksOf(versions.slice(0, 1))).toEqual([]);
		expect(marksOf([])).toEqual([]);
	});
});

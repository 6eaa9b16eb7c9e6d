import { describe, expect, it } from 'vitest';
import { changed, differenceText } from '#lib/components/difference-words.ts';
import { corners, schemes, typefaces } from '#lib/domain/survey/brand.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import { differences } from '#lib/domain/survey/differences.ts';
import { questionSettings } from '#lib/domain/survey/difference.ts';
import { endingKinds } from '#lib/domain/survey/ending.ts';
import { buckets, looks } from '#lib/domain/survey/metric.ts';
import { newQuestion, questionKinds, type Question } from '#lib/domain/survey/question.ts';
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

/** Each difference as one line: "what: from → to". */
const said = (after: Partial<Definition>, before: Partial<Definition> = {}) =>
	differences({ ...base, ...before }, { ...base, ...after }).map((difference) => {
		const change = changed(difference);
		const both = change ? `: ${change.from ?? 'standard'} → ${change.to ?? 'standard'}` : '';
		return differenceText(difference) + both + (difference.endsComparison ? ' (!)' : '');
	});
const promoters = { when: { test: 'score', atLeast: 5, atMost: 5 }, to: 'end' } as const;

describe('what differs between two versions, in words', () => {
	it.each<[string, Partial<Definition>, string[]]>([
		['nothing', {}, []],
		['the same in another order of its fields', Object.fromEntries(Object.entries(base).reverse()), []],
		[
			'another question',
			{ texts: { ...base.texts, en: { ...en, question: 'Satisfied?' } } },
			['Wording of the question in English: Happy? → Satisfied? (!)'],
		],
		[
			'back to the standard wording',
			{ texts: { ...base.texts, en: { ...en, question: undefined } } },
			['Wording of the question in English: Happy? → standard (!)'],
		],
		[
			'another translation, which ends no comparison',
			{ texts: { ...base.texts, de: { question: 'Wie war es?' } } },
			['Wording of the question in German: Zufrieden? → Wie war es?'],
		],
		[
			'a label of the scale',
			{ texts: { ...base.texts, en: { ...en, lowLabel: 'Bad' } } },
			['Label of the low end in English: standard → Bad (!)'],
		],
		[
			'another follow-up',
			{ texts: { ...base.texts, en: { ...en, followUps: { satisfied: 'How come?' } } } },
			['Follow-up question for satisfied in English: Why? → How come?'],
		],
		['another look', { scale: { ...base.scale, look: 'stars' } }, ['Scale shown as stars instead of faces (!)']],
		[
			'another end first',
			{ scale: { ...base.scale, order: 'high-first' } },
			['Scale shown with the high end first instead of the low end first (!)'],
		],
		['more points', { scale: { ...base.scale, points: 7 } }, ['Scale of 7 points instead of 5 (!)']],
		['another metric', { metric: 'ces' }, ['Asks CES instead of CSAT (!)']],
		['a question more', { questions: [q1, q2, newQuestion('rating', 'q3')] }, ['Question 3 was added (rating)']],
		['a question less', { questions: [q2] }, ['Question 1 “Which shop?” was removed']],
		['questions in another order', { questions: [q2, q1] }, ['The questions come in another order']],
		[
			'another kind of question',
			{ questions: [q1, newQuestion('short-text', 'q2')] },
			['Question 2 is now short text instead of long text'],
		],
		[
			'a question that has to be answered',
			{ questions: [choice({ isRequired: true }), q2] },
			['Question 1 “Which shop?” has to be answered now'],
		],
		[
			'an option more and one less',
			{ questions: [choice({ options: ['o1', 'o3'] } as Partial<Question>), q2] },
			['Question 1 “Which shop?”: Option 2 “Kandy” was removed', 'Question 1 “Which shop?”: Option 2 was added'],
		],
		[
			'a setting of a question',
			{ questions: [q1, { ...newQuestion('long-text', 'q2'), mostCharacters: 300 } as Question] },
			['Question 2: Most characters: 5000 → 300'],
		],
		[
			'another name of an option',
			{
				texts: {
					...base.texts,
					en: { ...en, questions: { q1: { title: 'Which shop?', options: { o1: 'Matara', o2: 'Kandy' } } } },
				},
			},
			['Option 1 of question 1 in English: Galle → Matara'],
		],
		['a rule after the score', { rules: [promoters] }, ['Rule added after the score: if score is 5, go to the end']],
		[
			'a rule after a question, with and, or and not',
			{
				questions: [
					choice({
						rules: [
							{
								when: {
									test: 'all',
									of: [
										{ test: 'not', of: { test: 'option', question: 'q1', oneOf: ['o2', 'other'] } },
										{
											test: 'any',
											of: [
												{ test: 'language', oneOf: ['de'] },
												{ test: 'property', key: 'plan', oneOf: ['Gold'] },
											],
										},
									],
								},
								to: 'end',
							},
						],
					}),
					q2,
				],
			},
			[
				'Rule added after question 1: if not question 1 is option 2 or other and (language is de or plan is “Gold”), go to the end',
			],
		],
		[
			'a condition of a question',
			{ questions: [q1, { ...q2, showIf: { test: 'bucket', oneOf: ['dissatisfied'] } }] },
			['Question 2 is shown: always → bucket is dissatisfied'],
		],
		[
			'another ending',
			{ endings: { satisfied: { kind: 'link', address: 'https://example.com/review' } } },
			['Ending for satisfied: thanks → leads to https://example.com/review'],
		],
		['no comment', { hasComment: false }, ['No comment is asked for any more']],
		['a hidden field', { hiddenFields: ['shop'] }, ['Hidden fields: none → shop']],
		['another sender', { sender: { name: 'Mia', replyTo: null } }, ['Sender’s name: none → Mia']],
		[
			'another brand',
			{ brand: { ...base.brand, colour: '#112233', logoId: 'a'.repeat(24), typeface: 'serif' } },
			['Colour: #1f6f5c → #112233', 'A logo was added', 'Typeface: system → serif'],
		],
		['another template', { template: 'csat-delivery' }, ['Standard wording of another template (!)']],
	])('%s', (_, after, lines) => {
		expect(said(after)).toEqual(lines);
	});

	it('says removed rules, and rules that are only in another order', () => {
		const other = { when: null, to: 'end' } as const;
		expect(said({}, { rules: [promoters] })).toEqual(['Rule removed after the score: if score is 5, go to the end']);
		expect(said({ rules: [other, promoters] }, { rules: [promoters, other] })).toEqual([
			'Rules after the score are tried in another order',
		]);
	});

	it('cuts a title that would fill the line', () => {
		const titled = { ...en, questions: { q1: { title: 'a'.repeat(61) } } };
		expect(said({ questions: [q2], texts: { en: titled } }, { texts: { en: titled } })).toEqual([
			`Question 1 “${'a'.repeat(59)}…” was removed`,
		]);
	});

	it('has words for everything that a survey can be made of', () => {
		const question = { number: 1, title: null };
		const lines = [
			...buckets.flatMap((bucket) =>
				endingKinds.map((kind) => {
					const to = kind === 'link' ? { kind, address: 'https://example.com' } : { kind };
					const change = { kind: 'ending', bucket, from: { kind: 'thanks' }, to } as const;
					return [differenceText(change), changed(change)!.to];
				}),
			),
			...looks.map((look) => differenceText({ kind: 'look', from: look, to: look })),
			...questionKinds.map((asks) => differenceText({ kind: 'question-added', question, asks })),
			...questionSettings.map((setting) =>
				differenceText({ kind: 'question-setting', question, setting, from: 1, to: 2 }),
			),
			...typefaces.map((to) => changed({ kind: 'typeface', from: to, to })!.to),
			...corners.map((to) => changed({ kind: 'corner', from: to, to })!.to),
			...schemes.map((to) => changed({ kind: 'scheme', from: to, to })!.to),
		].flat();
		expect(lines.filter((line) => !line || /surveys_|undefined/.test(line))).toEqual([]);
		expect(new Set(lines)).toContain('Ending for very disappointed');
	});
});

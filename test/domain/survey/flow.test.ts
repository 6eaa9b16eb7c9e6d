import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerValue } from '#lib/domain/survey/answer-value.ts';
import type { Condition, Reply } from '#lib/domain/survey/condition.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import * as flow from '#lib/domain/survey/flow.ts';
import { scaleOf, scoresOf, standardChoice } from '#lib/domain/survey/metric.ts';
import { newQuestion, type Question, type QuestionKind, type Rule } from '#lib/domain/survey/question.ts';
import { randomAnswer } from '#test/support/random-answer.ts';
import { randomSurvey } from '#test/support/random-survey.ts';

type Given = { kind?: QuestionKind; showIf?: Condition; rules?: Rule[] };
const ask = (id: string, { kind = 'yes-no', ...rest }: Given = {}): Question => ({ ...newQuestion(kind, id), ...rest });
const nps = (questions: Question[], rules: Rule[] = []) => ({
	metric: 'nps' as const,
	scale: standardChoice('nps'),
	rules,
	questions,
});
const reply = (score: number, answers: Record<string, AnswerValue> = {}): Reply => ({
	score,
	answers: new Map(Object.entries(answers)),
	properties: [{ key: 'plan', value: 'pro' }],
	language: 'en',
});
const ids = (questions: readonly Question[]) => questions.map(({ id }) => id).join(' ');

const low: Condition = { test: 'bucket', oneOf: ['detractor'] };
const yes = (question: string): Condition => ({ test: 'option', question, oneOf: ['yes'] });

describe('the path', () => {
	const three = [ask('q1'), ask('q2'), ask('q3')];
	const cases: [string, ReturnType<typeof nps>, Reply, string][] = [
		['is every question where nothing decides', nps(three), reply(9), 'q1 q2 q3'],
		['is empty where there are none', nps([]), reply(9), ''],
		['leaves out what is not shown', nps([ask('q1'), ask('q2', { showIf: low }), ask('q3')]), reply(9), 'q1 q3'],
		['shows what its score asks for', nps([ask('q1'), ask('q2', { showIf: low }), ask('q3')]), reply(3), 'q1 q2 q3'],
		['goes where the score leads', nps(three, [{ when: low, to: 'q3' }]), reply(0), 'q3'],
		['ends where the score ends it', nps(three, [{ when: { test: 'not', of: low }, to: 'end' }]), reply(10), ''],
		[
			'takes the first rule that holds',
			nps(three, [
				{ when: null, to: 'q2' },
				{ when: null, to: 'end' },
			]),
			reply(5),
			'q2 q3',
		],
		[
			'follows an answer',
			nps([ask('q1', { rules: [{ when: yes('q1'), to: 'q3' }] }), ask('q2'), ask('q3')]),
			reply(5, { q1: true }),
			'q1 q3',
		],
		[
			'waits for an answer with the next question',
			nps([ask('q1', { rules: [{ when: yes('q1'), to: 'q3' }] }), ask('q2'), ask('q3')]),
			reply(5),
			'q1 q2 q3',
		],
		[
			'follows no rule of a question that is not shown',
			nps([ask('q1', { showIf: low, rules: [{ when: null, to: 'end' }] }), ask('q2')]),
			reply(9),
			'q2',
		],
		[
			'ends where a rule leads nowhere',
			nps([ask('q1', { rules: [{ when: null, to: 'q9' }] }), ask('q2')]),
			reply(9),
			'q1',
		],
		[
			'ends instead of turning in circles',
			nps([ask('q1'), ask('q2', { rules: [{ when: null, to: 'q1' }] }), ask('q3')]),
			reply(9),
			'q1 q2',
		],
		[
			'goes back once where it was not yet',
			nps([ask('q1'), ask('q2'), ask('q3', { rules: [{ when: null, to: 'q1' }] })], [{ when: null, to: 'q3' }]),
			reply(9),
			'q3 q1 q2',
		],
		[
			'knows no answer that comes later',
			nps([ask('q1', { showIf: yes('q2') }), ask('q2')]),
			reply(9, { q2: true }),
			'q2',
		],
		[
			'forgets an answer that is not on it any more',
			nps([ask('q1'), ask('q2', { showIf: yes('q1') }), ask('q3', { showIf: yes('q2') })]),
			reply(9, { q1: false, q2: true }),
			'q1',
		],
		[
			'looks at a property',
			nps([ask('q1', { showIf: { test: 'property', key: 'plan', oneOf: ['pro'] } })]),
			reply(9),
			'q1',
		],
	];
	for (const [name, survey, given, expected] of cases)
		it(name, () => expect(ids(flow.path(survey, given))).toBe(expected));
});

describe('a page', () => {
	const six = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'].map((id) => ask(id));
	const cases: [string, ReturnType<typeof nps>, string[], string][] = [
		['has at most four questions', nps(six), [], 'q1 q2 q3 q4'],
		['goes on after what was asked', nps(six), ['q1', 'q2', 'q3', 'q4'], 'q5 q6'],
		['is empty at the end', nps(six), six.map(({ id }) => id), ''],
		[
			'ends before a question that hangs on it',
			nps([ask('q1'), ask('q2', { showIf: yes('q1') }), ask('q3')]),
			[],
			'q1',
		],
		[
			'ends before one that is asked only if one on it is not answered',
			nps([ask('q1'), ask('q2', { showIf: { test: 'not', of: { test: 'answered', question: 'q1' } } })]),
			[],
			'q1',
		],
		[
			'ends with a question that has rules',
			nps([ask('q1'), ask('q2', { rules: [{ when: yes('q2'), to: 'end' }] }), ask('q3')]),
			[],
			'q1 q2',
		],
		[
			'holds what hangs on the score together',
			nps([ask('q1', { showIf: low }), ask('q2', { showIf: low })]),
			[],
			'q1 q2',
		],
	];
	for (const [name, survey, asked, expected] of cases)
		it(name, () => expect(ids(flow.next(survey, reply(3), asked))).toBe(expected));

	it('knows the one before it', () => {
		const survey = nps(six);
		expect(flow.previous(survey, reply(3), ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'])).toEqual(['q1', 'q2', 'q3', 'q4']);
		expect(flow.previous(survey, reply(3), ['q1', 'q2', 'q3', 'q4'])).toEqual([]);
		expect(flow.previous(survey, reply(3), [])).toBeNull();
		expect(flow.previous(survey, reply(3), ['q9'])).toBeNull();
	});
});

describe('somebody who comes back', () => {
	const needed = (id: string): Question => ({ ...ask(id), isRequired: true });
	const six = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'].map((id) => ask(id));
	const cases: [string, ReturnType<typeof nps>, Reply, string[] | null][] = [
		['is done where nothing is asked', nps([]), reply(9), null],
		['goes on with the first page when none was answered', nps(six), reply(9), []],
		['goes on after the page that has an answer', nps(six), reply(9, { q2: true }), ['q1', 'q2', 'q3', 'q4']],
		['is done when the last page has an answer, whatever was left empty', nps(six), reply(9, { q6: true }), null],
		['goes on where an answer is needed', nps([needed('q1'), ...six.slice(1)]), reply(9, { q6: true }), []],
		['is done when all that is needed is there', nps([needed('q1')]), reply(9, { q1: false }), null],
		[
			'goes on with what an answer leads to',
			nps([ask('q1'), ask('q2', { showIf: yes('q1') })]),
			reply(9, { q1: true }),
			['q1'],
		],
		[
			'is done where an answer leads to nothing',
			nps([ask('q1'), ask('q2', { showIf: yes('q1') })]),
			reply(9, { q1: false }),
			null,
		],
		[
			'is not led on by an answer that is off the path',
			nps([ask('q1', { showIf: low }), ask('q2')]),
			reply(9, { q1: true }),
			[],
		],
	];
	for (const [name, survey, given, expected] of cases)
		it(name, () => expect(flow.resume(survey, given)).toEqual(expected));

	it('is not asked again what they went on from, unless it is needed', () => {
		expect(flow.resume(nps(six), reply(9), 'q4')).toEqual(['q1', 'q2', 'q3', 'q4']);
		expect(flow.resume(nps(six), reply(9), 'q6')).toBeNull();
		expect(flow.resume(nps(six), reply(9, { q6: true }), 'q4'), 'and were further before').toBeNull();
		expect(flow.resume(nps([needed('q1'), ...six.slice(1)]), reply(9), 'q6')).toEqual([]);
		expect(flow.resume(nps(six), reply(9), 'q9'), 'a question that is gone').toEqual([]);
	});
});

/** A survey, a score, and an answer to every question, or none. */
const replies = randomSurvey({ questions: 12, isAnswerable: true }).chain((survey) =>
	fc.record({
		survey: fc.constant(survey),
		score: fc.constantFrom(...scoresOf(scaleOf(survey))),
		language: fc.constantFrom('en' as const, 'si' as const),
		answers: fc
			.tuple(...survey.questions.map((question) => fc.option(randomAnswer(question), { nil: null })))
			.map(
				(values) =>
					new Map(
						values.flatMap((value, at): [string, AnswerValue][] =>
							value === null ? [] : [[survey.questions[at]!.id, value]],
						),
					),
			),
	}),
);

/** Asks page by page, as a customer meets it: each page is answered before the next is looked for. */
const walkThrough = (survey: Definition, whole: Reply) => {
	const given = new Map<string, AnswerValue>();
	const asked: string[] = [];
	const pages: string[][] = [];
	for (;;) {
		const page = flow.next(survey, { ...whole, answers: given }, asked).map(({ id }) => id);
		if (page.length === 0) return { pages, asked, given };
		for (const id of page) {
			asked.push(id);
			const value = whole.answers.get(id);
			if (value !== undefined) given.set(id, value);
		}
		pages.push(page);
		if (pages.length > survey.questions.length) throw new Error('It does not end');
	}
};

describe('any survey, however its rules turn', () => {
	const property = (check: (survey: Definition, whole: Reply) => void) =>
		fc.assert(
			fc.property(replies, ({ survey, ...rest }) => check(survey, { ...rest, properties: [] })),
			{ numRuns: 300 },
		);

	it('is resumed on a page that is there, and never once every answer is', () =>
		property((survey, whole) => {
			const { pages, given } = walkThrough(survey, whole);
			const before = flow.resume(survey, { ...whole, answers: given });
			if (before)
				expect(pages).toContainEqual(flow.next(survey, { ...whole, answers: given }, before).map(({ id }) => id));
			if (given.size === pages.flat().length) expect(before).toBeNull();
		}));
	it('ends, and asks nothing twice', () =>
		property((survey, whole) => {
			const asked = flow.path(survey, whole).map(({ id }) => id);
			expect(new Set(asked).size).toBe(asked.length);
			expect(asked.length).toBeLessThanOrEqual(survey.questions.length);
		}));

	it('asks page by page exactly what its path says', () =>
		property((survey, whole) => {
			const { asked, given } = walkThrough(survey, whole);
			expect(asked).toEqual(flow.path(survey, whole).map(({ id }) => id));
			expect(asked).toEqual(flow.path(survey, { ...whole, answers: given }).map(({ id }) => id));
		}));

	it('finds back over the same pages', () =>
		property((survey, whole) => {
			const { pages } = walkThrough(survey, whole);
			let asked = pages.flat();
			for (const page of pages.toReversed()) {
				const before = flow.previous(survey, whole, asked)!;
				expect(before).toEqual(asked.slice(0, asked.length - page.length));
				asked = before;
			}
			expect(flow.previous(survey, whole, asked)).toBeNull();
		}));

	it('keeps only answers to what it asks', () =>
		property((survey, whole) => {
			const kept = flow.onPath(survey, whole).map(({ question }) => question);
			const path = flow.path(survey, whole).map(({ id }) => id);
			expect(path.filter((id) => whole.answers.has(id))).toEqual(kept);
		}));
});

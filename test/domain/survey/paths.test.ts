import { describe, expect, it } from 'vitest';
import type { Condition } from '#lib/domain/survey/condition.ts';
import { check } from '#lib/domain/survey/paths.ts';
import { newQuestion, type Question, type QuestionKind, type Rule } from '#lib/domain/survey/question.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';

const nps = definitionFrom(
	templates.find(({ id }) => id === 'nps-after-purchase')!,
	'en',
);
const question = (id: string, given: object = {}, kind: QuestionKind = 'short-text'): Question =>
	({ ...newQuestion(kind, id), ...given }) as Question;
const found = (questions: Question[], rules: Rule[] = []) =>
	check({ ...nps, questions, rules }).map(({ kind, question, reason }) => `${kind} ${question}: ${reason.is}`);

const score = (atLeast: number, atMost: number): Condition => ({ test: 'score', atLeast, atMost });
const to = (target: string, when: Condition | null = null): Rule => ({ when, to: target });

describe('the paths of a survey', () => {
	it.each<[string, Question[], Rule[], string[]]>([
		['are sound without questions', [], [], []],
		['are sound one after the other', [question('q1'), question('q2')], [], []],
		[
			'may part by the score and meet again',
			[question('q1', { showIf: score(0, 6) }), question('q2', { showIf: score(7, 10) }), question('q3')],
			[],
			[],
		],
		['may skip to the end', [question('q1', { rules: [to('end', score(0, 6))] }), question('q2')], [], []],
		['lead in a circle', [question('q1'), question('q2', { rules: [to('q1')] })], [], ['loop q2: rule-back']],
		['lead a question to itself', [question('q1', { rules: [to('q1', score(0, 6))] })], [], ['loop q1: rule-back']],
		['lead nowhere', [question('q1', { rules: [to('q9', score(0, 6))] })], [], ['dead-end q1: rule-to-gone']],
		['lead everybody past one', [question('q1'), question('q2')], [to('q2')], ['unreachable q1: passed']],
		[
			'lead every score past one, rule by rule',
			[question('q1'), question('q2')],
			[to('q2', score(0, 6)), to('end', score(7, 10))],
			['unreachable q1: passed'],
		],
		[
			'ask for a score that there is not',
			[question('q1', { showIf: score(11, 12) })],
			[],
			['unreachable q1: no-score'],
		],
		[
			'ask for a score of those who went another way',
			[question('q1', { showIf: score(9, 10) })],
			[to('end', score(7, 10))],
			['unreachable q1: no-score'],
		],
		[
			'look at an answer that comes later',
			[question('q1', { showIf: { test: 'answered', question: 'q2' } }), question('q2')],
			[],
			['dead-end q1: condition-on-later'],
		],
		[
			'look at a question that is gone',
			[question('q1', { showIf: { test: 'answered', question: 'q9' } })],
			[],
			['dead-end q1: condition-on-gone'],
		],
		[
			'look for an option that is gone',
			[question('q1', {}, 'one-choice'), question('q2', { showIf: { test: 'option', question: 'q1', oneOf: ['o9'] } })],
			[],
			['dead-end q2: condition-on-gone-options'],
		],
		[
			'come to a choice without a choice',
			[question('q1', { options: ['o1'] }, 'one-choice')],
			[],
			['dead-end q1: few-options'],
		],
		['come to a ranking of one', [question('q1', { options: ['o1'] }, 'ranking')], [], ['dead-end q1: few-options']],
		['come to a matrix without rows', [question('q1', { rows: [] }, 'matrix')], [], ['dead-end q1: few-rows']],
		['come to choices of none', [question('q1', { options: [] }, 'many-choices')], [], ['dead-end q1: no-options']],
		[
			'ask for more choices than there are',
			[question('q1', { options: ['o1', 'o2'], least: 3 }, 'many-choices')],
			[],
			['dead-end q1: least-above-options'],
		],
		[
			'ask for more choices than they allow',
			[question('q1', { least: 2, most: 1 }, 'many-choices')],
			[],
			['dead-end q1: least-above-most'],
		],
		[
			'are wrong in the same way twice, which is said once',
			[question('q1'), question('q2', { rules: [to('q1', score(0, 6)), to('q2', score(7, 8))] })],
			[],
			['loop q2: rule-back'],
		],
		[
			'come to numbers that are none',
			[question('q1', { min: 5, max: 1 }, 'number')],
			[],
			['dead-end q1: min-above-max'],
		],
		[
			'come to days that are none',
			[question('q1', { earliest: '2026-02-01', latest: '2026-01-01' }, 'date')],
			[],
			['dead-end q1: earliest-after-latest'],
		],
	])('%s', (_, questions, rules, expected) => expect(found(questions, rules)).toEqual(expected));
});

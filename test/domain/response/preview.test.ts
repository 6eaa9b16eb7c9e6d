import { describe, expect, it } from 'vitest';
import { preview, viewSchema, type Walked } from '#lib/domain/response/preview.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { Person } from '#lib/domain/survey/personal.ts';
import { newQuestion } from '#lib/domain/survey/question.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';

const workspace = { id: 'a'.repeat(24), name: 'Shop', timeZone: 'UTC' };
const now = new Date('2026-03-02T09:00:00Z');
const survey: Definition = {
	...definitionFrom(templates[0]!, 'en'),
	questions: [
		{ ...newQuestion('yes-no', 'q1'), isRequired: true },
		{ ...newQuestion('short-text', 'q2'), showIf: { test: 'option', question: 'q1', oneOf: ['no'] } },
		{ ...newQuestion('date', 'q3'), showIf: { test: 'property', key: 'country', oneOf: ['LK'] } },
	],
	endings: { detractor: { kind: 'promise' } },
};
const look = (query: Record<string, string>, rest: { person?: Person; walked?: Walked | null } = {}) =>
	preview(survey, workspace, viewSchema.parse(query), now, rest);
const pressed = (typed: Record<string, string>, go: Walked['go'] = 'next', person?: Person) =>
	look(
		{},
		{
			walked: { typed: Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, [value]])), go },
			...(person && { person }),
		},
	);
const shown = (asking: ReturnType<typeof look>) =>
	asking.step === 'more' ? asking.questions.map(({ id }) => id).join(' ') : asking.step;

describe('a step by itself', () => {
	it.each([
		['question', 'question'],
		['q2', 'q2'],
		['answered', 'answered'],
		['detractor', 'answered'],
		['qgone', 'question'],
		['<script>', 'question'],
	])('%s shows %s', (step, page) => expect(shown(look({ step }))).toBe(page));

	it('shows the end of a part of the scale at a score of it', () => {
		expect(look({ step: 'detractor' })).toMatchObject({ score: 6 });
		expect(look({ step: 'answered' })).toMatchObject({ score: 10 });
	});
});

describe('walking through', () => {
	it('goes from the score to the questions that its answers lead to, and to the end', () => {
		expect(shown(pressed({ score: '3' }))).toBe('q1');
		const one = { score: '3', q1: 'no', at: 'q1', asked: '' };
		expect(shown(pressed(one))).toBe('q2');
		expect(shown(pressed({ ...one, q1: 'yes' }))).toBe('answered');
		const two = pressed({ ...one, q2: 'Slow', at: 'q2', asked: 'q1' });
		expect(two).toMatchObject({
			step: 'answered',
			score: 3,
			answers: [{ question: 'q1', value: false }, { value: 'Slow' }],
		});
	});
	it('goes back, with what was answered', () => {
		const back = pressed({ score: '3', q1: 'no', at: 'q2', asked: 'q1' }, 'back');
		expect(shown(back)).toBe('q1');
		expect(back).toMatchObject({ typed: { q1: ['no'] } });
		expect(pressed({ score: '3', at: 'q1', asked: '' }, 'back')).toMatchObject({ step: 'question', score: 3 });
	});
	it('stays where a score or a required answer is missing, and says so', () => {
		expect(pressed({})).toMatchObject({ step: 'question', problem: { field: 'score' } });
		expect(pressed({ score: '3', at: 'q1', asked: '' })).toMatchObject({ problems: { q1: { reason: 'needed' } } });
	});
	it('stays on its page while the draft is typed, without complaint', () => {
		const page = pressed({ score: '3', at: 'q1', asked: '' }, 'stay');
		expect(page).toMatchObject({ step: 'more', problems: {} });
	});
	it('is led by the properties of whom it is looked at as', () => {
		const person = { name: 'Nimal Perera', properties: [{ key: 'country', value: 'LK' }] };
		const yes = { score: '9', q1: 'yes', at: 'q1', asked: '' };
		expect(shown(pressed(yes))).toBe('answered');
		expect(shown(pressed(yes, 'next', person))).toBe('q3');
		expect(pressed(yes, 'next', person).person).toBe(person);
	});
});

import { describe, expect, it } from 'vitest';
import type { Definition } from '#lib/domain/survey/definition.ts';
import * as edits from '#lib/domain/survey/edits.ts';
import { standardChoice } from '#lib/domain/survey/metric.ts';
import { check } from '#lib/domain/survey/paths.ts';
import { newQuestion } from '#lib/domain/survey/question.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';

const base = (change: Partial<Definition> = {}): Definition => ({
	...definitionFrom(templates[0]!, 'en'),
	questions: [
		{ ...newQuestion('one-choice', 'q1'), rules: [{ when: null, to: 'q3' }] },
		newQuestion('short-text', 'q2'),
		{
			...newQuestion('rating', 'q3'),
			showIf: {
				test: 'all',
				of: [
					{ test: 'bucket', oneOf: ['detractor'] },
					{ test: 'not', of: { test: 'option', question: 'q1', oneOf: ['o1', 'o2'] } },
				],
			},
		},
	],
	texts: {
		en: { questions: { q1: { title: 'One?', options: { o1: 'A', o2: 'B' } }, q2: { title: 'Two?' } } },
		si: { question: 'si?', questions: { q1: { title: 'si one?', options: { o2: 'si B' } } } },
	},
	...change,
});
const ids = ({ questions }: Definition) => questions.map(({ id }) => id);

describe('a question that is added', () => {
	it('comes last, under an id that nothing has', () => {
		const { definition, id } = edits.addQuestion(base(), 'date');
		expect(id).toBe('q4');
		expect(ids(definition)).toEqual(['q1', 'q2', 'q3', 'q4']);
	});
	it('is not given the id of one that was published and deleted', () => {
		expect(edits.addQuestion(base(), 'date', 1, { q7: [] }).id).toBe('q8');
	});
});

it('copies a question right after itself, with its words in every language and without its rules', () => {
	const { definition, id } = edits.duplicateQuestion(base(), 'q1');
	expect(ids(definition)).toEqual(['q1', 'q4', 'q2', 'q3']);
	expect(definition.texts.si?.questions?.[id]).toEqual({ title: 'si one?', options: { o2: 'si B' } });
	expect(definition.questions[1]!.rules).toEqual([]);
});

describe('a question that is removed', () => {
	it('takes along its words, the conditions that look at it and the rules that lead to it', () => {
		const gone = edits.removeQuestion(base(), 'q1');
		expect(ids(gone)).toEqual(['q2', 'q3']);
		expect(gone.texts).toEqual({ en: { questions: { q2: { title: 'Two?' } } }, si: { question: 'si?' } });
		expect(gone.questions[1]!.showIf).toEqual({ test: 'bucket', oneOf: ['detractor'] });
		expect(edits.removeQuestion(base(), 'q3').questions[0]!.rules).toEqual([]);
	});
	it('takes along a rule that would otherwise hold for everybody', () => {
		const when = { test: 'answered' as const, question: 'q1' };
		const before = edits.changeQuestion(base(), 'q2', { rules: [{ when, to: 'end' }] });
		expect(edits.removeQuestion(before, 'q1').questions[0]!.rules).toEqual([]);
	});
	it.each(['q1', 'q2', 'q3'])('leaves no dead end behind: %s', (id) => {
		const found = check(edits.removeQuestion(base(), id)).filter(({ kind }) => kind === 'dead-end');
		expect(found).toEqual([]);
	});
});

it.each([
	['q1', 2, ['q2', 'q3', 'q1']],
	['q3', 0, ['q3', 'q1', 'q2']],
	['q2', 9, ['q1', 'q3', 'q2']],
	['q2', -1, ['q2', 'q1', 'q3']],
	['gone', 1, ['q1', 'q2', 'q3']],
])('moves %s to place %i', (id, to, order) => {
	expect(ids(edits.moveQuestion(base(), id, to))).toEqual(order);
});

describe('an option', () => {
	it('is added under an id that was never published', () => {
		const { definition, id } = edits.addPart(base(), 'q1', 'options', { q1: ['o5'] });
		expect(id).toBe('o6');
		expect(edits.partsOf(definition.questions[0]!, 'options')).toEqual(['o1', 'o2', 'o6']);
	});
	it('goes with its words and with what looks for it', () => {
		const gone = edits.removePart(base(), 'q1', 'options', 'o2');
		expect(gone.texts.si?.questions?.q1).toEqual({ title: 'si one?' });
		expect(gone.questions[2]!.showIf).toMatchObject({ of: [{}, { of: { oneOf: ['o1'] } }] });
		const both = edits.removePart(gone, 'q1', 'options', 'o1');
		expect(both.questions[2]!.showIf).toEqual({ test: 'bucket', oneOf: ['detractor'] });
	});
	it('puts pasted lines into silent options first, and into new ones beside the others', () => {
		const put = (at: number, lines: string[], silent: string[] = []) => {
			const isSilent = (id: string) => silent.includes(id) || !['o1', 'o2', 'o5'].includes(id);
			const { questions, texts } = edits.putParts(base(), { id: 'q1', part: 'options', at }, lines, isSilent, {
				q1: ['o4'],
			});
			const options = edits.partsOf(questions[0]!, 'options');
			return options.map((id) => [id, texts.en!.questions!.q1!.options![id]]);
		};
		const [a, b] = [
			['o1', 'A'],
			['o2', 'B'],
		];
		expect(put(0, ['X', 'Y'])).toEqual([a, ['o5', 'X'], ['o6', 'Y'], b]);
		expect(put(1, ['X', 'Y'])).toEqual([a, b, ['o5', 'X'], ['o6', 'Y']]);
		expect(put(1, ['X', 'Y'], ['o2'])).toEqual([a, ['o2', 'X'], ['o5', 'Y']]);
		expect(put(0, ['X', 'Y', 'Z'], ['o1', 'o2'])).toEqual([
			['o1', 'X'],
			['o2', 'Y'],
			['o5', 'Z'],
		]);
		expect(
			put(
				0,
				Array.from({ length: 60 }, (_, at) => `${at}`),
			),
		).toHaveLength(62);
	});

	it('fills stars from the first on, and leaves the order of other looks as it is', () => {
		const csat = {
			...base(),
			metric: 'csat' as const,
			scale: { ...standardChoice('csat'), order: 'high-first' as const },
		};
		expect(edits.setLook(csat, 'words').scale).toMatchObject({ look: 'words', order: 'high-first' });
		expect(edits.setLook(csat, 'stars').scale).toMatchObject({ look: 'stars', order: 'low-first' });
	});

	it('moves', () => {
		const moved = edits.movePart(base(), 'q1', 'options', 'o2', 0);
		expect(edits.partsOf(moved.questions[0]!, 'options')).toEqual(['o2', 'o1']);
	});
});

describe('a text', () => {
	it('is put in and read', () => {
		const worded = edits.setText(base(), 'ar', ['questions', 'q3', 'title'], 'x');
		expect(edits.textAt(worded, 'ar', ['questions', 'q3', 'title'])).toBe('x');
		expect(edits.textAt(worded, 'fr', ['questions', 'q3', 'title'])).toBe('');
	});
	it('leaves nothing behind when it is emptied', () => {
		const emptied = edits.setText(
			base({ texts: { si: { endings: { passive: { text: 'x' } } } } }),
			'si',
			['endings', 'passive', 'text'],
			'',
		);
		expect(emptied.texts).toEqual({});
	});
});

it('takes the words along to another base language, and keeps further translations', () => {
	const moved = edits.setBase(base(), 'ar');
	expect(moved.language).toBe('ar');
	expect(Object.keys(moved.texts).sort()).toEqual(['ar', 'si']);
	expect(moved.texts.ar).toEqual(base().texts.en);
});

it('keeps the look of a scale where the new length can have it', () => {
	const csat = {
		...base(),
		metric: 'csat' as const,
		scale: edits.setPoints({ metric: 'csat', scale: base().scale }, 5).scale,
	};
	const starry = { ...csat, scale: { ...csat.scale, look: 'stars' as const, order: 'high-first' as const } };
	expect(edits.setPoints(starry, 7).scale).toMatchObject({
		points: 7,
		look: 'stars',
		order: 'high-first',
		topBoxes: 2,
	});
	expect(edits.setPoints({ ...csat, scale: { ...csat.scale, look: 'faces' } }, 7).scale.look).not.toBe('faces');
});

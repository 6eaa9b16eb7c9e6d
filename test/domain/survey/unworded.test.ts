import { expect, it } from 'vitest';
import { newQuestion } from '#lib/domain/survey/question.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';
import { unworded } from '#lib/domain/survey/unworded.ts';
import { standardTexts } from '#lib/messages/standard.ts';

const found = (given: Partial<ReturnType<typeof definitionFrom>>) => {
	const definition = { ...definitionFrom(templates[0]!, 'en'), ...given };
	return unworded(definition, standardTexts(definition, 'en', 'Shop')).map(({ question, reason }) => [
		question,
		reason.is,
	]);
};

it('finds a question, its options and its rows while they say nothing in the base language', () => {
	const questions = [newQuestion('matrix', 'q1')];
	const silent = [
		['q1', 'no-title'],
		['q1', 'silent-options'],
		['q1', 'silent-rows'],
	];
	expect(found({ questions })).toEqual(silent);
	expect(found({ questions, texts: { si: { questions: { q1: { title: 'si' } } } } })).toEqual(silent);
	const q1 = { title: 'Rate each', options: { o1: 'Bad', o2: 'Fair', o3: 'Good' }, rows: { r1: 'Tea' } };
	expect(found({ questions, texts: { en: { questions: { q1 } } } })).toEqual(silent.slice(2));
	const all = { ...q1, rows: { r1: 'Tea', r2: 'Cake' } };
	expect(found({ questions, texts: { en: { questions: { q1: all } } } })).toEqual([]);
});

it('finds nothing in a template, whose standard words every language has', () => {
	for (const template of templates) {
		const definition = definitionFrom(template, 'si');
		expect(unworded(definition, standardTexts(definition, 'si', 'Shop'))).toEqual([]);
	}
});

import { expect, test } from 'vitest';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';
import { newQuestion } from '#lib/domain/survey/question.ts';
import type { RowReason } from '#lib/domain/survey/translation-file.ts';
import { fileProblem, findingText, namesText, notPublished, rowReason, textProblem } from '#lib/messages/problems.ts';

const survey = {
	...definitionFrom(templates[0]!, 'en'),
	questions: [newQuestion('date', 'a'), newQuestion('date', 'b')],
};

test('a finding is said with its question by its place, or alone about the metric', () => {
	const second = { kind: 'dead-end', question: 'b', reason: { is: 'few-options' } } as const;
	const metric = { kind: 'dead-end', question: null, reason: { is: 'rule-to-gone' } } as const;
	expect(findingText(survey, second)).toBe('Question 2: It needs at least two options.');
	expect(findingText(survey, metric)).toBe('A rule leads to a question that is not there any more.');
	expect(notPublished(survey, [metric, second])).toBe(
		'Not published yet. A rule leads to a question that is not there any more. Question 2: It needs at least two options.',
	);
});

test.each<[RowReason, string]>([
	[{ is: 'unknown-key', key: 'nope' }, 'There is no text with the key “nope” in this survey.'],
	[{ is: 'repeated-key', key: 'thanks' }, 'The key “thanks” is in the file twice. Only its first row was taken.'],
	[{ is: 'too-long', length: 1061, most: 60 }, 'It has 1,061 characters, and 60 fit.'],
	[{ is: 'lost-names', names: ['order number'] }, 'It lost {order number}, which the base has.'],
	[
		{ is: 'other-base', base: 'How?', theirs: 'What?' },
		'The base language now says “How?”, and the file translates “What?”.',
	],
	[
		{ is: 'unknown-language', name: 'tlh' },
		'“tlh” is not the code of a language that customers can be met in. The column was left out.',
	],
	[{ is: 'unreadable' }, 'Text follows a closing quote. Inside a quoted cell, write each quote twice ("").'],
])('a row of a translators’ file is refused with the reason: %j', (reason, words) => {
	expect(rowReason(reason)).toBe(words);
});

test('a file that cannot be taken says what to do', () => {
	expect(fileProblem({ is: 'repeated-language', language: 'si' })).toBe('Two columns are for Sinhala. Take one out.');
	expect(fileProblem({ is: 'unreadable' })).toBe(
		'The first row cannot be read. Text follows a closing quote. Inside a quoted cell, write each quote twice ("").',
	);
});

test('a text that is too long says where it stands', () => {
	const spot = { of: 'option', question: 2, number: 1 } as const;
	expect(textProblem({ is: 'too-long', spot, length: 201, most: 200 })).toBe(
		'Question 2, option 1 has 201 characters, and 200 fit. Shorten it.',
	);
});

test('lost names are listed as they stand in the base', () => {
	expect(namesText(['first name'])).toBe('{first name}');
	expect(namesText(['first name', 'order number'])).toBe('{first name} and {order number}');
});

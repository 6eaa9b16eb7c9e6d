// What a condition can look at, and what it begins with once it is chosen.
import type { Condition } from '#lib/domain/survey/condition.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import { bucketsOf, scaleOf } from '#lib/domain/survey/metric.ts';
import type { Question } from '#lib/domain/survey/question.ts';
import { t } from '#lib/messages/managers.ts';

export type Atom = Exclude<Condition, { test: 'all' | 'any' | 'not' }>;
type Test = 'option' | 'number' | 'contains' | 'answered';

export const plainOptions: Readonly<Record<string, () => string>> = {
	yes: t.builder_answer_yes,
	no: t.builder_answer_no,
	other: t.builder_answer_other,
};
export const testWords: Readonly<Record<Test, () => string>> = {
	option: t.builder_test_option,
	number: t.builder_test_number,
	contains: t.builder_test_contains,
	answered: t.builder_test_answered,
};

/** Which questions can be asked of an answer, the usual one first. */
export const testsOf = ({ kind }: Question): Test[] => {
	if (['one-choice', 'many-choices', 'yes-no', 'consent', 'matrix', 'ranking'].includes(kind))
		return ['option', 'answered'];
	if (kind === 'rating' || kind === 'number') return ['number', 'answered'];
	return kind === 'date' ? ['answered'] : ['contains', 'answered'];
};

export const optionsOf = (question: Question): string[] => {
	if (question.kind === 'yes-no' || question.kind === 'consent') return ['yes', 'no'];
	const ids = 'options' in question ? question.options : [];
	return 'hasOther' in question && question.hasOther ? [...ids, 'other'] : ids;
};

export const beginTest = (test: string | null | undefined, question: Question): Atom => {
	const { id } = question;
	switch (test) {
		case 'option':
			return { test, question: id, oneOf: optionsOf(question).slice(0, 1) };
		case 'number':
			return { test, question: id, atLeast: 1, atMost: question.kind === 'rating' ? question.points : 100 };
		case 'contains':
			return { test, question: id, text: '' };
		default:
			return { test: 'answered', question: id };
	}
};

/** The condition that a chosen subject begins with: a question's id, or score, bucket, property, language. */
export const begin = (subject: string, definition: Definition): Atom => {
	const question = definition.questions.find(({ id }) => id === subject);
	if (question) return beginTest(testsOf(question)[0], question);
	const { min, max } = scaleOf(definition);
	switch (subject) {
		case 'score':
			return { test: 'score', atLeast: min, atMost: max };
		case 'property':
			return { test: 'property', key: '', oneOf: [''] };
		case 'language':
			return { test: 'language', oneOf: [definition.language] };
		default:
			return { test: 'bucket', oneOf: bucketsOf(scaleOf(definition)).slice(0, 1) };
	}
};

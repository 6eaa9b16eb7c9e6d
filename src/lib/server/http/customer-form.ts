// What customers' forms and addresses carry, read without trust: every value is a text, known by name, and bounded.
import { tidyComment } from '#lib/domain/response/comment.ts';
import { readAnswer, type AnswerProblem } from '#lib/domain/response/reading.ts';
import { fieldsOf, type Typed } from '#lib/domain/response/typed.ts';
import type { GivenAnswer } from '#lib/domain/survey/answer-value.ts';
import { mostQuestions, type Definition } from '#lib/domain/survey/definition.ts';
import type { Question } from '#lib/domain/survey/question.ts';

/** The longest value that a shared link may carry, in characters. */
const longestHidden = 200;

type Hidden = { key: string; value: string }[];

const hiddenFrom = ({ hiddenFields }: Definition, valueOf: (name: string) => unknown): Hidden =>
	hiddenFields.flatMap((key) => {
		const value = valueOf(key);
		const tidied = typeof value === 'string' ? tidyComment(value).replace(/\s+/g, ' ') : '';
		return tidied ? [{ key, value: [...tidied].slice(0, longestHidden).join('') }] : [];
	});

/** What a shared link carries, by the names that the survey has for it: ?order=17 is { key: 'order', value: '17' }. */
export const hiddenInQuery = (definition: Definition, query: URLSearchParams): Hidden =>
	definition.hiddenFields.length ? hiddenFrom(definition, (key) => query.get(key)) : [];

/** The same, as the page's form carries it along. */
export const hiddenInForm = (definition: Definition, form: FormData): Hidden =>
	hiddenFrom(definition, (key) => form.get(`h.${key}`));

/** Ids of questions in a list such as "q1,q3"; what is no id of this survey is left out. */
export const readIds = ({ questions }: Definition, text: string | null): string[] => {
	const named = new Set((text ?? '').split(',', mostQuestions));
	return questions.map(({ id }) => id).filter((id) => named.has(id));
};

const textsOf = (form: FormData, name: string): string[] =>
	form.getAll(name).filter((value): value is string => typeof value === 'string');

/** Everything about the page itself that a form says. */
export const readForm = (form: FormData) => {
	const text = (name: string) => {
		const value = form.get(name);
		return typeof value === 'string' ? value : '';
	};
	const key = text('key');
	const contact = text('contact');
	return {
		// Two scores in one form are no score.
		score: form.getAll('score').length > 1 ? null : form.get('score'),
		comment: text('comment'),
		version: Number(text('version')) || undefined,
		key: /^[\w-]{22}$/.test(key) ? key : null,
		isChange: form.has('changing'),
		lang: text('to') || text('lang') || null,
		switches: form.has('to'),
		wantsChange: form.has('change'),
		/** From a page of questions: what was asked before it, and what it asks. */
		asked: text('asked'),
		at: form.has('at') ? text('at') : null,
		isResumed: form.has('resumed'),
		goesBack: form.has('back'),
		contact: contact === 'yes' || contact === 'no' ? contact : null,
		email: text('email').trim(),
		form,
	};
};
export type CustomerForm = ReturnType<typeof readForm>;

/** What a page of questions sent: the answers that are right, why the others are not, and all of it as it was typed. */
export const readPage = (questions: readonly Question[], form: FormData) => {
	const answers: GivenAnswer[] = [];
	const problems: Partial<Record<string, AnswerProblem>> = {};
	for (const question of questions) {
		const read = readAnswer(question, (name) => textsOf(form, name));
		if ('problem' in read) problems[question.id] = read.problem;
		else if (read.value !== null) answers.push({ question: question.id, value: read.value });
	}
	const typed: Typed = Object.fromEntries(questions.flatMap(fieldsOf).map((name) => [name, textsOf(form, name)]));
	return { answers, problems, typed };
};

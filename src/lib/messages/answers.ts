// An answer to a question in words, in the language it is read in.
import { isDayText } from '#lib/domain/response/reading.ts';
import type { AnswerValue, GivenAnswer } from '#lib/domain/survey/answer-value.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import { nobody, type Person } from '#lib/domain/survey/personal.ts';
import type { Question } from '#lib/domain/survey/question.ts';
import { wordingFor, type Phrase, type QuestionWording } from '#lib/domain/survey/wording.ts';
import { dayIn } from './dates.ts';
import { m } from './paraglide/messages.js';
import { standardTexts } from './standard.ts';

/** The words of one part, or its place where nobody wrote any. */
export const labelOf = (phrases: Partial<Record<string, Phrase>>, ids: readonly string[], id: string): string =>
	phrases[id]?.text || String(ids.indexOf(id) + 1 || id);

/** "Price, Other: the weather" of many choices; "1. Tea, 2. Cake" of a ranking; "4 of 5" of a rating; text as it is. */
export const saidOf = (
	question: Question,
	value: AnswerValue,
	wording: Pick<QuestionWording, 'options' | 'rows'>,
	language: Language,
): string => {
	const locale = { locale: language };
	const options = 'options' in question ? question.options : [];
	const option = (id: string) => labelOf(wording.options, options, id);
	if (typeof value === 'boolean') return value ? m.yes({}, locale) : m.no({}, locale);
	if (typeof value === 'number')
		return question.kind === 'rating' ? m.score_of({ score: value, max: question.points }, locale) : String(value);
	if (typeof value === 'string')
		return question.kind === 'date' && isDayText(value) ? dayIn(language, new Date(value)) : value;
	if ('rows' in value) {
		const rows = 'rows' in question ? question.rows : [];
		return value.rows.map(({ row, option: id }) => `${labelOf(wording.rows, rows, row)}: ${option(id)}`).join('; ');
	}
	if ('order' in value) return value.order.map((id, index) => `${index + 1}. ${option(id)}`).join(', ');
	const other = value.other === null ? [] : [[m.other_option({}, locale), value.other].filter(Boolean).join(': ')];
	return [...value.options.map(option), ...other].join(', ');
};

/** A question and what was said to it, for a list of answers. */
export type Said = { id: string; question: string; answer: string };

/** The answers of a response in words: the survey's base language is for managers, the customer's own for them. */
export const allSaid = (
	definition: Definition,
	answers: readonly GivenAnswer[],
	company: string,
	language: Language = definition.language,
	person: Person = nobody,
): Said[] => {
	if (answers.length === 0) return [];
	const wording = wordingFor(definition, language, standardTexts(definition, language, company), person);
	return answers.flatMap(({ question: id, value }) => {
		const question = definition.questions.find((question) => question.id === id);
		const words = wording.questions[id];
		if (!question || !words) return [];
		return [{ id, question: words.title.text || id, answer: saidOf(question, value, words, language) }];
	});
};

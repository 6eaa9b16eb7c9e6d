// What the customer's page says around each kind of question: how to answer it, and why an answer cannot be taken.
import type { AnswerProblem } from '#lib/domain/response/reading.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import type { Question, QuestionOf } from '#lib/domain/survey/question.ts';
import type { QuestionWording } from '#lib/domain/survey/wording.ts';
import { dayIn } from './dates.ts';
import { m } from './paraglide/messages.js';
import type { Step } from './scale.ts';

/** How to answer a question, where its controls do not say it themselves. */
export const hintOf = (question: Question, language: Language): string | null => {
	const locale = { locale: language };
	switch (question.kind) {
		case 'many-choices': {
			const { least, most } = question;
			const bounds = [
				least !== null && least > 1 && m.choose_at_least({ least }, locale),
				most !== null && m.choose_at_most({ most }, locale),
			].filter(Boolean);
			return bounds.join(' ') || m.choose_any({}, locale);
		}
		case 'matrix':
			return m.matrix_hint({}, locale);
		case 'ranking':
			return m.rank_hint({}, locale);
		default:
			return null;
	}
};

/** Why an answer cannot be taken, and what to do about it. */
export const reasonOf = (problem: AnswerProblem, language: Language): string => {
	const locale = { locale: language };
	switch (problem.reason) {
		case 'needed':
		case 'choice':
			return m.needs_answer({}, locale);
		case 'consent':
			return m.consent_needed({}, locale);
		case 'email':
			return m.email_wrong({}, locale);
		case 'phone':
			return m.phone_wrong({}, locale);
		case 'number':
			return m.number_wrong({}, locale);
		case 'date':
			return m.date_wrong({}, locale);
		case 'ranking':
			return m.rank_wrong({}, locale);
		case 'too-long':
			return m.answer_too_long({ over: problem.over }, locale);
		case 'too-low':
			return m.number_low({ min: problem.limit }, locale);
		case 'too-high':
			return m.number_high({ max: problem.limit }, locale);
		case 'too-early':
			return m.date_early({ date: dayIn(language, new Date(problem.limit)) }, locale);
		case 'too-late':
			return m.date_late({ date: dayIn(language, new Date(problem.limit)) }, locale);
		case 'too-few':
			return m.choose_at_least({ least: problem.limit }, locale);
		case 'too-many':
			return m.choose_at_most({ most: problem.limit }, locale);
	}
};

/** The steps of a rating, 1 first: their labels at the ends. */
export const ratingSteps = ({ points }: QuestionOf<'rating'>, words: QuestionWording, language: Language): Step[] =>
	Array.from({ length: points }, (_, index) => {
		const score = index + 1;
		const label = score === 1 ? words.lowLabel : score === points ? words.highLabel : null;
		const name = label
			? m.score_of_labelled({ score, max: points, label: label.text }, { locale: language })
			: m.score_of({ score, max: points }, { locale: language });
		return { score, label, name, sign: String(score) };
	});

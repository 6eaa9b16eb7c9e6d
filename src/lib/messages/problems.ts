// What managers read for what the domain finds wrong with a survey, with its texts, and with a file of texts.
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { Finding, Reason } from '#lib/domain/survey/paths.ts';
import type { FileProblem, RowReason } from '#lib/domain/survey/translation-file.ts';
import type { TextProblem } from '#lib/domain/survey/translations.ts';
import { languageText } from './language-names.ts';
import { t, writtenIn } from './managers.ts';
import { placeName } from './places.ts';

/** Why a survey cannot be published: "It needs at least two options." */
export const reasonText = (reason: Reason): string => {
	switch (reason.is) {
		case 'few-options':
			return t.design_problem_few_options();
		case 'no-options':
			return t.design_problem_no_options();
		case 'least-above-options':
			return t.design_problem_least_above_options(reason);
		case 'least-above-most':
			return t.design_problem_least_above_most();
		case 'few-rows':
			return t.design_problem_few_rows();
		case 'min-above-max':
			return t.design_problem_min_above_max();
		case 'earliest-after-latest':
			return t.design_problem_earliest_after_latest();
		case 'condition-on-gone':
			return t.design_problem_condition_on_gone();
		case 'condition-on-later':
			return t.design_problem_condition_on_later();
		case 'condition-on-gone-options':
			return t.design_problem_condition_on_gone_options();
		case 'rule-to-gone':
			return t.design_problem_rule_to_gone();
		case 'rule-back':
			return t.design_problem_rule_back();
		case 'passed':
			return t.design_problem_passed();
		case 'no-score':
			return t.design_problem_no_score();
		case 'no-title':
			return t.design_problem_no_title();
		case 'silent-options':
			return t.design_problem_silent_options();
		case 'silent-rows':
			return t.design_problem_silent_rows();
	}
};

/** A finding with the question it is about, by its place: "Question 2: It needs at least two options." */
export const findingText = ({ questions }: Pick<Definition, 'questions'>, { question, reason }: Finding): string => {
	const problem = reasonText(reason);
	if (question === null) return problem;
	return t.design_problem_of_question({ place: questions.findIndex(({ id }) => id === question) + 1, problem });
};

/** Why a survey was not published: each finding in a sentence of its own. */
export const notPublished = (definition: Pick<Definition, 'questions'>, findings: readonly Finding[]): string =>
	t.design_problem_not_published({ problems: findings.map((finding) => findingText(definition, finding)).join(' ') });

/** Why a translation was not saved. */
export const textProblem = (problem: TextProblem): string => {
	if (problem.is === 'gone') return t.design_text_gone();
	return t.design_text_too_long({ ...problem, place: placeName(problem.spot) });
};

const inBraces = (name: string) => `{${name}}`;

/** What a translation lost of its base: "{first name} and {order number}". */
export const namesText = (names: readonly string[]): string =>
	new Intl.ListFormat(writtenIn()).format(names.map(inBraces));

/** Why a row of a translators' file was not taken. */
export const rowReason = (reason: RowReason): string => {
	switch (reason.is) {
		case 'unknown-language':
			return t.design_row_unknown_language(reason);
		case 'unreadable':
			return t.design_row_unreadable();
		case 'unknown-key':
			return t.design_row_unknown_key(reason);
		case 'repeated-key':
			return t.design_row_repeated_key(reason);
		case 'other-base':
			return t.design_row_other_base(reason);
		case 'too-long':
			return t.design_row_too_long(reason);
		case 'lost-names':
			return t.design_row_lost_names({ names: namesText(reason.names) });
		case 'lost-letters':
			return t.design_row_lost_letters(reason);
	}
};

/** Why a translators' file was not taken at all. */
export const fileProblem = (problem: FileProblem): string => {
	switch (problem.is) {
		case 'empty':
			return t.common_file_empty();
		case 'no-key':
			return t.design_file_no_key();
		case 'no-language':
			return t.design_file_no_language();
		case 'unreadable':
			return t.design_file_unreadable();
		case 'repeated-language':
			return t.design_file_repeated_language({ language: languageText(problem.language) });
	}
};

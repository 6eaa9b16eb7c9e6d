// What a customer said so far, as the survey's logic sees it, and which of it stays.
import { byQuestion, type GivenAnswer } from '../survey/answer-value.ts';
import type { Reply } from '../survey/condition.ts';
import type { Definition } from '../survey/definition.ts';
import { onPath } from '../survey/flow.ts';
import { parseLanguage } from '../survey/language.ts';
import type { Response } from './response.ts';

type Said = Pick<Response, 'score' | 'answers' | 'properties' | 'language'>;

/** A kept answer as conditions look at it. */
export const replyOf = ({ score, answers, properties, language }: Said, definition: Definition): Reply => ({
	score,
	answers: byQuestion(answers),
	properties,
	language: parseLanguage(language) ?? definition.language,
});

/**
 * The answers that are kept: the new ones to the questions of a page in place of the old ones to these. What the path
 * leads to no more, because an earlier answer changed, is left out, so that what is kept is always what would be asked.
 */
export const merged = (
	definition: Definition,
	said: Said,
	page: { questions: readonly string[]; answers: readonly GivenAnswer[] },
): GivenAnswer[] => {
	const others = said.answers.filter(({ question }) => !page.questions.includes(question));
	return onPath(definition, replyOf({ ...said, answers: [...others, ...page.answers] }, definition));
};

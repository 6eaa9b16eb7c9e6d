// What was answered to one question, as it is kept.

/**
 * Text, e-mail, phone and date (YYYY-MM-DD) are text; number and rating are numbers; yes-no and consent are true or
 * false. Choices are option ids, with one's own words beside them; a matrix is a list of rows; a ranking is the option
 * ids in the order given. What was left empty is not kept at all.
 */
export type AnswerValue =
	| string
	| number
	| boolean
	| { options: string[]; other: string | null }
	| { rows: { row: string; option: string }[] }
	| { order: string[] };

/** As it is kept with a response; ids and not field names, so that strangers never choose a name. */
export type GivenAnswer = { question: string; value: AnswerValue };

/** By question id: what conditions and pages look things up in. */
export const byQuestion = (given: readonly GivenAnswer[]): Map<string, AnswerValue> =>
	new Map(given.map(({ question, value }) => [question, value]));

// Conditions and rules with numbers where they have ids: what a version's own numbering makes of them.
import type { Condition } from './condition.ts';
import type { Definition } from './definition.ts';
import type { Rule } from './question.ts';

type Questions = Pick<Definition, 'questions'>;

/** The number of a question, from 1 after the one with the score. */
export type Place = number | 'gone';

/** As a condition, with questions by their place, and options by their number where they are of the question's list. */
export type PlacedCondition =
	| Exclude<Condition, { question: string } | { of: unknown }>
	| { test: 'answered'; question: Place }
	| { test: 'option'; question: Place; oneOf: (number | string)[] }
	| { test: 'number'; question: Place; atLeast: number; atMost: number }
	| { test: 'contains'; question: Place; text: string }
	| { test: 'all' | 'any'; of: PlacedCondition[] }
	| { test: 'not'; of: PlacedCondition };

export type PlacedRule = { when: PlacedCondition | null; to: Place | 'end' };

/** The place of a question: placeOf(definition, 'q2') is 2 where it is the second after the score. */
export const placeOf = ({ questions }: Questions, id: string): Place =>
	questions.findIndex((question) => question.id === id) + 1 || 'gone';

const optionOf = ({ questions }: Questions, question: string, id: string): number | string => {
	const found = questions.find((each) => each.id === question);
	return (found && 'options' in found && found.options.indexOf(id) + 1) || id;
};

/** A condition by numbers: of option o2 of q1 it is option 2 of question 1. */
export const placeCondition = (definition: Questions, condition: Condition): PlacedCondition => {
	switch (condition.test) {
		case 'all':
		case 'any':
			return { test: condition.test, of: condition.of.map((part) => placeCondition(definition, part)) };
		case 'not':
			return { test: 'not', of: placeCondition(definition, condition.of) };
		case 'option': {
			const { question, oneOf } = condition;
			const options = oneOf.map((id) => optionOf(definition, question, id));
			return { test: 'option', question: placeOf(definition, question), oneOf: options };
		}
		case 'answered':
		case 'number':
		case 'contains':
			return { ...condition, question: placeOf(definition, condition.question) };
		default:
			return condition;
	}
};

/** A rule by numbers: to q2 it leads to question 2. */
export const placeRule = (definition: Questions, { when, to }: Rule): PlacedRule => ({
	when: when && placeCondition(definition, when),
	to: to === 'end' ? 'end' : placeOf(definition, to),
});

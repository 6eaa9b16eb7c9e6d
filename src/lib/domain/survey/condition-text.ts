// Conditions and rules in a few words of English, for managers who compare versions.
import type { Condition } from './condition.ts';
import type { Definition } from './definition.ts';
import type { Rule } from './question.ts';

type Questions = Pick<Definition, 'questions'>;

const either = (words: readonly string[]) => words.map((word) => word.replaceAll('-', ' ')).join(' or ');
const range = (what: string, from: number, to: number) =>
	from === to ? `${what} is ${from}` : `${what} is ${from} to ${to}`;

/** "question 2" of its id, counted after the question with the score; "the end" of 'end'. */
export const placeOf = ({ questions }: Questions, id: string): string => {
	const index = questions.findIndex((question) => question.id === id);
	return id === 'end' ? 'the end' : index < 0 ? 'a question that is gone' : `question ${index + 1}`;
};

const option = (definition: Questions, question: string, id: string): string => {
	const found = definition.questions.find((each) => each.id === question);
	const index = found && 'options' in found ? found.options.indexOf(id) : -1;
	return index < 0 ? id : `option ${index + 1}`;
};

/** A condition in words: "score is 0 to 6 and language is de"; "always" of none. */
export const conditionText = (definition: Questions, condition: Condition | null): string => {
	if (condition === null) return 'always';
	const inner = (part: Condition) =>
		part.test === 'all' || part.test === 'any'
			? `(${conditionText(definition, part)})`
			: conditionText(definition, part);
	switch (condition.test) {
		case 'all':
			return condition.of.map(inner).join(' and ');
		case 'any':
			return condition.of.map(inner).join(' or ');
		case 'not':
			return `not ${inner(condition.of)}`;
		case 'score':
			return range('score', condition.atLeast, condition.atMost);
		case 'bucket':
			return `bucket is ${either(condition.oneOf)}`;
		case 'answered':
			return `${placeOf(definition, condition.question)} was answered`;
		case 'option': {
			const { question, oneOf } = condition;
			return `${placeOf(definition, question)} is ${either(oneOf.map((id) => option(definition, question, id)))}`;
		}
		case 'number':
			return range(placeOf(definition, condition.question), condition.atLeast, condition.atMost);
		case 'contains':
			return `${placeOf(definition, condition.question)} contains “${condition.text}”`;
		case 'property':
			return `${condition.key} is ${condition.oneOf.map((value) => `“${value}”`).join(' or ')}`;
		case 'language':
			return `language is ${condition.oneOf.join(' or ')}`;
	}
};

/** "if score is 9 to 10, go to the end". */
export const ruleText = (definition: Questions, { when, to }: Rule): string =>
	`${when === null ? 'always' : `if ${conditionText(definition, when)}`}, go to ${placeOf(definition, to)}`;

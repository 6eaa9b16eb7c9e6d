// A condition as a manager would say it.
import { bucketWords, rangeText } from '#lib/components/builder-words.ts';
import type { Condition } from '#lib/domain/survey/condition.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import { languageNames } from '#lib/domain/survey/language.ts';
import type { StandardTexts } from '#lib/domain/survey/wording.ts';
import { labelOf, titleOf } from './steps.ts';

const list = (words: readonly string[], join: 'or' | 'and'): string =>
	words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${join} ${words.at(-1)}`;

const answers: Record<string, string> = { yes: 'Yes', no: 'No', other: 'Other' };

/** "the score is 0–6 and “Which shop?” is Colombo or Kandy". */
export const conditionText = (condition: Condition, definition: Definition, standard: StandardTexts): string => {
	const say = (part: Condition): string => {
		const text = conditionText(part, definition, standard);
		return part.test === 'all' || part.test === 'any' ? `(${text})` : text;
	};
	const title = (id: string) => {
		const at = definition.questions.findIndex((question) => question.id === id);
		return at === -1 ? 'a question that is gone' : `“${titleOf(definition, standard, id) || `Question ${at + 1}`}”`;
	};
	switch (condition.test) {
		case 'score':
			return `the score is ${rangeText(condition.atLeast, condition.atMost)}`;
		case 'bucket':
			return `they are among: ${list(
				condition.oneOf.map((bucket) => bucketWords[bucket]),
				'or',
			)}`;
		case 'answered':
			return `${title(condition.question)} is answered`;
		case 'option':
			return `${title(condition.question)} is ${list(
				condition.oneOf.map(
					(option) => answers[option] ?? labelOf(definition, standard, condition.question, 'options', option),
				),
				'or',
			)}`;
		case 'number':
			return `${title(condition.question)} is ${rangeText(condition.atLeast, condition.atMost)}`;
		case 'contains':
			return `${title(condition.question)} contains “${condition.text}”`;
		case 'property':
			return `their ${condition.key || 'property'} is ${list(condition.oneOf, 'or')}`;
		case 'language':
			return `they are asked in ${list(
				condition.oneOf.map((code) => languageNames[code]),
				'or',
			)}`;
		case 'all':
			return list(condition.of.map(say), 'and');
		case 'any':
			return list(condition.of.map(say), 'or');
		case 'not':
			return `not ${say(condition.of)}`;
	}
};

// A condition as a manager would say it.
import { bucketWords, either, rangeText, together } from '#lib/components/builder-words.ts';
import { languageText } from '#lib/components/report-words.ts';
import type { Condition } from '#lib/domain/survey/condition.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { StandardTexts } from '#lib/domain/survey/wording.ts';
import { t } from '#lib/messages/managers.ts';
import { plainOptions } from './condition-subjects.ts';
import { labelOf, titleOf } from './steps.ts';

/** "the score is 0–6 and “Which shop?” is Colombo or Kandy". */
export const conditionText = (condition: Condition, definition: Definition, standard: StandardTexts): string => {
	const say = (part: Condition): string => {
		const text = conditionText(part, definition, standard);
		return part.test === 'all' || part.test === 'any' ? t.builder_if_group({ conditions: text }) : text;
	};
	const title = (id: string) => {
		const at = definition.questions.findIndex((question) => question.id === id);
		if (at === -1) return t.builder_if_gone();
		const text = titleOf(definition, standard, id);
		return text ? t.common_quoted({ text }) : t.builder_if_unworded({ place: at + 1 });
	};
	const option = (question: string, id: string) =>
		plainOptions[id]?.() ?? labelOf(definition, standard, question, 'options', id);
	switch (condition.test) {
		case 'score':
			return t.builder_if_score({ range: rangeText(condition.atLeast, condition.atMost) });
		case 'bucket':
			return t.builder_if_bucket({ buckets: either(condition.oneOf.map((bucket) => bucketWords[bucket]())) });
		case 'answered':
			return t.builder_if_answered({ question: title(condition.question) });
		case 'option':
			return t.builder_if_answer({
				question: title(condition.question),
				answers: either(condition.oneOf.map((id) => option(condition.question, id))),
			});
		case 'number':
			return t.builder_if_answer({
				question: title(condition.question),
				answers: rangeText(condition.atLeast, condition.atMost),
			});
		case 'contains':
			return t.builder_if_contains({ question: title(condition.question), text: condition.text });
		case 'property': {
			const values = either(condition.oneOf);
			return condition.key
				? t.builder_if_property({ property: condition.key, values })
				: t.builder_if_some_property({ values });
		}
		case 'language':
			return t.builder_if_language({ languages: either(condition.oneOf.map(languageText)) });
		case 'all':
			return together(condition.of.map(say));
		case 'any':
			return either(condition.of.map(say));
		case 'not':
			return t.builder_if_not({ condition: say(condition.of) });
	}
};

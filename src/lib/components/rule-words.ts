// Conditions and rules in a few words, for managers who compare versions.
import type { PlacedCondition, PlacedRule } from '#lib/domain/survey/placed.ts';
import { t } from '#lib/messages/managers.ts';

const either = (words: readonly string[]) => words.reduce((before, last) => t.surveys_rule_or({ before, last }));
const optionText = (option: number | string) =>
	typeof option === 'number' ? t.surveys_rule_option_number({ number: option }) : t.surveys_rule_option({ option });

/** A condition in words: "score is 0 to 6 and language is de"; "always" of none. */
export const conditionText = (condition: PlacedCondition | null): string => {
	if (condition === null) return t.surveys_rule_always();
	const inner = (part: PlacedCondition) => {
		const text = conditionText(part);
		return part.test === 'all' || part.test === 'any' ? t.surveys_rule_nested({ condition: text }) : text;
	};
	switch (condition.test) {
		case 'all':
			return condition.of.map(inner).reduce((before, last) => t.surveys_rule_and({ before, last }));
		case 'any':
			return either(condition.of.map(inner));
		case 'not':
			return t.surveys_rule_not({ condition: inner(condition.of) });
		case 'score': {
			const { atLeast: from, atMost: to } = condition;
			return from === to ? t.surveys_rule_score({ score: from }) : t.surveys_rule_score_range({ from, to });
		}
		case 'bucket':
			return t.surveys_rule_bucket({
				buckets: either(condition.oneOf.map((bucket) => t.common_bucket({ bucket }))),
			});
		case 'answered':
			return t.surveys_rule_answered(condition);
		case 'option':
			return t.surveys_rule_chosen({
				question: condition.question,
				options: either(condition.oneOf.map(optionText)),
			});
		case 'number': {
			const { question, atLeast: from, atMost: to } = condition;
			return from === to
				? t.surveys_rule_number({ question, number: from })
				: t.surveys_rule_number_range({ question, from, to });
		}
		case 'contains':
			return t.surveys_rule_contains(condition);
		case 'property':
			return t.surveys_rule_property({
				key: condition.key,
				values: either(condition.oneOf.map((text) => t.common_quoted({ text }))),
			});
		case 'language':
			return t.surveys_rule_language({ languages: either(condition.oneOf) });
	}
};

/** "if score is 9 to 10, go to the end". */
export const ruleText = ({ when, to }: PlacedRule): string =>
	when === null ? t.surveys_rule_go_always({ to }) : t.surveys_rule_go_if({ condition: conditionText(when), to });

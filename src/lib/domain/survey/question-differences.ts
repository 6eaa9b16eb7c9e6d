// What is different in the questions after the score, and in the rules that lead through them.
import type { Definition } from './definition.ts';
import {
	between,
	minor,
	questionSettings,
	same,
	type Difference,
	type Named,
	type QuestionSetting,
	type SettingValue,
} from './difference.ts';
import { partsOf, type Part } from './edits.ts';
import { placeCondition, placeOf, placeRule, type Place } from './placed.ts';
import type { Question, Rule } from './question.ts';

/** A question by its number after the one with the score. */
const nameOf = (definition: Definition, id: string): Named => ({
	number: definition.questions.findIndex((question) => question.id === id) + 1,
	title: definition.texts[definition.language]?.questions?.[id]?.title ?? null,
});
const partName = (definition: Definition, question: Question, of: Part, id: string): Named => ({
	number: partsOf(question, of).indexOf(id) + 1,
	title: definition.texts[definition.language]?.questions?.[question.id]?.[of]?.[id] ?? null,
});

/** Rules that came, went or moved; `after` is what they come after. */
export const ruleDifferences = (
	after: Place | 'score',
	[wasIn, old]: [Definition, readonly Rule[]],
	[isIn, now]: [Definition, readonly Rule[]],
): Difference[] => {
	const gone = old.filter((rule) => !now.some((other) => same(rule, other)));
	const added = now.filter((rule) => !old.some((other) => same(rule, other)));
	const isMoved = gone.length === 0 && added.length === 0 && !same(old, now);
	return [
		...gone.map((rule) => minor({ kind: 'rule-removed', after, rule: placeRule(wasIn, rule) })),
		...added.map((rule) => minor({ kind: 'rule-added', after, rule: placeRule(isIn, rule) })),
		...(isMoved ? [minor({ kind: 'rules-moved', after })] : []),
	];
};

const partDifferences = (
	[before, old]: [Definition, Question],
	[after, now]: [Definition, Question],
	of: Part,
): Difference[] => {
	const [was, is] = [partsOf(old, of), partsOf(now, of)];
	const question = nameOf(after, now.id);
	const gone = was.filter((id) => !is.includes(id));
	const added = is.filter((id) => !was.includes(id));
	const isMoved = !same(
		was.filter((id) => is.includes(id)),
		is.filter((id) => was.includes(id)),
	);
	return [
		...gone.map((id) => minor({ kind: 'part-removed', question, of, part: partName(before, old, of, id) })),
		...added.map((id) => minor({ kind: 'part-added', question, of, part: partName(after, now, of, id) })),
		...(isMoved ? [minor({ kind: 'parts-moved', question, of })] : []),
	];
};

const settingsIn = (question: Question) => question as Partial<Record<QuestionSetting, SettingValue>>;

/** What is different in a question that both have. */
const keptDifferences = ([before, was]: [Definition, Question], [after, is]: [Definition, Question]): Difference[] => {
	const question = nameOf(after, is.id);
	if (was.kind !== is.kind) return [minor({ kind: 'question-kind', question, from: was.kind, to: is.kind })];
	const shown = {
		from: was.showIf && placeCondition(before, was.showIf),
		to: is.showIf && placeCondition(after, is.showIf),
	};
	return [
		...between(was.isRequired, is.isRequired, ({ to }) => ({ kind: 'question-required', question, isRequired: to })),
		...between(was.showIf, is.showIf, () => ({ kind: 'question-shown', question, ...shown })),
		...partDifferences([before, was], [after, is], 'options'),
		...partDifferences([before, was], [after, is], 'rows'),
		...questionSettings.flatMap((setting) =>
			between(settingsIn(was)[setting] ?? null, settingsIn(is)[setting] ?? null, (both) => ({
				kind: 'question-setting',
				question,
				setting,
				...both,
			})),
		),
		...ruleDifferences(placeOf(after, is.id), [before, was.rules], [after, is.rules]),
	];
};

/** Questions that came, went, moved or are set differently. Their wording is compared with the texts. */
export const questionDifferences = (before: Definition, after: Definition): Difference[] => {
	const old = new Map(before.questions.map((question) => [question.id, question]));
	const now = new Map(after.questions.map((question) => [question.id, question]));
	const gone = before.questions.filter(({ id }) => !now.has(id));
	const added = after.questions.filter(({ id }) => !old.has(id));
	const kept = after.questions.filter(({ id }) => old.has(id));
	const isMoved = !same(
		before.questions.map(({ id }) => id).filter((id) => now.has(id)),
		kept.map(({ id }) => id),
	);
	return [
		...gone.map(({ id }) => minor({ kind: 'question-removed', question: nameOf(before, id) })),
		...added.map(({ id, kind }) => minor({ kind: 'question-added', question: nameOf(after, id), asks: kind })),
		...(isMoved ? [minor({ kind: 'questions-moved' })] : []),
		...kept.flatMap((question) => keptDifferences([before, old.get(question.id)!], [after, question])),
	];
};

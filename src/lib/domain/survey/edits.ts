// What can be done to a survey while it is built: each takes a definition and gives another, so that undo is a step back.
import type { Condition } from './condition.ts';
import type { Definition } from './definition.ts';
import { nextId } from './ids.ts';
import type { Language } from './language.ts';
import { looksOf, standardChoice, type Look, type Metric } from './metric.ts';
import { newQuestion, type Question, type QuestionKind, type Rule } from './question.ts';
import type { QuestionTexts, Texts } from './texts.ts';

/** What each question that was ever published had, by its id: option and row ids. Ids of what is gone are not given again. */
export type Taken = Readonly<Partial<Record<string, readonly string[]>>>;

const eachTexts = (definition: Definition, change: (texts: Texts) => Texts): Definition => ({
	...definition,
	texts: Object.fromEntries(
		Object.entries(definition.texts).map(([language, texts]) => [language, change(texts as Texts)]),
	),
});

const eachQuestionTexts = (definition: Definition, id: string, change: (texts: QuestionTexts) => QuestionTexts) =>
	eachTexts(definition, (texts) =>
		texts.questions?.[id] ? { ...texts, questions: { ...texts.questions, [id]: change(texts.questions[id]) } } : texts,
	);

/** A condition without the parts that `prune` gives null for; null when nothing is left of it. */
const without = (condition: Condition, prune: (condition: Condition) => Condition | null): Condition | null => {
	if (condition.test === 'not') {
		const of = without(condition.of, prune);
		return of && { ...condition, of };
	}
	if (condition.test === 'all' || condition.test === 'any') {
		const of = condition.of.map((part) => without(part, prune)).filter((part) => part !== null);
		return of.length > 1 ? { ...condition, of } : (of[0] ?? null);
	}
	return prune(condition);
};

/** Takes something out of every condition; a rule whose condition is gone would hold always, and so goes too. */
const pruneConditions = (definition: Definition, prune: (condition: Condition) => Condition | null): Definition => {
	const rules = (all: readonly Rule[]): Rule[] =>
		all.flatMap((rule) => {
			const when = rule.when && without(rule.when, prune);
			return rule.when && !when ? [] : [{ ...rule, when }];
		});
	return {
		...definition,
		rules: rules(definition.rules),
		questions: definition.questions.map((question) => ({
			...question,
			showIf: question.showIf && without(question.showIf, prune),
			rules: rules(question.rules),
		})),
	};
};

/** Adds a question of a kind before the one at `at`, and says its id. */
export const addQuestion = (
	definition: Definition,
	kind: QuestionKind,
	at = definition.questions.length,
	taken: Taken = {},
): { definition: Definition; id: string } => {
	const id = nextId('q', [...definition.questions.map((question) => question.id), ...Object.keys(taken)]);
	const questions = definition.questions.toSpliced(at, 0, newQuestion(kind, id));
	return { definition: { ...definition, questions }, id };
};

/** Puts a copy of a question right after it, with its words in every language; its rules stay with the first. */
export const duplicateQuestion = (
	definition: Definition,
	id: string,
	taken: Taken = {},
): { definition: Definition; id: string } => {
	const at = definition.questions.findIndex((question) => question.id === id);
	const copy = nextId('q', [...definition.questions.map((question) => question.id), ...Object.keys(taken)]);
	const questions = definition.questions.toSpliced(at + 1, 0, { ...definition.questions[at]!, id: copy, rules: [] });
	const withTexts = eachTexts(definition, (texts) =>
		texts.questions?.[id] ? { ...texts, questions: { ...texts.questions, [copy]: texts.questions[id] } } : texts,
	);
	return { definition: { ...withTexts, questions }, id: copy };
};

/** Takes a question out, with its words in every language, the conditions that look at it and the rules that lead to it. */
export const removeQuestion = (definition: Definition, id: string): Definition => {
	const rest = {
		...definition,
		rules: definition.rules.filter(({ to }) => to !== id),
		questions: definition.questions
			.filter((question) => question.id !== id)
			.map((question) => ({ ...question, rules: question.rules.filter(({ to }) => to !== id) })),
	};
	const pruned = pruneConditions(rest, (atom) => ('question' in atom && atom.question === id ? null : atom));
	return eachTexts(pruned, (texts) => {
		const { [id]: _gone, ...questions } = texts.questions ?? {};
		const { questions: _all, ...others } = texts;
		return Object.keys(questions).length ? { ...others, questions } : others;
	});
};

/** Moves a question to the place `to`, counted from 0; beyond the ends it stops there. */
export const moveQuestion = (definition: Definition, id: string, to: number): Definition => {
	const from = definition.questions.findIndex((question) => question.id === id);
	const place = Math.max(0, Math.min(definition.questions.length - 1, to));
	if (from === -1 || from === place) return definition;
	const questions = definition.questions.toSpliced(from, 1).toSpliced(place, 0, definition.questions[from]!);
	return { ...definition, questions };
};

/** Changes settings of a question; those it does not have are ignored. */
export const changeQuestion = (definition: Definition, id: string, change: Record<string, unknown>): Definition => ({
	...definition,
	questions: definition.questions.map((question) =>
		question.id === id
			? ({
					...question,
					...Object.fromEntries(Object.entries(change).filter(([name]) => name in question)),
				} as Question)
			: question,
	),
});

export type Part = 'options' | 'rows';

/** The option or row ids of a question; none where its kind has none. */
export const partsOf = (question: Question, part: Part): readonly string[] =>
	part === 'rows' ? ('rows' in question ? question.rows : []) : 'options' in question ? question.options : [];

const questionOf = (definition: Definition, id: string) => definition.questions.find((question) => question.id === id)!;

/** Adds an option or a row at the end, and says its id. */
export const addPart = (
	definition: Definition,
	id: string,
	part: Part,
	taken: Taken = {},
): { definition: Definition; id: string } => {
	const parts = partsOf(questionOf(definition, id), part);
	const added = nextId(part === 'rows' ? 'r' : 'o', [...parts, ...(taken[id] ?? [])]);
	return { definition: changeQuestion(definition, id, { [part]: [...parts, added] }), id: added };
};

/** Takes an option or a row out, with its words and the conditions that look for it. */
export const removePart = (definition: Definition, id: string, part: Part, gone: string): Definition => {
	const parts = partsOf(questionOf(definition, id), part).filter((each) => each !== gone);
	const changed = changeQuestion(definition, id, { [part]: parts });
	const pruned = pruneConditions(changed, (atom) => {
		if (part === 'rows' || atom.test !== 'option' || atom.question !== id) return atom;
		const oneOf = atom.oneOf.filter((option) => option !== gone);
		return oneOf.length ? { ...atom, oneOf } : null;
	});
	return eachQuestionTexts(pruned, id, (texts) => {
		const { [gone]: _gone, ...labels } = texts[part] ?? {};
		const { [part]: _all, ...others } = texts;
		return Object.keys(labels).length ? { ...others, [part]: labels } : others;
	});
};

/** Moves an option or a row to the place `to`, counted from 0. */
export const movePart = (definition: Definition, id: string, part: Part, moved: string, to: number): Definition => {
	const parts = partsOf(questionOf(definition, id), part);
	const place = Math.max(0, Math.min(parts.length - 1, to));
	const order = parts.filter((each) => each !== moved).toSpliced(place, 0, moved);
	return changeQuestion(definition, id, { [part]: order });
};

/**
 * Puts lines, such as a pasted list, into options or rows from the place `at` on: each into one that says nothing yet,
 * else into a new one before the next. `isSilent` tells of an id whether it says nothing.
 */
export const putParts = (
	definition: Definition,
	{ id, part, at }: { id: string; part: Part; at: number },
	lines: readonly string[],
	isSilent: (id: string) => boolean,
	taken: Taken = {},
): Definition => {
	const first = partsOf(questionOf(definition, id), part)[at];
	const start = first !== undefined && !isSilent(first) ? at + 1 : at;
	return lines.reduce((former, line, index) => {
		const there = partsOf(questionOf(former, id), part)[start + index];
		const added = there !== undefined && isSilent(there) ? null : addPart(former, id, part, taken);
		const next = added ? movePart(added.definition, id, part, added.id, start + index) : former;
		return setText(next, definition.language, ['questions', id, part, added?.id ?? there!], line);
	}, definition);
};

/** Another length of the scale: look and order stay where the new length can have them. */
export const setPoints = <Asked extends { metric: Metric; scale: Definition['scale'] }>(
	definition: Asked,
	points: number,
): Asked => {
	const { look, order } = definition.scale;
	const scale = standardChoice(definition.metric, points);
	const kept = looksOf(definition.metric, points).includes(look) ? look : scale.look;
	return { ...definition, scale: { ...scale, look: kept, order } };
};

/** Another look of the steps. Stars are filled from the first on, so the low end of them is always first. */
export const setLook = (definition: Definition, look: Look): Definition => ({
	...definition,
	scale: { ...definition.scale, look, ...(look === 'stars' && { order: 'low-first' as const }) },
});

/** Another base language: the base's own words are said to be in it from now on, and further translations stay. */
export const setBase = (definition: Definition, language: Language): Definition => {
	if (language === definition.language) return definition;
	const { [definition.language]: own, [language]: _replaced, ...translations } = definition.texts;
	return { ...definition, language, texts: own ? { ...translations, [language]: own } : translations };
};

type Tree = { [name: string]: unknown };

/** With `value` at a path of names; where it is empty, what it leaves empty goes too. */
const put = (tree: Tree, [name, ...rest]: readonly string[], value: string): Tree => {
	const { [name!]: inner, ...others } = tree;
	const branch = typeof inner === 'object' && inner !== null ? (inner as Tree) : {};
	const changed = rest.length ? put(branch, rest, value) : value;
	const isEmpty = typeof changed === 'string' ? changed === '' : Object.keys(changed).length === 0;
	if (isEmpty) return others;
	return name! in tree ? { ...tree, [name!]: changed } : { ...others, [name!]: changed };
};

/** Where a text stands within those of a language: ['questions', 'q1', 'title']. */
export type TextPath = readonly string[];

/** A survey with other words at one place; '' goes back to the standard wording. */
export const setText = (definition: Definition, language: Language, path: TextPath, value: string): Definition => ({
	...definition,
	texts: put(definition.texts, [language, ...path], value) as Definition['texts'],
});

/** The survey's own words at one place, or ''. */
export const textAt = (definition: Definition, language: Language, path: TextPath): string => {
	let at: unknown = definition.texts[language];
	for (const name of path) at = typeof at === 'object' && at !== null ? (at as Tree)[name] : undefined;
	return typeof at === 'string' ? at : '';
};

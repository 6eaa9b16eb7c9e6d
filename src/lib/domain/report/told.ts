// What anonymous answers may tell beyond their score: buckets, choices and words, where nobody stands out by them.
import type { Response } from '../response/response.ts';
import type { AnswerValue } from '../survey/answer-value.ts';
import type { Definition } from '../survey/definition.ts';
import { bucketOf, isScore, type Scale } from '../survey/metric.ts';
import { fewestShown, isRevealing } from './anonymity.ts';

type Answer = Pick<Response, 'id' | 'score' | 'answers'>;

/** The ids of answers that share something, such as an option. */
export type Cut = ReadonlySet<string>;

/** Answers of weeks that are only ever told of together. */
export type Told<Given extends Answer = Answer> = { from: string; until: string; answers: readonly Given[] };

/**
 * Whether these cuts of a whole may stand side by side: no cut, nothing that it leaves, and nothing that one leaves of
 * another around it is one to four answers. 12 detractors, 9 of them asked why, would tell of three.
 */
export const canTell = (whole: number, cuts: readonly Cut[]): boolean =>
	cuts.every(({ size }) => !isRevealing(size, whole)) &&
	cuts.every((a) => cuts.every((b) => !isRevealing(b.size, a.size) || !b.isSubsetOf(a)));

/** Batches with those after them until what they say can be told. The last ones wait, so that every look is at wholes. */
export const together = <Given extends Answer>(
	batches: readonly Told<Given>[],
	cutsOf: (answers: readonly Given[]) => readonly Cut[],
): Told<Given>[] => {
	const told: Told<Given>[] = [];
	let open = null as Told<Given> | null;
	for (const { from, until, answers } of batches) {
		open = { from: open?.from ?? from, until, answers: [...(open?.answers ?? []), ...answers] };
		if (!canTell(open.answers.length, cutsOf(open.answers))) continue;
		told.push(open);
		open = null;
	}
	return told;
};

/** Adds an id to the cut of a key. */
const put = (cuts: Map<string, Set<string>>, key: string, id: string) => {
	const cut = cuts.get(key) ?? new Set();
	cuts.set(key, cut.add(id));
};

/** The answers by bucket. */
export const byBucket = (scale: Scale, answers: readonly Answer[]): Map<string, Cut> => {
	const cuts = new Map<string, Set<string>>();
	for (const { id, score } of answers) if (isScore(scale, score)) put(cuts, bucketOf(scale, score), id);
	return cuts;
};

/** Of choices: that there were own words, whatever they say. */
export const ownWords = { options: [], other: '' } satisfies AnswerValue;

/**
 * What of a value is counted, each as if it were all that was answered: every option, that there were own words, yes or
 * no, every row of a matrix, and what a ranking has first.
 */
export const choicesIn = (value: AnswerValue): AnswerValue[] => {
	if (typeof value === 'boolean') return [value];
	if (typeof value !== 'object') return [];
	if ('rows' in value) return value.rows.map((row) => ({ rows: [row] }));
	if ('order' in value) return value.order.slice(0, 1).map((first) => ({ order: [first] }));
	const options = value.options.map((option) => ({ options: [option], other: null }));
	return value.other === null ? options : [...options, ownWords];
};

/** What was said to one question, by answer. */
export const valuesOf = (question: string, answers: readonly Answer[]): Map<string, AnswerValue> =>
	new Map(
		answers.flatMap(({ id, answers }) =>
			answers.filter((given) => given.question === question).map(({ value }) => [id, value] as const),
		),
	);

/** From so many answers on, what fewer than five chose is told as one; before, it waits for others. */
export const enoughToMerge = 20;

/** Who chose what of a question, by the choice as JSON; `rest` are those who made a choice of the `merged`. */
export type Choices = { answered: Cut; byChoice: Map<string, Cut>; rest: Cut; merged: string[] };

/** The choices of a question: of 28 with 11, 8, 5, 3 and 1 the last three are one rest of 9. */
export const choicesOf = (question: string, answers: readonly Answer[]): Choices => {
	const values = valuesOf(question, answers);
	const answered = new Set(values.keys());
	const byChoice = new Map<string, Set<string>>();
	for (const [id, value] of values) for (const choice of choicesIn(value)) put(byChoice, JSON.stringify(choice), id);
	const all = { answered, byChoice, rest: new Set<string>(), merged: [] };
	if (answered.size < enoughToMerge) return all;
	const kept: Map<string, Cut> = new Map(byChoice);
	let rest = new Set<string>();
	for (const [choice, cut] of [...byChoice].sort(([, a], [, b]) => a.size - b.size)) {
		if (cut.size >= fewestShown && !(rest.size > 0 && rest.size < fewestShown)) break;
		rest = rest.union(cut);
		kept.delete(choice);
	}
	const merged = [...byChoice.keys()].filter((choice) => !kept.has(choice));
	return kept.size > 0 ? { answered, byChoice: kept, rest, merged } : all;
};

/** What a question tells of these answers. */
const cutsOfQuestion = (question: string, answers: readonly Answer[]): Cut[] => {
	const { answered, byChoice, rest } = choicesOf(question, answers);
	return [answered, ...byChoice.values(), rest];
};

/** Whether what somebody is asked tells what they answered before. */
const isConditional = ({ rules, questions }: Pick<Definition, 'rules' | 'questions'>): boolean =>
	rules.length > 0 || questions.some(({ showIf, rules }) => showIf !== null || rules.length > 0);

/**
 * What may be told of the buckets and of each question: the weeks that each is told of, oldest first. Where questions
 * depend on answers, buckets and questions are told of the same weeks, because each tells of the others.
 */
export const tell = <Given extends Answer>(
	scale: Scale,
	definitions: readonly Pick<Definition, 'rules' | 'questions'>[],
	batches: readonly Told<Given>[],
): { buckets: Told<Given>[]; questions: Map<string, Told<Given>[]> } => {
	const ids = [...new Set(definitions.flatMap(({ questions }) => questions.map(({ id }) => id)))];
	const bucketCuts = (answers: readonly Given[]) => [...byBucket(scale, answers).values()];
	if (definitions.some(isConditional)) {
		const told = together(batches, (answers) => [
			...bucketCuts(answers),
			...ids.flatMap((id) => cutsOfQuestion(id, answers)),
		]);
		return { buckets: told, questions: new Map(ids.map((id) => [id, told])) };
	}
	return {
		buckets: together(batches, bucketCuts),
		questions: new Map(ids.map((id) => [id, together(batches, (answers) => cutsOfQuestion(id, answers))])),
	};
};

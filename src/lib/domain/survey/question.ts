// The questions that may follow the metric: what each kind can be set to.
import { z } from 'zod';
import { boundSchema, conditionSchema } from './condition.ts';
import { optionIdSchema, questionIdSchema, rowIdSchema } from './ids.ts';

/** Where to go after an answer: to a question, or to the end. The first whose condition holds is taken; none means the next question. */
export const ruleSchema = z.strictObject({
	/** Null is always. */
	when: conditionSchema.nullable(),
	to: z.union([questionIdSchema, z.literal('end')]),
});
export type Rule = z.output<typeof ruleSchema>;
export const rulesSchema = z.array(ruleSchema).max(20, 'At most 20 rules at one question');

const common = {
	id: questionIdSchema,
	isRequired: z.boolean(),
	/** Asked only when this holds; null is always. */
	showIf: conditionSchema.nullable(),
	rules: rulesSchema,
};

/** So many options or rows a question has at most. */
export const mostParts = 50;

const whole = (most: number) => {
	const error = `Write a whole number from 1 to ${most}`;
	return z.number(error).int(error).min(1, error).max(most, error);
};
const unique = (ids: readonly string[]) => new Set(ids).size === ids.length;
const list = <Id extends z.ZodType<string>>(id: Id) =>
	z.array(id).max(mostParts, `At most ${mostParts}`).refine(unique, 'Two of these have the same id');
const options = list(optionIdSchema);
const count = whole(mostParts);
const day = z.iso.date('A date is year, month and day, such as 2026-01-31');

const kind = <Kind extends string, Shape extends z.ZodRawShape>(name: Kind, shape: Shape) =>
	z.strictObject({ kind: z.literal(name), ...common, ...shape });

const text = { mostCharacters: whole(10_000) };
const choices = {
	options,
	/** Whether there is a last option with a field for one's own words. */
	hasOther: z.boolean(),
	/** In another order for each person, always the same for one. */
	isShuffled: z.boolean(),
};

export const questionSchema = z.discriminatedUnion('kind', [
	kind('short-text', text),
	kind('long-text', text),
	kind('one-choice', choices),
	kind('many-choices', { ...choices, least: count.nullable(), most: count.nullable() }),
	kind('rating', { points: z.number().int().min(2).max(10), look: z.enum(['stars', 'numbers']) }),
	/** Each row is given one of the options. */
	kind('matrix', { rows: list(rowIdSchema), options, isShuffled: z.boolean() }),
	/** All options, put in order. */
	kind('ranking', { options, isShuffled: z.boolean() }),
	kind('date', { earliest: day.nullable(), latest: day.nullable() }),
	kind('yes-no', {}),
	kind('email', {}),
	kind('phone', {}),
	kind('number', { min: boundSchema.nullable(), max: boundSchema.nullable(), isWhole: z.boolean() }),
	/** A sentence to agree to; required means that nobody goes on without. */
	kind('consent', {}),
]);
export type Question = z.output<typeof questionSchema>;
export type QuestionKind = Question['kind'];
export type QuestionOf<Kind extends QuestionKind> = Extract<Question, { kind: Kind }>;
export const questionKinds = questionSchema.options.map(({ shape }) => shape.kind.value) as QuestionKind[];

type Kinds = { [Kind in QuestionKind]: Omit<QuestionOf<Kind>, 'kind' | keyof typeof common> };

const defaults: Kinds = {
	'short-text': { mostCharacters: 200 },
	'long-text': { mostCharacters: 5000 },
	'one-choice': { options: ['o1', 'o2'], hasOther: false, isShuffled: false },
	'many-choices': { options: ['o1', 'o2'], hasOther: false, isShuffled: false, least: null, most: null },
	rating: { points: 5, look: 'stars' },
	matrix: { rows: ['r1', 'r2'], options: ['o1', 'o2', 'o3'], isShuffled: false },
	ranking: { options: ['o1', 'o2', 'o3'], isShuffled: false },
	date: { earliest: null, latest: null },
	'yes-no': {},
	email: {},
	phone: {},
	number: { min: null, max: null, isWhole: false },
	consent: {},
};

/** A new question of a kind, optional and always asked. */
export const newQuestion = (kind: QuestionKind, id: string): Question =>
	({ kind, id, isRequired: false, showIf: null, rules: [], ...defaults[kind] }) as Question;

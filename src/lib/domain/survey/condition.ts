// When something is shown or skipped: by the score, its bucket, an answer, a property or the language, with and, or and not.
import { z } from 'zod';
import type { Property } from '../contact/contact.ts';
import type { AnswerValue } from './answer-value.ts';
import { optionIdSchema, questionIdSchema } from './ids.ts';
import { languages, type Language } from './language.ts';
import { bucketOf, buckets, isScore, type Bucket, type Scale } from './metric.ts';
import { slotName } from './personal.ts';

const some = <Member extends z.ZodType>(member: Member) => z.array(member).min(1, 'Choose at least one').max(100);
const tooFar = 'Write a number of at most twelve digits';
/** What a number of an answer is compared with. */
export const boundSchema = z.number(tooFar).min(-1e12, tooFar).max(1e12, tooFar);

const atoms = [
	z.strictObject({ test: z.literal('score'), atLeast: boundSchema, atMost: boundSchema }),
	z.strictObject({ test: z.literal('bucket'), oneOf: some(z.enum(buckets)) }),
	/** Whether the question was answered at all. */
	z.strictObject({ test: z.literal('answered'), question: questionIdSchema }),
	/** One of these options is chosen. `yes` and `no` of a yes-no question and a consent are options too, as is `other`. */
	z.strictObject({
		test: z.literal('option'),
		question: questionIdSchema,
		oneOf: some(z.union([optionIdSchema, z.enum(['yes', 'no', 'other'])])),
	}),
	z.strictObject({ test: z.literal('number'), question: questionIdSchema, atLeast: boundSchema, atMost: boundSchema }),
	z.strictObject({
		test: z.literal('contains'),
		question: questionIdSchema,
		text: z.string().trim().min(1, 'Write what the answer contains').max(200, 'At most 200 characters'),
	}),
	z.strictObject({
		test: z.literal('property'),
		key: z.string().trim().min(1, 'Write the name of a property').max(100, 'At most 100 characters'),
		oneOf: some(z.string().max(500, 'At most 500 characters')),
	}),
	z.strictObject({ test: z.literal('language'), oneOf: some(z.enum(languages)) }),
] as const;
type Atom = z.output<(typeof atoms)[number]>;

export type Condition =
	Atom | { test: 'all'; of: Condition[] } | { test: 'any'; of: Condition[] } | { test: 'not'; of: Condition };

/** How deep conditions may be nested, and how many may be in one. */
const [mostDepth, mostParts] = [5, 60];

const depthOf = (condition: Condition): number =>
	condition.test === 'all' || condition.test === 'any'
		? 1 + Math.max(0, ...condition.of.map(depthOf))
		: condition.test === 'not'
			? 1 + depthOf(condition.of)
			: 1;

/** Every part of a condition that is not made of others. */
export const atomsOf = (condition: Condition): Atom[] =>
	condition.test === 'all' || condition.test === 'any'
		? condition.of.flatMap(atomsOf)
		: condition.test === 'not'
			? atomsOf(condition.of)
			: [condition];

const partSchema: z.ZodType<Condition, Condition> = z.discriminatedUnion('test', [
	...atoms,
	z.strictObject({
		test: z.literal('all'),
		get of() {
			return some(partSchema);
		},
	}),
	z.strictObject({
		test: z.literal('any'),
		get of() {
			return some(partSchema);
		},
	}),
	z.strictObject({
		test: z.literal('not'),
		get of() {
			return partSchema;
		},
	}),
]);

export const conditionSchema = partSchema
	.refine((condition) => depthOf(condition) <= mostDepth, `Conditions can be nested ${mostDepth} deep`)
	.refine((condition) => atomsOf(condition).length <= mostParts, `At most ${mostParts} conditions in one`);

/** What is known of a reply so far. */
export type Reply = {
	score: number | null;
	/** By question id; what was left empty is not in it. */
	answers: ReadonlyMap<string, AnswerValue>;
	properties: readonly Property[];
	language: Language;
};

/** The questions whose answers a condition looks at. */
export const questionsIn = (condition: Condition): string[] =>
	atomsOf(condition).flatMap((atom) => ('question' in atom ? [atom.question] : []));

const chosen = (value: AnswerValue | undefined): string[] => {
	if (value === undefined) return [];
	if (typeof value === 'boolean') return [value ? 'yes' : 'no'];
	if (typeof value === 'object' && 'options' in value)
		return value.other === null ? value.options : [...value.options, 'other'];
	if (typeof value === 'object' && 'rows' in value) return value.rows.map(({ option }) => option);
	// The first of a ranking is what was chosen most.
	return typeof value === 'object' ? value.order.slice(0, 1) : [];
};

const textOf = (value: AnswerValue | undefined): string =>
	typeof value === 'string' ? value : typeof value === 'object' && 'options' in value ? (value.other ?? '') : '';

const plain = (text: string) => text.normalize('NFKC').trim().toLocaleLowerCase('en');

const holdsAtom = (atom: Atom, scale: Scale, reply: Reply): boolean => {
	switch (atom.test) {
		case 'score':
			return reply.score !== null && reply.score >= atom.atLeast && reply.score <= atom.atMost;
		case 'bucket':
			return reply.score !== null && isScore(scale, reply.score) && atom.oneOf.includes(bucketOf(scale, reply.score));
		case 'answered':
			return reply.answers.has(atom.question);
		case 'option':
			return chosen(reply.answers.get(atom.question)).some((option) => atom.oneOf.includes(option as Bucket & string));
		case 'number': {
			const value = reply.answers.get(atom.question);
			return typeof value === 'number' && value >= atom.atLeast && value <= atom.atMost;
		}
		case 'contains':
			return plain(textOf(reply.answers.get(atom.question))).includes(plain(atom.text));
		case 'property':
			return reply.properties.some(
				({ key, value }) =>
					slotName(key) === slotName(atom.key) && atom.oneOf.some((one) => plain(one) === plain(value)),
			);
		case 'language':
			return atom.oneOf.includes(reply.language);
	}
};

/** Whether a condition holds for a reply: { test: 'score', atLeast: 9, atMost: 10 } holds for a 9. What is not known yet does not. */
export const holds = (condition: Condition, scale: Scale, reply: Reply): boolean => {
	switch (condition.test) {
		case 'all':
			return condition.of.every((part) => holds(part, scale, reply));
		case 'any':
			return condition.of.some((part) => holds(part, scale, reply));
		case 'not':
			return !holds(condition.of, scale, reply);
		default:
			return holdsAtom(condition, scale, reply);
	}
};

// From what is typed to a draft: a text left empty asks in the standard wording.
import { z } from 'zod';
import { definitionSchema, surveyNameSchema, type Definition } from './definition.ts';
import { setBase } from './edits.ts';
import { languages } from './language.ts';

type Tree = { [name: string]: unknown };

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** { question: ' ', followUps: { passive: '' } } → {}: what is empty is left out, at every depth. */
export const withoutBlanks = (value: unknown): unknown => {
	if (typeof value === 'string') return value.trim() === '' ? undefined : value;
	if (!isTree(value)) return value;
	const kept = Object.entries(value)
		.map(([name, inner]) => [name, withoutBlanks(inner)] as const)
		.filter(([, inner]) => inner !== undefined);
	return kept.length ? Object.fromEntries(kept) : undefined;
};

/** Texts without what is empty; a language that the survey was given stays, though nothing is written in it yet. */
const tidiedTexts = (texts: Tree, base: unknown): Tree =>
	Object.fromEntries(
		Object.entries(texts).flatMap(([language, own]) => {
			const kept = withoutBlanks(own) ?? (language === base ? undefined : {});
			return kept === undefined ? [] : [[language, kept]];
		}),
	);

/** As a form leaves it: empty texts gone, an empty name or address of the sender none. */
const tidied = (draft: unknown): unknown => {
	if (!isTree(draft)) return draft;
	const orNull = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value);
	const eachOrNull = (tree: unknown) =>
		isTree(tree) ? Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, orNull(value)])) : tree;
	const brand = isTree(draft.brand)
		? { ...draft.brand, logoId: orNull(draft.brand.logoId), background: eachOrNull(draft.brand.background) }
		: draft.brand;
	return {
		...draft,
		texts: isTree(draft.texts) ? tidiedTexts(draft.texts, draft.language) : draft.texts,
		sender: eachOrNull(draft.sender),
		brand,
	};
};

/** What the builder saves: everything at once, over the revision that it saw. */
export const draftSchema = z.object({
	draftRevision: z.coerce.number().int().min(0),
	name: surveyNameSchema,
	draft: z.preprocess(tidied, definitionSchema),
});
export type Draft = { name: string; draft: Definition };

const texts = z.record(z.string(), z.unknown());

/** The words of one step, as a plain form sends them: each field is named by its place, such as draft.texts.en.question. */
export const typedSchema = z.object({
	draftRevision: z.coerce.number().int().min(0),
	name: z.string().optional(),
	draft: z
		.object({
			language: z.string().optional(),
			texts: texts.optional(),
			brand: texts.optional(),
			sender: texts.optional(),
		})
		.default({}),
});
export type Typed = Pick<z.output<typeof typedSchema>, 'name' | 'draft'>;

const merge = (base: unknown, over: unknown): unknown =>
	isTree(over)
		? Object.entries(over).reduce<Tree>((all, [name, value]) => ({ ...all, [name]: merge(all[name], value) }), {
				...(isTree(base) ? base : {}),
			})
		: over;

/** A draft with what was typed put in, not checked yet; what the form did not hold stays. */
export const applyTyped = ({ name, draft }: Draft, { name: typedName, draft: typed }: Typed): Draft => {
	const { language, ...parts } = typed;
	const merged = merge(draft, parts) as Definition;
	const base = languages.find((code) => code === language);
	return {
		name: typedName ?? name,
		draft: base ? setBase(merged, base) : { ...merged, ...(language !== undefined && { language: language as never }) },
	};
};

/** What is typed so far, for a look at it: the whole if it is right, else the draft as it was saved. */
export const readable = (typed: unknown, saved: Definition): Definition => {
	const parsed = draftSchema.shape.draft.safeParse(typed);
	return parsed.success ? parsed.data : saved;
};

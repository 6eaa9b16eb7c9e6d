// From the editor's form to a draft: a field left empty asks in the standard wording.
import { z } from 'zod';
import { brandSchema, colourSchema } from './brand.ts';
import { surveyNameSchema, type Definition } from './definition.ts';
import { textsSchema } from './texts.ts';
import { languages } from './language.ts';

type Tree = { [name: string]: unknown };

/** { question: ' ', followUps: { passive: '' } } → {}: what is empty is left out, at every depth. */
const withoutBlanks = (value: unknown): unknown => {
	if (typeof value === 'string') return value.trim() === '' ? undefined : value;
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const kept = Object.entries(value as Tree)
		.map(([name, inner]) => [name, withoutBlanks(inner)] as const)
		.filter(([, inner]) => inner !== undefined);
	return kept.length ? Object.fromEntries(kept) : undefined;
};

export const draftFormSchema = z.object({
	/** The revision that the editor saw. */
	draftRevision: z.coerce.number().int().min(0),
	name: surveyNameSchema,
	language: z.enum(languages, 'Choose one of the languages'),
	texts: z.preprocess(withoutBlanks, textsSchema.optional()),
	brand: z.object({
		colour: colourSchema,
		logoId: z.preprocess((id) => id || null, brandSchema.shape.logoId),
	}),
});
export type DraftForm = z.output<typeof draftFormSchema>;

/**
 * The draft that a form asks for. The form holds the words of the base language: when another one becomes that, they
 * are said to be in it, and translations into further languages stay.
 */
export const applyForm = (
	draft: Definition,
	{ language, texts, brand }: Pick<DraftForm, 'language' | 'texts' | 'brand'>,
): Definition => {
	const { [draft.language]: _base, [language]: _replaced, ...translations } = draft.texts;
	return {
		...draft,
		language,
		texts: texts ? { ...translations, [language]: texts } : translations,
		brand: { ...draft.brand, ...brand },
	};
};

/** What is typed so far, for a look at it: where it could not be saved yet, the draft's own stands in. */
export const looseFormSchema = (draft: Definition) =>
	z.object({
		language: draftFormSchema.shape.language.catch(draft.language),
		texts: draftFormSchema.shape.texts.catch(draft.texts[draft.language]),
		brand: z.object({
			colour: colourSchema.catch(draft.brand.colour),
			logoId: draftFormSchema.shape.brand.shape.logoId.catch(draft.brand.logoId),
		}),
	});

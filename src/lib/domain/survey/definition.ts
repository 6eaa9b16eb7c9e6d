// What a survey is: everything a form, an import or the API can say about one, as one schema.
import { z } from 'zod';
import { languages } from './language.ts';
import { bucketsOf, metrics, type Bucket, type Metric } from './metric.ts';

const words = (most: number) =>
	z.string().trim().min(1, 'Write something here, or leave it out').max(most, `At most ${most} characters`);

/** The manager's own wording in one language. What is left out is asked in the standard wording of the customer's language. */
export const textsSchema = z.strictObject({
	question: words(300).optional(),
	lowLabel: words(60).optional(),
	highLabel: words(60).optional(),
	/** By bucket: the question that comes with the comment field. */
	followUps: z.partialRecord(z.enum(metrics.flatMap(bucketsOf) as [Bucket, ...Bucket[]]), words(300)).optional(),
	thanks: words(600).optional(),
});
export type Texts = z.output<typeof textsSchema>;

export const templateIds = ['nps-after-purchase', 'csat-after-support'] as const;
export type TemplateId = (typeof templateIds)[number];

export const colourSchema = z
	.string()
	.trim()
	.toLowerCase()
	.regex(/^#[0-9a-f]{6}$/, 'A colour is # and six hexadecimal digits, such as #1f6f5c');

/** A survey's content, as edited in the draft and frozen in each version. */
export const definitionSchema = z.strictObject({
	metric: z.enum(metrics as [Metric, ...Metric[]]),
	template: z.enum(templateIds),
	/** The language that `texts` falls back to, and that a customer with no known language is met in. */
	language: z.enum(languages),
	texts: z.partialRecord(z.enum(languages), textsSchema),
	brand: z.strictObject({
		colour: colourSchema,
		/** Id of a stored logo, or null. */
		logoId: z
			.string()
			.regex(/^[0-9a-f]{24}$/)
			.nullable(),
	}),
});
export type Definition = z.output<typeof definitionSchema>;

export const surveyNameSchema = z.string().trim().min(1, 'Give the survey a name').max(80, 'At most 80 characters');

export type Status = 'draft' | 'live' | 'paused' | 'closed';

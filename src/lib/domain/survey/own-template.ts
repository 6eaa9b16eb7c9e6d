// A template that a workspace made of a survey of its own.
import { z } from 'zod';
import { definitionSchema, surveyNameSchema, type Definition } from './definition.ts';

export type OwnTemplate = { id: string; name: string; purpose: string; definition: Definition; createdAt: Date };

export const templateWordsSchema = z.object({
	name: surveyNameSchema,
	/** What it is good for, for colleagues. */
	purpose: z.string().trim().max(300, 'At most 300 characters').default(''),
});

/** A template as text, to be put back after it was deleted. */
export const templateTextSchema = templateWordsSchema.extend({
	definition: z
		.string()
		.transform((text, context) => {
			try {
				return JSON.parse(text) as unknown;
			} catch {
				context.addIssue({
					code: 'custom',
					message: 'The template arrived incomplete, so it was not put back. Save it again from one of your surveys',
				});
				return z.NEVER;
			}
		})
		.pipe(definitionSchema),
	createdAt: z.coerce.date(),
});

/** At most so many in one workspace. */
export const mostTemplates = 200;

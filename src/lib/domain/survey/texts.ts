// A survey's own words in one language. What is left out is asked in the standard wording of the customer's language.
import { z } from 'zod';
import { optionIdSchema, questionIdSchema, rowIdSchema } from './ids.ts';
import { buckets } from './metric.ts';

const words = (most: number) =>
	z.string().trim().min(1, 'Write something here, or leave it out').max(most, `At most ${most} characters`);

export const questionTextsSchema = z.strictObject({
	title: words(300).optional(),
	description: words(600).optional(),
	options: z.record(optionIdSchema, words(200)).optional(),
	rows: z.record(rowIdSchema, words(200)).optional(),
	/** The ends of a rating. */
	lowLabel: words(60).optional(),
	highLabel: words(60).optional(),
});
export type QuestionTexts = z.output<typeof questionTextsSchema>;

export const endingTextsSchema = z.strictObject({ text: words(600).optional(), button: words(60).optional() });

export const textsSchema = z.strictObject({
	question: words(300).optional(),
	lowLabel: words(60).optional(),
	highLabel: words(60).optional(),
	/** By bucket: the question that comes with the comment field. */
	followUps: z.partialRecord(z.enum(buckets), words(300)).optional(),
	questions: z.record(questionIdSchema, questionTextsSchema).optional(),
	thanks: words(600).optional(),
	endings: z.partialRecord(z.enum(buckets), endingTextsSchema).optional(),
	/** Of the mail that asks. */
	subject: words(150).optional(),
});
export type Texts = z.output<typeof textsSchema>;

// What a customer may answer: one score of the metric, and a comment.
import { z } from 'zod';
import { isScore, type Scale } from '../survey/metric.ts';
import { commentLimit, lengthOf, tidyComment } from './comment.ts';

/** A score as a form sends it: '9' is 9; '11', '-1', '9.5', '', ' 9' and a list are null. */
export const parseScore = (scale: Scale, text: unknown): number | null =>
	typeof text === 'string' && /^\d{1,2}$/.test(text) && isScore(scale, Number(text)) ? Number(text) : null;

/** An answer as it comes from a form; the issues' paths are `score` and `comment`. */
export const answerSchema = (scale: Scale) =>
	z.object({
		score: z.unknown().transform((text, context) => {
			const score = parseScore(scale, text);
			if (score === null) context.addIssue('Choose one of the scores');
			return score ?? NaN;
		}),
		comment: z
			.string()
			.transform(tidyComment)
			.refine((comment) => lengthOf(comment) <= commentLimit, `At most ${commentLimit} characters`),
	});
export type Answer = { score: number; comment: string };

/** Until when an answer may be changed: the survey's hours after it was first given. */
export const changeableUntil = (answeredAt: Date, editWindowHours: number): Date =>
	new Date(answeredAt.getTime() + editWindowHours * 3_600_000);

/** Answers that were first given after this may still be changed now. */
export const changeableFrom = (now: Date, editWindowHours: number): Date =>
	new Date(now.getTime() - editWindowHours * 3_600_000);

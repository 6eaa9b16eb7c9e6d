// What the columns of a file mean: guesses from their names, and the mapping a manager settles on.
import { z } from 'zod';

export const peopleFields = ['email', 'name', 'language'] as const;
export const answerFields = ['score', 'date', 'comment', 'email', 'name', 'language', 'askedAt', 'id'] as const;
export type PeopleField = (typeof peopleFields)[number];
export type AnswerField = (typeof answerFields)[number];

/** At most this many columns: more means that the file is not what it seems. */
export const mostColumns = 200;

const clues: Record<AnswerField, RegExp[]> = {
	email: [/^(e-?mail|mail|correo|courriel)([ _-]?address)?$/, /e-?mail/],
	name: [/^(full[ _-]?)?name$/, /^(customer|contact|person|recipient)[ _-]?name$/, /^(first|given)[ _-]?name$/],
	language: [/^(lang|language|locale|sprache|idioma)$/, /language|locale/],
	score: [/^(nps|csat|score|rating|note|grade)$/, /score|rating/],
	date: [
		/answer.*(time|date|at)|respon.*(time|date|at)/,
		/^(date|time|timestamp|answered|responded)$/,
		/^(created|submitted)[ _-]?(at|on|date)?$/,
	],
	askedAt: [/(asked|sent|creation|survey)[ _-]?(at|date|on|time)/],
	comment: [/^(comment|feedback|text|verbatim|reason)s?$/, /comment[ _-]?(message|text)|comment$/, /message|verbatim/],
	id: [/^(id|review_id|response[ _-]?id|answer[ _-]?id|external[ _-]?id)$/],
};

const guess = <Field extends AnswerField>(
	header: readonly string[],
	fields: readonly Field[],
): Partial<Record<Field, number>> => {
	const names = header.map((name) => name.trim().toLowerCase());
	const taken = new Set<number>();
	const found: Partial<Record<Field, number>> = {};
	const strength = Math.max(...fields.map((field) => clues[field].length));
	for (let step = 0; step < strength; step++)
		for (const field of fields) {
			const clue = clues[field][step];
			if (!clue || found[field] !== undefined) continue;
			const index = names.findIndex((name, at) => !taken.has(at) && clue.test(name));
			if (index < 0) continue;
			found[field] = index;
			taken.add(index);
		}
	return found;
};

/** Guessed columns by field: ["E-mail", "Full name", "Plan"] → { email: 0, name: 1 }. */
export const guessPeopleColumns = (header: readonly string[]) => guess(header, peopleFields);
export const guessAnswerColumns = (header: readonly string[]) => guess(header, answerFields);

const column = z.coerce
	.number()
	.int()
	.min(0)
	.max(mostColumns - 1);
const optionalColumn = z.preprocess((value) => (value === '' || value === null ? undefined : value), column.optional());

/** Columns kept as properties: their index in the file and the key they get. */
const propertyColumns = z.array(column).max(mostColumns).default([]);

/** How a file of people is read. Columns are counted from 0. */
export const peopleMappingSchema = z.strictObject({
	email: column,
	name: optionalColumn,
	language: optionalColumn,
	properties: propertyColumns,
});
export type PeopleMapping = z.output<typeof peopleMappingSchema>;

/** Property keys of the chosen columns: trimmed, at most 80 characters, empty ones named by their place. */
export const keyOf = (header: readonly string[], index: number): string =>
	(header[index] ?? '').trim().slice(0, 80) || `column ${index + 1}`;

// What the columns of a file mean: guesses from their names and values, and the roles a manager settles on.
import { plainCell } from '../report/csv.ts';
import { exportedColumns } from '../report/export-columns.ts';
import { manyValues, type ColumnProfile } from './profile.ts';

/** At most this many columns: more means that the file is not what it seems. */
export const mostColumns = 200;

const fields = {
	people: ['email', 'name', 'language'],
	answers: ['score', 'date', 'comment', 'email', 'name', 'language', 'askedAt', 'id'],
} as const;

export type PeopleField = (typeof fields.people)[number];
export type AnswerField = (typeof fields.answers)[number];

/** What a column is: one of the fields, a property kept under the column's name, or nothing. */
export const peopleRoles = [...fields.people, 'property', 'skip'] as const;
export const answerRoles = [...fields.answers, 'property', 'skip'] as const;
export type PeopleRole = (typeof peopleRoles)[number];
export type AnswerRole = (typeof answerRoles)[number];

/** What a file of refused rows has beside the columns of the file they came from. */
export const refusalColumns = ['why it was refused', 'line in the file'] as const;

/** Columns that are ours and no properties: of refused rows, and of a file that was exported here. */
const ourColumns = (header: readonly string[]): ReadonlySet<string> =>
	new Set([
		...refusalColumns,
		...exportedColumns.filter((columns) => columns.every((name) => header.includes(name))).flat(),
	]);

// Most telling first: the first step is tried for every field before the second is for any.
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
	comment: [
		/^(comment|remark|feedback|text|verbatim|reason)s?$/,
		/comment[ _-]?(message|text)|comment$/,
		/message|verbatim/,
	],
	id: [/^(id|review_id|response[ _-]?id|answer[ _-]?id|external[ _-]?id)$/],
};

const isDated = (field: AnswerField) => field === 'date' || field === 'askedAt';

/** Which columns are which fields: by name, and dates only where dates are. */
const find = (header: readonly string[], wanted: readonly AnswerField[], profiles: readonly ColumnProfile[]) => {
	const names = header.map((name) => name.trim().toLowerCase());
	const found = new Map<number, AnswerField>();
	const taken = new Set<AnswerField>();
	const strength = Math.max(...wanted.map((field) => clues[field].length));
	for (let step = 0; step < strength; step++)
		for (const field of wanted) {
			const clue = clues[field][step];
			if (!clue || taken.has(field)) continue;
			const index = names.findIndex(
				(name, at) => !found.has(at) && clue.test(name) && (!isDated(field) || profiles[at]?.dateFormats.length !== 0),
			);
			if (index < 0) continue;
			found.set(index, field);
			taken.add(field);
		}
	return found;
};

/** Guessed roles: ["E-mail", "Full name", "Plan"] are email, name and property. */
export const guessPeopleRoles = (header: readonly string[]): PeopleRole[] => {
	const found = find(header, fields.people, []);
	const ours = ourColumns(header);
	return header.map((name, index) => {
		const field = found.get(index) as PeopleField | undefined;
		return field ?? (ours.has(name) ? 'skip' : 'property');
	});
};

/** Guessed roles of a file of answers. A column in which nearly every row differs, such as an order number, is left out. */
export const guessAnswerRoles = (header: readonly string[], profiles: readonly ColumnProfile[]): AnswerRole[] => {
	const found = find(header, fields.answers, profiles);
	const ours = ourColumns(header);
	const isGroup = (index: number) => (profiles[index]?.distinct ?? 0) > 0 && profiles[index]!.distinct < manyValues;
	return header.map((name, index) => found.get(index) ?? (isGroup(index) && !ours.has(name) ? 'property' : 'skip'));
};

/** A role that is chosen twice, first for the column of this key; or one that must be there and is not, without a key. */
export type RoleProblem = { role: AnswerRole; key: string | null };

/** What is wrong with a choice of roles, by the form's field name. Nothing when it is right. */
export const problemsOf = (
	header: readonly string[],
	roles: readonly AnswerRole[],
	needed: readonly AnswerField[],
): Record<string, RoleProblem> => {
	const problems: Record<string, RoleProblem> = {};
	for (const [index, role] of roles.entries()) {
		const first = roles.indexOf(role);
		if (role !== 'property' && role !== 'skip' && first < index)
			problems[`columns.${index}`] = { role, key: keysOf(header)[first]! };
	}
	for (const field of needed) if (!roles.includes(field)) problems.columns ??= { role: field, key: null };
	return problems;
};

/** The key each column has as a property: its name, at most 80 characters, made unique; a nameless one goes by its place. */
export const keysOf = (header: readonly string[]): string[] => {
	const keys: string[] = [];
	for (const [index, name] of header.entries()) {
		const key =
			plainCell(name)
				.replace(/\p{Cc}+/gu, ' ')
				.trim()
				.slice(0, 80) || `column ${index + 1}`;
		let unique = key;
		for (let count = 2; keys.includes(unique); count++) unique = `${key} (${count})`;
		keys.push(unique);
	}
	return keys;
};

// Names of a survey's parts. Each begins with a letter of its own, so that none is ever a name that objects have already.
import { z } from 'zod';

const id = (letter: string, what: string) =>
	z
		.string()
		.regex(
			new RegExp(`^${letter}[a-z0-9]{1,11}$`),
			`The id of ${what} is ${letter} and 1 to 11 small letters or digits`,
		);

export const questionIdSchema = id('q', 'a question');
export const optionIdSchema = id('o', 'an option');
export const rowIdSchema = id('r', 'a row');

/** The first free id: nextId('q', ['q1', 'q3', 'qreason']) is q4, so that what was deleted does not come back under its name. */
export const nextId = (letter: 'q' | 'o' | 'r', taken: readonly string[]): string => {
	const numbers = taken.map((id) => Number(id.slice(1))).filter(Number.isInteger);
	return `${letter}${Math.max(0, ...numbers) + 1}`;
};

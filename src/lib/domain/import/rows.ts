// Reads a row of a file by the roles of its columns: a person or an answer, or the reason why it is neither.
import { addressKey } from '../contact/address.ts';
import { emailSchema } from '../contact/email.ts';
import type { Property } from '../contact/contact.ts';
import { parseLanguage, type Language } from '../survey/language.ts';
import type { Scale } from '../survey/metric.ts';
import { manyLines, oneLine } from '../text.ts';
import { instantOfWritten } from '../time/written.ts';
import { keysOf, type AnswerRole, type PeopleRole } from './columns.ts';
import type { CsvRow } from './csv.ts';
import { readDate, type DateFormat } from './dates.ts';
import { readScore } from './scores.ts';

/** A person as a file has them. */
export type ImportedPerson = {
	address: string;
	email: string;
	name: string;
	language: Language | null;
	properties: Property[];
};

/** An answer as a file has it. */
export type ImportedAnswer = {
	score: number;
	answeredAt: Date;
	askedAt: Date | null;
	comment: string;
	externalId: string | null;
	language: Language | null;
	properties: Property[];
	/** Whose it is; null where the file does not say. */
	person: ImportedPerson | null;
};

/** How a file of answers is read. */
export type AnswerReading = {
	columns: readonly AnswerRole[];
	scale: Scale;
	dateFormat: DateFormat;
	askedAtFormat: DateFormat | null;
	timeZone: string;
};

/** What a row holds, with a remark on what was passed over; or why it is refused. */
export type Reading<Content> = { content: Content; remark: string | null } | { reason: string };

const most = { name: 200, property: 1_000, comment: 10_000, id: 200 };
const number = (count: number) => count.toLocaleString('en');
const shown = (cell: string) => `"${cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}"`;

/** Ends the reading of a row. */
class Refused extends Error {}
const refuse = (reason: string): never => {
	throw new Refused(reason);
};
const atMost = (text: string, limit: number, what: string): string =>
	text.length > limit ? refuse(`${what} has more than ${number(limit)} characters`) : text;

const settle = <Content>(read: () => { content: Content; remark: string | null }): Reading<Content> => {
	try {
		return read();
	} catch (problem) {
		if (problem instanceof Refused) return { reason: problem.message };
		throw problem;
	}
};

/** Cells by role. Throws Refused for a row that is broken or has more cells than the header. */
const cellsBy = (header: readonly string[], columns: readonly AnswerRole[]) => {
	const keys = keysOf(header);
	const place = (role: AnswerRole) => columns.indexOf(role);
	return (row: CsvRow) => {
		if (row.problem) refuse(row.problem);
		if (row.cells.slice(header.length).some((cell) => cell.trim()))
			refuse(`It has ${row.cells.length} cells, and the header has ${header.length}`);
		return {
			cell: (role: AnswerRole): string => (place(role) < 0 ? '' : (row.cells[place(role)] ?? '')),
			properties: (): Property[] =>
				columns.flatMap((role, index) => {
					const value = role === 'property' ? oneLine(row.cells[index] ?? '') : '';
					return value ? [{ key: keys[index]!, value: atMost(value, most.property, `"${keys[index]}"`) }] : [];
				}),
		};
	};
};
type Cells = ReturnType<ReturnType<typeof cellsBy>>;

const languageOf = ({ cell }: Cells): { language: Language | null; remark: string | null } => {
	const written = oneLine(cell('language'));
	const language = parseLanguage(written);
	const isUnknown = written !== '' && language === null;
	return {
		language,
		remark: isUnknown ? `The language ${shown(written)} is not one Heed speaks; it was left empty` : null,
	};
};

const personOf = (cells: Cells, language: Language | null, properties: Property[]): ImportedPerson => {
	const written = oneLine(cells.cell('email'));
	const email = emailSchema.safeParse(written);
	if (!email.success)
		return refuse(written ? `${shown(written)} is not an e-mail address` : 'The e-mail address is empty');
	const name = atMost(oneLine(cells.cell('name')), most.name, 'The name');
	return { address: addressKey(email.data), email: email.data, name, language, properties };
};

/** Reads rows of people. */
export const peopleRows = (header: readonly string[], columns: readonly PeopleRole[]) => {
	const cellsOf = cellsBy(header, columns);
	return (row: CsvRow): Reading<ImportedPerson> =>
		settle(() => {
			const cells = cellsOf(row);
			const { language, remark } = languageOf(cells);
			return { content: personOf(cells, language, cells.properties()), remark };
		});
};

const dateNames: Record<DateFormat, string> = {
	iso: 'year, month, day',
	'day-first': 'day, month, year',
	'month-first': 'month, day, year',
	'unix-seconds': 'seconds since 1970',
	'unix-milliseconds': 'milliseconds since 1970',
};

const momentOf = (cell: string, what: string, format: DateFormat, timeZone: string, now: Date): Date => {
	const text = oneLine(cell);
	const written = readDate(format, text);
	if (!written)
		return refuse(
			text ? `${what}: ${shown(text)} is not a date as ${dateNames[format]}` : `${what}: the date is empty`,
		);
	const moment = instantOfWritten(written, timeZone);
	if (moment > now) refuse(`${what}: ${text} is in the future`);
	if (written.year < 1970) refuse(`${what}: ${text} is before 1970`);
	return moment;
};

/** Reads rows of answers. `now` is the moment after which nothing can have been answered. */
export const answerRows = (header: readonly string[], reading: AnswerReading, now: Date) => {
	const cellsOf = cellsBy(header, reading.columns);
	const { timeZone, dateFormat, askedAtFormat } = reading;
	return (row: CsvRow): Reading<ImportedAnswer> =>
		settle(() => {
			const cells = cellsOf(row);
			const { cell } = cells;
			const score = readScore(reading.scale, cell('score'));
			if ('reason' in score) return refuse(score.reason);
			const answeredAt = momentOf(cell('date'), 'Answered at', dateFormat, timeZone, now);
			const hasAsked = askedAtFormat !== null && oneLine(cell('askedAt')) !== '';
			const askedAt = hasAsked ? momentOf(cell('askedAt'), 'Asked at', askedAtFormat, timeZone, now) : null;
			const comment = atMost(manyLines(cell('comment')), most.comment, 'The comment');
			const externalId = atMost(oneLine(cell('id')), most.id, 'The id') || null;
			const { language, remark } = languageOf(cells);
			const properties = cells.properties();
			const person = oneLine(cell('email')) ? personOf(cells, language, properties) : null;
			const content = { score: score.score, answeredAt, askedAt, comment, externalId, language, properties, person };
			return { content, remark };
		});
};

// Reads a row of a file by the roles of its columns: a person or an answer, or the reason why it is neither.
import { addressKey, readWritten } from '../contact/address.ts';
import type { Property } from '../contact/contact.ts';
import { plainCell } from '../report/csv.ts';
import { parseLanguage, type Language } from '../survey/language.ts';
import type { Scale } from '../survey/metric.ts';
import { manyLines, oneLine, shortly } from '../text.ts';
import { instantOfWritten } from '../time/written.ts';
import { keysOf, type AnswerRole, type PeopleRole } from './columns.ts';
import type { CsvRow } from './csv.ts';
import { readDate, type DateFormat } from './dates.ts';
import type { DateRole, Reason } from './reasons.ts';
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
export type Reading<Content> = { content: Content; remark: Reason | null } | { reason: Reason };

const most = { name: 200, property: 1_000, comment: 10_000, id: 200 };

/** Ends the reading of a row. */
class Refused extends Error {
	readonly reason: Reason;
	constructor(reason: Reason) {
		super(reason.is);
		this.reason = reason;
	}
}
const refuse = (reason: Reason): never => {
	throw new Refused(reason);
};
const atMost = (text: string, role: 'name' | 'comment' | 'id'): string =>
	text.length > most[role] ? refuse({ is: 'long-text', role, most: most[role] }) : text;

const settle = <Content>(read: () => { content: Content; remark: Reason | null }): Reading<Content> => {
	try {
		return read();
	} catch (problem) {
		if (problem instanceof Refused) return { reason: problem.reason };
		throw problem;
	}
};

/** Cells by role. Throws Refused for a row that is broken or has more cells than the header. */
const cellsBy = (header: readonly string[], columns: readonly AnswerRole[]) => {
	const keys = keysOf(header);
	const place = (role: AnswerRole) => columns.indexOf(role);
	return (row: CsvRow) => {
		if (row.problem) refuse({ is: row.problem });
		if (row.cells.slice(header.length).some((cell) => cell.trim()))
			refuse({ is: 'many-cells', cells: row.cells.length, columns: header.length });
		return {
			cell: (role: AnswerRole): string => plainCell(row.cells[place(role)] ?? ''),
			properties: (): Property[] =>
				columns.flatMap((role, index) => {
					const value = role === 'property' ? oneLine(plainCell(row.cells[index] ?? '')) : '';
					const key = keys[index]!;
					if (value.length > most.property) refuse({ is: 'long-property', property: key, most: most.property });
					return value ? [{ key, value }] : [];
				}),
		};
	};
};
type Cells = ReturnType<ReturnType<typeof cellsBy>>;

const languageOf = ({ cell }: Cells): { language: Language | null; remark: Reason | null } => {
	const written = oneLine(cell('language'));
	const language = parseLanguage(written);
	const isUnknown = written !== '' && language === null;
	return {
		language,
		remark: isUnknown ? { is: 'unknown-language', value: shortly(written) } : null,
	};
};

const personOf = (cells: Cells, language: Language | null, properties: Property[]): ImportedPerson => {
	const written = oneLine(cells.cell('email'));
	const read = readWritten(written);
	if (!read) return refuse(written ? { is: 'bad-email', value: shortly(written) } : { is: 'no-email' });
	const name = atMost(oneLine(cells.cell('name')) || read.name, 'name');
	return { address: addressKey(read.email), email: read.email, name, language, properties };
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

const momentOf = (cell: string, role: DateRole, format: DateFormat, timeZone: string, now: Date): Date => {
	const text = oneLine(cell);
	const value = shortly(text);
	const written = readDate(format, text);
	if (!written) return refuse(text ? { is: 'bad-date', role, value, format } : { is: 'no-date', role });
	const moment = instantOfWritten(written, timeZone);
	if (moment > now) refuse({ is: 'future-date', role, value });
	if (written.year < 1970) refuse({ is: 'early-date', role, value });
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
			const answeredAt = momentOf(cell('date'), 'date', dateFormat, timeZone, now);
			const hasAsked = askedAtFormat !== null && oneLine(cell('askedAt')) !== '';
			const askedAt = hasAsked ? momentOf(cell('askedAt'), 'askedAt', askedAtFormat, timeZone, now) : null;
			const comment = atMost(manyLines(cell('comment')), 'comment');
			const externalId = atMost(oneLine(cell('id')), 'id') || null;
			const { language, remark } = languageOf(cells);
			const properties = cells.properties();
			const person = oneLine(cell('email')) ? personOf(cells, language, properties) : null;
			const content = { score: score.score, answeredAt, askedAt, comment, externalId, language, properties, person };
			return { content, remark };
		});
};

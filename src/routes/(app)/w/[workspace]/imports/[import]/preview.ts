// What the first rows of a file become as the form stands, by the very rules that the import goes by.
import type { AnswerRole, PeopleRole } from '#lib/domain/import/columns.ts';
import { formatFor, type DateFormat } from '#lib/domain/import/dates.ts';
import {
	answerRows,
	peopleRows,
	type AnswerReading,
	type ImportedAnswer,
	type ImportedPerson,
	type Reading,
} from '#lib/domain/import/rows.ts';
import type { Metric, Scale } from '#lib/domain/survey/metric.ts';
import type { PageData } from './$types.ts';

type Columns = NonNullable<PageData['columns']>;

/** What is chosen of a file of answers beside the roles of its columns. */
export type Choices = {
	survey: string;
	name: string;
	metric: Metric;
	/** Of a new survey's scale; empty is the metric's standard. */
	points: string;
	dateFormat: DateFormat | 'auto';
	timeZone: string;
};

/** A row as the file has it, and what becomes of it; `reading` is null while that cannot be told. */
export type PreviewRow = { index: number; cells: string[] } & (
	{ kind: 'answers'; reading: Reading<ImportedAnswer> | null } | { kind: 'people'; reading: Reading<ImportedPerson> }
);

/** How a file of answers is read as the form stands; null while its score, its date or the date's format is not known. */
export const readingOf = (
	columns: Columns,
	roles: readonly AnswerRole[],
	scale: Scale,
	{ dateFormat, timeZone }: Choices,
): AnswerReading | null => {
	const formatOf = (role: AnswerRole) =>
		formatFor(columns.profiles[roles.indexOf(role)]?.dateFormats ?? [], dateFormat);
	const format = formatOf('date');
	if (!format || !roles.includes('score')) return null;
	return { columns: roles, scale, timeZone, dateFormat: format, askedAtFormat: formatOf('askedAt') };
};

const rowOf = (cells: string[], index: number) => ({ line: index + 2, cells, problem: null });

export const peoplePreview = ({ header, sampleRows }: Columns, roles: readonly PeopleRole[]): PreviewRow[] => {
	const read = peopleRows(header, roles);
	return sampleRows.map((cells, index) => ({ index, cells, kind: 'people', reading: read(rowOf(cells, index)) }));
};

export const answersPreview = (
	{ header, sampleRows }: Columns,
	reading: AnswerReading | null,
	now: Date,
): PreviewRow[] => {
	const read = reading && answerRows(header, reading, now);
	return sampleRows.map((cells, index) => ({
		index,
		cells,
		kind: 'answers',
		reading: read && read(rowOf(cells, index)),
	}));
};

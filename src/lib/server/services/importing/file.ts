// Takes a file in as it streams, looks it through once, and reads its rows again as often as they are needed.
import { createHash } from 'node:crypto';
import { readWritten } from '#lib/domain/contact/address.ts';
import { Invalid } from '#lib/domain/errors.ts';
import { mostColumns } from '#lib/domain/import/columns.ts';
import { csvReader, type CsvRow } from '#lib/domain/import/csv.ts';
import { delimiterOf } from '#lib/domain/import/delimiter.ts';
import { encodingOf, type Encoding } from '#lib/domain/import/encoding.ts';
import type { Import, ImportFile } from '#lib/domain/import/import.ts';
import { watchColumn } from '#lib/domain/import/profile.ts';
import { oneLine } from '#lib/domain/text.ts';
import { t } from '#lib/messages/managers.ts';
import type { Database } from '../../db/database.ts';
import * as importFiles from '../../db/import-files.ts';

/** A file may be this large, and have this many rows. */
export const mostBytes = 50 * 1024 * 1024;
export const mostRows = 500_000;

const shownRows = 8;
const shownCharacters = 200;

type Place = { workspaceId: string; importId: string };

/** Keeps a file piece by piece. Throws Invalid for one that is too large. */
export const store = async (
	db: Database,
	{ workspaceId, importId }: Place,
	bytes: AsyncIterable<Uint8Array>,
): Promise<Pick<ImportFile, 'fileHash' | 'byteCount'>> => {
	const hash = createHash('sha256');
	let byteCount = 0;
	let index = 0;
	let waiting = Buffer.alloc(0);
	for await (const part of bytes) {
		byteCount += part.byteLength;
		if (byteCount > mostBytes) throw new Invalid(t.common_csv_too_large());
		hash.update(part);
		waiting = Buffer.concat([waiting, part]);
		for (; waiting.length >= importFiles.pieceBytes; waiting = waiting.subarray(importFiles.pieceBytes))
			await importFiles.keep(db, workspaceId, importId, index++, waiting.subarray(0, importFiles.pieceBytes));
	}
	if (waiting.length) await importFiles.keep(db, workspaceId, importId, index, waiting);
	return { fileHash: hash.digest('hex'), byteCount };
};

/** The text of a file, its byte-order mark left out. */
async function* textOf(db: Database, { workspaceId, importId }: Place, encoding: Encoding): AsyncGenerator<string> {
	const decoder = new TextDecoder(encoding);
	for await (const piece of importFiles.read(db, workspaceId, importId)) yield decoder.decode(piece, { stream: true });
	yield decoder.decode();
}

/** The rows of each piece of text: a promise for a piece and not for a row. */
async function* rowsIn(
	texts: AsyncIterable<string>,
	delimiter: ImportFile['delimiter'],
): AsyncGenerator<Iterable<CsvRow>> {
	const reader = csvReader(delimiter);
	for await (const text of texts) yield reader.push(text);
	yield reader.end();
}

/** The rows of a file below its header, a piece of it at a time. */
export async function* rowsOf(db: Database, given: Import): AsyncGenerator<Iterable<CsvRow>> {
	const place = { workspaceId: given.workspaceId, importId: given.id };
	let isHeader = true;
	const belowHeader = function* (rows: Iterable<CsvRow>) {
		for (const row of rows) {
			if (!isHeader) yield row;
			isHeader = false;
		}
	};
	for await (const rows of rowsIn(textOf(db, place, given.encoding), given.delimiter)) yield belowHeader(rows);
}

/** What gives away files that are not CSV, by their first bytes. */
const signatures: [prefix: string, message: () => string][] = [
	['504b0304', t.people_file_workbook_or_zip],
	['d0cf11e0', t.people_file_workbook],
	['25504446', t.people_file_pdf],
];

const start = async (db: Database, { workspaceId, importId }: Place): Promise<Uint8Array> => {
	for await (const piece of importFiles.read(db, workspaceId, importId)) return piece;
	return new Uint8Array();
};

const headerOf = ({ cells, problem }: CsvRow): string[] => {
	if (problem) throw new Invalid(t.people_file_header_broken());
	if (cells.length > mostColumns) throw new Invalid(t.people_file_too_wide({ n: cells.length, most: mostColumns }));
	const data = cells.find((cell) => readWritten(cell) !== null);
	if (data !== undefined) throw new Invalid(t.people_file_no_header({ cell: oneLine(data), example: 'email,name' }));
	return cells.map((cell) => oneLine(cell).slice(0, shownCharacters));
};

/** Looks a kept file through. Throws Invalid, fit to be shown, for what cannot be imported. */
export const inspect = async (db: Database, place: Place): Promise<Omit<ImportFile, 'fileHash' | 'byteCount'>> => {
	const first = await start(db, place);
	const prefix = Buffer.from(first.subarray(0, 4)).toString('hex');
	for (const [signature, message] of signatures) if (prefix === signature) throw new Invalid(message());
	const encoding = await encodingOf(importFiles.read(db, place.workspaceId, place.importId));
	const delimiter = delimiterOf(new TextDecoder(encoding).decode(first.subarray(0, 65_536)));

	async function* checked() {
		for await (const text of textOf(db, place, encoding)) {
			if (text.includes('\0')) throw new Invalid(t.common_file_not_text());
			yield text;
		}
	}
	let header = null as string[] | null;
	let columns: ReturnType<typeof watchColumn>[] = [];
	let rowCount = 0;
	const sampleRows: string[][] = [];
	const take = (row: CsvRow) => {
		if (!header) {
			header = headerOf(row);
			columns = header.map(watchColumn);
			return;
		}
		if (++rowCount > mostRows) throw new Invalid(t.people_file_too_long({ most: mostRows }));
		if (row.problem) return;
		for (const [index, column] of columns.entries()) column.observe(row.cells[index] ?? '');
		if (sampleRows.length < shownRows)
			sampleRows.push(header.map((_, index) => oneLine(row.cells[index] ?? '').slice(0, shownCharacters)));
	};
	for await (const rows of rowsIn(checked(), delimiter)) for (const row of rows) take(row);
	if (!header) throw new Invalid(t.common_file_empty());
	if (rowCount === 0) throw new Invalid(t.people_file_no_rows());
	return { encoding, delimiter, header, rowCount, sampleRows, profiles: columns.map((column) => column.profile()) };
};

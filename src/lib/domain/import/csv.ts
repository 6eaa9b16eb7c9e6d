// Splits the text of a CSV file into rows as it comes, RFC 4180 with the delimiter found. Never guesses at a broken quote.
import { Invalid } from '../errors.ts';
import type { Delimiter } from './delimiter.ts';

/**
 * A row of the file. `line` is where it begins, from 1; `problem` says why its cells cannot be trusted, or is null:
 * text follows a closing quote.
 */
export type CsvRow = { line: number; cells: string[]; problem: 'stray-quote' | null };

/** Characters a row may have: a longer one is a quote that was never closed. */
export const longestRow = 4_000_000;

const quote = '"';
const newline = 10;
const carriageReturn = 13;

const openQuote = (line: number) =>
	new Invalid(
		`Line ${line} opens a quote (") that is never closed. Close it or take it out, then upload the file again.`,
	);

/** Line breaks in a text: \n, \r\n and \r count one each. */
const breaksIn = (text: string): number => {
	let breaks = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === newline || (code === carriageReturn && text.charCodeAt(at + 1) !== newline)) breaks++;
	}
	return breaks;
};

/**
 * Reads rows from text handed over in pieces; rows that are blank are left out. Throws Invalid, naming the line, for a
 * quote that is never closed.
 */
export const csvReader = (delimiter: Delimiter) => {
	const separator = delimiter.charCodeAt(0);
	let rest = '';
	let line = 1;

	/** Where an unquoted stretch ends: at a delimiter, a line break or the end. */
	const endOfStretch = (text: string, from: number): number => {
		let at = from;
		for (; at < text.length; at++) {
			const code = text.charCodeAt(at);
			if (code === separator || code === newline || code === carriageReturn) break;
		}
		return at;
	};

	/** The quoted cell that begins at `from`, and where it ends; null when the text ends before the quote does. */
	const quotedCell = (text: string, from: number, isLast: boolean): { value: string; end: number } | null => {
		let value = '';
		for (let start = from + 1; ;) {
			const at = text.indexOf(quote, start);
			if (at < 0 || (at + 1 === text.length && !isLast)) return null;
			if (text[at + 1] !== quote) return { value: value + text.slice(start, at), end: at + 1 };
			value += text.slice(start, at + 1);
			start = at + 2;
		}
	};

	/** One row from `from`, or null when it is not complete yet. */
	const readRow = (text: string, from: number, isLast: boolean): { row: CsvRow; end: number } | null => {
		const row: CsvRow = { line, cells: [], problem: null };
		for (let at = from; ;) {
			if (text[at] === quote) {
				const cell = quotedCell(text, at, isLast);
				if (!cell && isLast) throw openQuote(line + breaksIn(text.slice(from, at)));
				if (!cell) return null;
				const end = endOfStretch(text, cell.end);
				if (end > cell.end) row.problem = 'stray-quote';
				row.cells.push(cell.value + text.slice(cell.end, end));
				at = end;
			} else {
				const end = endOfStretch(text, at);
				row.cells.push(text.slice(at, end));
				at = end;
			}
			const code = text.charCodeAt(at);
			if (code === separator) {
				at++;
				continue;
			}
			// A \r at the end of a piece may be the first half of \r\n.
			if (!isLast && (at === text.length || (code === carriageReturn && at + 1 === text.length))) return null;
			if (code === carriageReturn && text.charCodeAt(at + 1) === newline) at++;
			return { row, end: Math.min(at + 1, text.length) };
		}
	};

	function* read(isLast: boolean): Generator<CsvRow> {
		const text = rest;
		let at = 0;
		while (at < text.length) {
			const found = readRow(text, at, isLast);
			if (!found) break;
			line += breaksIn(text.slice(at, found.end));
			at = found.end;
			if (found.row.cells.some((cell) => cell.trim())) yield found.row;
		}
		rest = text.slice(at);
		if (rest.length > longestRow)
			throw new Invalid(
				`The row that begins in line ${line} is longer than ${longestRow.toLocaleString('en')} characters. ` +
					'Is a quote (") opened there and never closed?',
			);
	}

	return {
		/** Takes the next piece and gives the rows that are complete. */
		*push(text: string): Generator<CsvRow> {
			rest += text;
			yield* read(false);
		},
		/** Gives the last row. */
		*end(): Generator<CsvRow> {
			yield* read(true);
		},
	};
};

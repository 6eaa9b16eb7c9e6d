// Comma-separated values that spreadsheets read as text: RFC 4180, and no formula of a stranger's runs in them.

/** Without it, Excel takes UTF-8 for the machine's own encoding. */
export const byteOrderMark = '\uFEFF';

/** What spreadsheets take for the start of a formula, in their full-width forms, too; or what would be read as made inert. */
const startsFormula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** A cell as it was before `csvRecord` made it inert: "'+94 77" → "+94 77". */
export const plainCell = (cell: string): string =>
	cell.startsWith("'") && startsFormula.test(cell) ? cell.slice(1) : cell;

const quoted = (text: string): string => (/[",;|\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * One record. Text that a spreadsheet would run is made inert by an apostrophe in front: "=1+1" → "'=1+1"; numbers are
 * ours and stay as they are: -7 → "-7". Null is empty. What any delimiter is made of is quoted, whichever is used.
 */
export const csvRecord = (cells: readonly (string | number | null)[], delimiter = ','): string =>
	`${cells
		.map((cell) =>
			typeof cell === 'string' ? quoted(startsFormula.test(cell) ? `'${cell}` : cell) : (cell ?? '').toString(),
		)
		.join(delimiter)}\r\n`;

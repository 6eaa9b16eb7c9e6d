// Writes rows as CSV that spreadsheet programs open as text: no cell is ever run as a formula.

/** What a spreadsheet program takes for the start of a formula. */
const isFormula = (cell: string) => /^[=+\-@\t\r]/.test(cell);

/** A cell as CSV: `=1+1` is `'=1+1`; what needs quotes gets them. A number stays one. */
export const cellText = (cell: string): string => {
	const inert = isFormula(cell) && !/^[+-]?\d+([.,]\d+)?$/.test(cell) ? `'${cell}` : cell;
	return /[",;|\n\r\t]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};

/** A row with its line break. */
export const rowText = (cells: readonly string[], delimiter = ','): string =>
	`${cells.map(cellText).join(delimiter)}\r\n`;

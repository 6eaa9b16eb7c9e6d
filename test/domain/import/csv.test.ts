import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvReader, longestRow } from '#lib/domain/import/csv.ts';
import type { Delimiter } from '#lib/domain/import/delimiter.ts';

const read = (text: string, delimiter: Delimiter = ',', pieces: string[] = [text]) => {
	const reader = csvReader(delimiter);
	return [...pieces.flatMap((piece) => [...reader.push(piece)]), ...reader.end()];
};
const cellsOf = (text: string, delimiter?: Delimiter) => read(text, delimiter).map(({ cells }) => cells);

describe('rows', () => {
	it.each([
		[
			'plain cells',
			'a,b\n1,2\n',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		[
			'no line break at the end',
			'a,b\n1,2',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		['line breaks of every kind', 'a\r\nb\rc\nd', [['a'], ['b'], ['c'], ['d']]],
		['a delimiter, quotes and a line break inside quotes', 'a,"x, ""y""\r\nz"\n', [['a', 'x, "y"\r\nz']]],
		['empty cells', ',,\na,,\n', [['a', '', '']]],
		['an empty quoted cell', '"",b\n', [['', 'b']]],
		['a quote in the middle of a plain cell', 'a,5" screen\n', [['a', '5" screen']]],
		['rows shorter and longer than the first', 'a,b\n1\n1,2,3\n', [['a', 'b'], ['1'], ['1', '2', '3']]],
		['blank rows', 'a\n\n  \n,\nb\n', [['a'], ['b']]],
		['nothing', '', []],
	])('reads %s', (_, text, rows) => expect(cellsOf(text)).toEqual(rows));

	it('splits by the delimiter it is given', () => expect(cellsOf('a;"b;c"\t,d\n', ';')).toEqual([['a', 'b;c\t,d']]));

	it('says in which line each row begins, whatever the line breaks', () => {
		const lines = (text: string) => read(text).map(({ line }) => line);
		expect(lines('a\n"b\nb"\n\nc\n')).toEqual([1, 2, 5]);
		expect(lines('a\r\n"b\r\nb"\r\n\r\nc\r\n')).toEqual([1, 2, 5]);
	});

	it('reads the same rows however the text is cut into pieces', () => {
		const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') });
		const quoted = cell.map((text) => `"${text.replaceAll('"', '""')}"`);
		const file = fc.array(fc.array(quoted, { minLength: 1, maxLength: 3 }).map((row) => row.join(',')));
		fc.assert(
			fc.property(file, fc.constantFrom('\n', '\r\n', '\r'), fc.array(fc.nat(40)), (rows, lineBreak, cuts) => {
				const text = rows.join(lineBreak);
				const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
				const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
				expect(read(text, ',', pieces)).toEqual(read(text));
			}),
		);
	});
});

describe('broken files', () => {
	it('marks a row with text after a closing quote and goes on with the next', () => {
		const [broken, next] = read('"a" b,c\nd,e\n');
		expect(broken?.problem).toBe('stray-quote');
		expect(next).toEqual({ line: 2, cells: ['d', 'e'], problem: null });
	});

	it('names the line of a quote that is never closed', () =>
		expect(() => read('a,b\n1,2\n3,"x\n4,5\n')).toThrow('Line 3 opens a quote'));

	it('gives up on a row that does not end', () =>
		expect(() => read(`a,b\n1,"${'x'.repeat(longestRow)}\n`)).toThrow('The row that begins in line 2 is longer than'));
});

import { describe, expect, it } from 'vitest';
import { isReservedAddress, readPasted, readWritten } from '#lib/domain/contact/address.ts';
import { dateColumn, readDate } from '#lib/domain/import/dates.ts';
import { delimiterOf } from '#lib/domain/import/delimiter.ts';
import { encodingOf } from '#lib/domain/import/encoding.ts';
import { readScore } from '#lib/domain/import/scores.ts';
import { standardScale } from '#lib/domain/survey/metric.ts';
import { rowText } from '#lib/messages/rows.ts';

const bytes = async function* (...chunks: number[][]) {
	for (const chunk of chunks) yield Uint8Array.from(chunk);
};

describe('dates', () => {
	const formatsOf = (...values: string[]) => {
		const column = dateColumn();
		for (const value of values) column.observe(value);
		return column.formats();
	};

	it.each([
		[['2018-01-18 21:46:59', '2018-03-11'], ['iso']],
		[
			['03/02/2018', '04/05/2018'],
			['day-first', 'month-first'],
		],
		[['03/02/2018', '25/02/2018'], ['day-first']],
		[['02/25/2018 4:05 PM', '01/02/2018 12:00 am'], ['month-first']],
		[
			['03.02.2018', '', '  '],
			['day-first', 'month-first'],
		],
		[['1516311999'], ['unix-seconds']],
		[['1516311999000'], ['unix-milliseconds']],
		[['yesterday', ''], []],
	])('finds the format of %j', (values, formats) => expect(formatsOf(...values)).toEqual(formats));

	it.each([
		[
			'iso',
			'2018-01-18T21:46:59+05:30',
			{ year: 2018, month: 1, day: 18, hour: 21, minute: 46, second: 59, offsetMinutes: 330 },
		],
		[
			'month-first',
			'1/2/18, 12:05 AM',
			{ year: 2018, month: 1, day: 2, hour: 0, minute: 5, second: 0, offsetMinutes: null },
		],
		[
			'day-first',
			'1.2.2018 9:05',
			{ year: 2018, month: 2, day: 1, hour: 9, minute: 5, second: 0, offsetMinutes: null },
		],
		['iso', '2018-02-29', null],
		['iso', '2018-13-01', null],
		['day-first', '31/04/2018', null],
		['month-first', '1/2/2018 13:00 PM', null],
		['iso', '2018-02-25T10:00:00+99:99', null],
	] as const)('reads %s %s', (format, value, moment) => expect(readDate(format, value)).toEqual(moment));

	it.each([
		['2018-02-25 10:00:00.123456+00', 0],
		['2018-02-25t10:00:00z', 0],
		['2018-02-25 10:00:00 GMT', 0],
		['2018/02/25 10:00:00 AM GMT+5:30', 330],
		['2018-02-25 10:00:00 -0930', -570],
		['2018-02-25 10:00:00 UTC-3', -180],
	])('reads the offset of %s, as databases and forms write it', (value, offsetMinutes) =>
		expect(readDate('iso', value)).toMatchObject({ day: 25, hour: 10, offsetMinutes }),
	);
});

describe('scores', () => {
	it.each([
		['9', 9],
		[' 9 ', 9],
		['9.0', 9],
		['9,0', 9],
		['0', 0],
		['10', 10],
	])('reads "%s" as %d', (cell, score) => expect(readScore(standardScale('nps'), cell)).toEqual({ score }));

	it.each([
		['9.5', '9.5 is not a whole number'],
		['11', '11 is not on the scale from 0 to 10'],
		['-1', '-1 is not on the scale from 0 to 10'],
		['', 'The score is empty'],
		['ten', '“ten” is not a number'],
		['1e1', '“1e1” is not a number'],
	])('refuses "%s"', (cell, words) => {
		const read = readScore(standardScale('nps'), cell);
		expect('reason' in read && rowText(read.reason)).toBe(words);
	});
});

it.each([
	['a,b,c\n1,2,3\n', ','],
	['name;comment\n"Ana; Perera";"x,y,z"\nB;c\n', ';'],
	['a\tb\n1\t2', '\t'],
	['email\nana@shop.lk\n', ','],
	['', ','],
	['a|b\n"line\nbreak"|2\n', '|'],
])('finds the delimiter of %j', (sample, delimiter) => expect(delimiterOf(sample)).toBe(delimiter));

it.each([
	['valid UTF-8 cut inside a character', [[0xe0], [0xb6, 0x85]], 'utf-8'],
	['a UTF-16 mark', [[0xff, 0xfe, 0x41, 0x00]], 'utf-16le'],
	['a byte no UTF-8 has', [[0x4d, 0xfc, 0x6c]], 'windows-1252'],
	['a character that is cut off', [[0xe0, 0xb6]], 'windows-1252'],
	[
		'a byte no UTF-8 has among many that are',
		[
			[0xc3, 0xbc, 0x6c, 0xc3],
			[0xbc, 0xff],
		],
		'utf-8',
	],
	['a byte no UTF-8 has behind the mark of UTF-8', [[0xef, 0xbb, 0xbf, 0x61], [0xff]], 'utf-8'],
	['nothing', [], 'utf-8'],
])('takes %s for what it is', async (_, chunks, encoding) => expect(await encodingOf(bytes(...chunks))).toBe(encoding));

describe('pasted addresses', () => {
	it('reads plain and named ones and gives back what it cannot read', () =>
		expect(readPasted('ana@shop.lk; "Perera, Nimal" <Nimal@Shop.LK>\n\nnobody\nx@y, z@shop.am')).toEqual({
			people: [
				{ email: 'ana@shop.lk', name: '' },
				{ email: 'Nimal@Shop.LK', name: 'Perera, Nimal' },
				{ email: 'z@shop.am', name: '' },
			],
			refused: [
				{ line: 3, text: 'nobody' },
				{ line: 4, text: 'x@y' },
			],
		}));

	it.each([
		['mailto:ana@shop.lk', 'ana@shop.lk', ''],
		['<ana@shop.lk>', 'ana@shop.lk', ''],
		['ශ්\u200dරී <ana@shop.lk>', 'ana@shop.lk', 'ශ්\u200dරී'],
		['\u200bana@shop.lk\ufeff', 'ana@shop.lk', ''],
		['Ana@Müller.de', 'Ana@xn--mller-kva.de', ''],
		['ana@例え.jp', 'ana@xn--r8jz45g.jp', ''],
	])('reads %j as people write and copy it', (written, email, name) =>
		expect(readWritten(written)).toEqual({ email, name }),
	);

	it.each(['jürgen@shop.lk', 'ana@müller', 'ana@mü ller.de', 'ana@mü/ller.de', 'a@b@müller.de', 'ana@shop.lk;b@c.lk'])(
		'takes %j for no address',
		(written) => expect(readWritten(written)).toBeNull(),
	);

	it.each([
		['a@example.com', true],
		['a@mail.example.org', true],
		['a@shop.test', true],
		['a@myexample.com', false],
	])('knows whether %s can reach anybody', (address, isReserved) =>
		expect(isReservedAddress(address)).toBe(isReserved),
	);
});

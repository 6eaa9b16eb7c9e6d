// What each expression computes: every operator with at least two cases, numeric types included.
import { Decimal128, Double, Long, ObjectId, Timestamp } from 'bson';
import { describe, expect, it } from 'vitest';
import { compileExpression, newScope } from '#lib/server/embedded/expressions/compile.ts';
import { operators } from '#lib/server/embedded/expressions/operators.ts';
import { shown, typed, typedValue } from './support/typed.ts';

/** The code an expression is refused with. */
class Refused {
	readonly code: number;
	constructor(code: number) {
		this.code = code;
	}
}
/** Undefined as a result stands for a missing value. */
type Case = [reason: string, operand: unknown, result: unknown];

const refused = (code: number) => new Refused(code);

const day = new Date('2024-02-29T13:14:15.678Z');
const long = (value: number) => Long.fromNumber(value);
const double = (value: number) => new Double(value);
const id = new ObjectId('65f0000000000000000000ff');
const doc = {
	one: 1,
	two: 2,
	half: 0.5,
	text: 'Héllo',
	no: null,
	list: [3, 1, 2],
	docs: [{ k: 'a', n: 1 }, { k: 'b' }, { k: 'c', n: 3 }],
	inner: { x: 1, y: { z: 2 } },
	day,
	yes: true,
};

const cases: Record<string, Case[]> = {
	// comparison and logic
	$cmp: [
		['smaller is -1', ['$one', '$two'], -1],
		['types are ordered', ['$text', '$two'], 1],
		['numbers are equal across types', ['$one', double(1)], 0],
	],
	$eq: [
		['numbers are equal across types', ['$one', double(1)], true],
		['missing is not null', ['$none', null], false],
	],
	$ne: [
		['different values', ['$one', '$two'], true],
		['missing equals missing', ['$none', '$nothing'], false],
	],
	$gt: [
		['larger', ['$two', '$one'], true],
		['a string is larger than a number', ['$text', 5], true],
	],
	$gte: [
		['equal', ['$one', 1], true],
		['null is at least missing', [null, '$none'], true],
	],
	$lt: [
		['missing is smaller than null', ['$none', null], true],
		['not smaller', ['$two', '$one'], false],
	],
	$lte: [
		['equal', ['$one', long(1)], true],
		['a date is larger than a number', ['$day', 5], false],
	],
	$and: [
		['all true', ['$one', true], true],
		['0 is false', [0, true], false],
		['null is false', [null], false],
		['nothing is true', [], true],
		['an empty string is true', [''], true],
	],
	$or: [
		['one is enough', [false, '$one'], true],
		['nothing is false', [], false],
		['missing is false', ['$none'], false],
	],
	$not: [
		['turns true', ['$yes'], false],
		['turns null', [null], true],
		['an array is true', [[]], false],
	],
	$cond: [
		['by position', [{ $gt: ['$one', 0] }, 'yes', 'no'], 'yes'],
		['by name', { if: '$none', then: 1, else: 2 }, 2],
		['needs three', [true, 1], refused(16020)],
	],
	$ifNull: [
		['takes the first that is not null', ['$none', '$no', '$one'], 1],
		['takes the last whatever it is', ['$no', '$none'], undefined],
		['needs two', ['$no'], refused(28667)],
	],
	$switch: [
		[
			'takes the first true branch',
			{
				branches: [
					{ case: false, then: 1 },
					{ case: true, then: 2 },
					{ case: true, then: 3 },
				],
			},
			2,
		],
		['takes the default', { branches: [{ case: false, then: 1 }], default: 9 }, 9],
		['needs one to be true without a default', { branches: [{ case: false, then: 1 }] }, refused(40066)],
	],
	$literal: [
		['does not look inside', '$one', '$one'],
		['keeps a document', { $add: [1, 2] }, { $add: [1, 2] }],
	],
	// arithmetic
	$add: [
		['int and int', ['$one', 2], 3],
		['int grows to long', [2147483647, 1], long(2147483648)],
		['int and double', ['$one', 0.5], double(1.5)],
		['long past its end becomes double', [Long.MAX_VALUE, long(1)], double(2 ** 63)],
		['a date and milliseconds', ['$day', 1000], new Date(day.getTime() + 1000)],
		['null makes null', ['$one', '$no'], null],
		['missing makes null', ['$none', 1], null],
		['a string is refused', ['$text', 1], refused(14)],
		['two dates are refused', ['$day', '$day'], refused(16612)],
		['a decimal is refused', [Decimal128.fromString('1'), 1], refused(115)],
		['operands are read in turn: a wrong one before null is refused', ['$text', '$no'], refused(14)],
		['null before a wrong one makes null', ['$no', '$text'], null],
	],
	$subtract: [
		['numbers', ['$one', 2], -1],
		['dates make milliseconds as long', ['$day', new Date(day.getTime() - 5)], long(5)],
		['a date less milliseconds', ['$day', 1], new Date(day.getTime() - 1)],
		['int shrinks to long', [-2147483648, 1], long(-2147483649)],
		['null makes null', [null, 1], null],
	],
	$multiply: [
		['ints', [2, 3], 6],
		['int grows to long', [2147483647, 2], long(4294967294)],
		['with a double', [2, 0.5], double(1)],
		['null makes null', [2, null], null],
		['nothing is 1', [], 1],
		['operands are read in turn: a wrong one before null is refused', ['$text', null], refused(14)],
	],
	$divide: [
		['always makes a double', [4, 2], double(2)],
		['by zero is refused', [1, 0], refused(2)],
		['null makes null', [null, 2], null],
	],
	$mod: [
		['keeps the sign of the first', [-7, 3], -1],
		['doubles', [7.5, 2], double(1.5)],
		['longs', [long(7), 3], long(1)],
		['by zero is refused', [1, 0], refused(16610)],
		['an int by a whole double stays an int', [7, double(3)], 1],
		['an int by a fraction makes a double', [7, 2.5], double(2)],
	],
	$pow: [
		['ints make an int', [2, 3], 8],
		['growing to long', [2, 40], long(2 ** 40)],
		['and to double', [10, 30], double(1e30)],
		['a negative power makes a double', [2, -1], double(0.5)],
		['0 to a negative power is refused', [0, -1], refused(28764)],
	],
	$abs: [
		['of an int', [-3], 3],
		['of a double', -1.5, double(1.5)],
		['of the smallest int is a long', [-2147483648], long(2147483648)],
		['of null', '$no', null],
	],
	$sqrt: [
		['makes a double', [9], double(3)],
		['of less than 0 is refused', [-1], refused(28714)],
	],
	$exp: [
		['of 0', [0], double(1)],
		['of null', ['$no'], null],
	],
	$ln: [
		['of 1', [1], double(0)],
		['of 0 is refused', [0], refused(28766)],
	],
	$log10: [
		['of 1000', [1000], double(3)],
		['of less than 0 is refused', [-1], refused(28761)],
	],
	$log: [
		['to a base', [8, 2], double(3)],
		['to the base 1 is refused', [8, 1], refused(28759)],
	],
	$round: [
		['halves go to the even neighbour', [2.5], double(2)],
		['and up from an odd one', [3.5], double(4)],
		['to a place, by the exact value', [2.675, 2], double(2.67)],
		['to tens', [1250, -2], 1200],
		['an int stays as it is', [7, 2], 7],
		['below zero', [-0.5], double(-0)],
		['a place that is no whole number is refused', [1.5, 0.5], refused(51082)],
		['a place too far is refused', [1.5, 101], refused(51083)],
	],
	$trunc: [
		['cuts off', [2.9], double(2)],
		['to a place', [-2.678, 2], double(-2.67)],
		['to tens', [1299, -2], 1200],
		['null makes null', [null], null],
	],
	$ceil: [
		['up', [1.2], double(2)],
		['an int stays as it is', [3], 3],
		['below zero', [-1.7], double(-1)],
	],
	$floor: [
		['down', [-1.2], double(-2)],
		['a long stays as it is', [long(3)], long(3)],
	],
	// strings
	$concat: [
		['joins', ['$text', '!'], 'Héllo!'],
		['null makes null', ['$text', '$no'], null],
		['a number is refused', ['$text', 1], refused(16702)],
		['of nothing', [], ''],
		['operands are read in turn: a wrong one before null is refused', [1, null], refused(16702)],
	],
	$toLower: [
		['ASCII letters only', 'ABÉ', 'abÉ'],
		['of null', '$no', ''],
		['of a number', [12], '12'],
	],
	$toUpper: [
		['ASCII letters only', 'abé', 'ABé'],
		['of a date', '$day', '2024-02-29T13:14:15.678Z'],
	],
	$substrCP: [
		['counts code points', ['$text', 1, 2], 'él'],
		['of null', ['$no', 0, 1], ''],
		['beyond the end', ['$text', 9, 1], ''],
	],
	$substrBytes: [
		['counts bytes', ['$text', 0, 3], 'Hé'],
		['to the end', ['$text', 3, -1], 'llo'],
		['within a character is refused', ['$text', 0, 2], refused(28657)],
	],
	$substr: [
		['is $substrBytes', ['$text', 3, 2], 'll'],
		['from within a character is refused', ['$text', 2, 1], refused(28656)],
	],
	$strLenCP: [
		['counts code points', '$text', 5],
		['of an emoji', '\u{1f600}', 1],
		['of null is refused', '$no', refused(34471)],
	],
	$strLenBytes: [
		['counts bytes', '$text', 6],
		['of nothing', '', 0],
	],
	$strcasecmp: [
		['ignores case', ['abc', 'ABC'], 0],
		['orders', ['a', 'B'], -1],
		['null is empty', [null, 'a'], -1],
	],
	$split: [
		['by a separator', ['a-b-c', '-'], ['a', 'b', 'c']],
		['null makes null', ['$no', '-'], null],
		['by nothing is refused', ['a', ''], refused(40087)],
	],
	$trim: [
		['blanks', { input: ' \ta b\n' }, 'a b'],
		['given characters', { input: 'xyaxy', chars: 'xy' }, 'a'],
		['null makes null', { input: '$no' }, null],
	],
	$ltrim: [
		['at the start', { input: '  a ' }, 'a '],
		['given characters', { input: '00120', chars: '0' }, '120'],
	],
	$rtrim: [
		['at the end', { input: ' a  ' }, ' a'],
		['given characters', { input: '1.500', chars: '0' }, '1.5'],
	],
	$indexOfCP: [
		['counts code points', ['$text', 'l'], 2],
		['between bounds', ['$text', 'l', 3, 5], 3],
		['not found', ['$text', 'z'], -1],
		['in null', ['$no', 'a'], null],
	],
	$indexOfBytes: [
		['counts bytes', ['$text', 'l'], 3],
		['not found', ['$text', 'z'], -1],
	],
	$replaceOne: [
		['the first', { input: 'a.a', find: 'a', replacement: '$$' }, refused(16872)],
		['the first, taking the text as it is', { input: 'a.a', find: 'a', replacement: { $literal: '$&' } }, '$&.a'],
		['null makes null', { input: '$no', find: 'a', replacement: 'b' }, null],
	],
	$replaceAll: [
		['every one', { input: 'a.a', find: 'a', replacement: 'b' }, 'b.b'],
		['none', { input: 'x', find: 'a', replacement: 'b' }, 'x'],
	],
	$regexMatch: [
		['matches', { input: '$text', regex: /^h/i }, true],
		['options beside', { input: '$text', regex: '^h', options: 'i' }, true],
		['null does not match', { input: '$no', regex: 'a' }, false],
		['options in the pattern and beside it are refused', { input: 'a', regex: /a/i, options: 'i' }, refused(51107)],
	],
	$regexFind: [
		[
			'tells what and where, in code points',
			{ input: '$text', regex: /l(l)?(x)?/ },
			{ match: 'll', idx: 2, captures: ['l', null] },
		],
		['nothing found', { input: '$text', regex: /z/ }, null],
	],
	$regexFindAll: [
		[
			'every one',
			{ input: 'a1b2', regex: /\d/ },
			[
				{ match: '1', idx: 1, captures: [] },
				{ match: '2', idx: 3, captures: [] },
			],
		],
		['in null', { input: '$no', regex: /a/ }, []],
	],
	// arrays
	$arrayElemAt: [
		['from the start', ['$list', 0], 3],
		['from the end', ['$list', -1], 2],
		['beyond is missing', ['$list', 9], undefined],
		['of null', ['$no', 0], null],
		['of a value is refused', ['$one', 0], refused(28689)],
	],
	$first: [
		['element', '$list', 3],
		['of nothing is missing', [[]], undefined],
		['of null', '$no', null],
	],
	$last: [
		['element', '$list', 2],
		['of nothing is missing', [[]], undefined],
	],
	$slice: [
		['from the start', ['$list', 2], [3, 1]],
		['from the end', ['$list', -2], [1, 2]],
		['from a position', ['$list', 1, 5], [1, 2]],
		['null makes null', ['$no', 1], null],
		['of no elements is refused', ['$list', 0, 0], refused(28729)],
	],
	$size: [
		['counts', '$list', 3],
		['of a value is refused', '$one', refused(17124)],
		['of missing is refused', '$none', refused(17124)],
	],
	$isArray: [
		['of an array', '$list', true],
		['of missing', ['$none'], false],
		['of an array written out', [[1]], true],
	],
	$concatArrays: [
		['joins', ['$list', [4]], [3, 1, 2, 4]],
		['null makes null', ['$list', '$no'], null],
		['a value is refused', ['$list', 1], refused(28664)],
		['operands are read in turn: a wrong one before null is refused', [1, null], refused(28664)],
	],
	$in: [
		['is in', [1, '$list'], true],
		['numbers are equal across types', [double(2), '$list'], true],
		['in a value is refused', [1, '$one'], refused(40081)],
	],
	$indexOfArray: [
		['where', ['$list', 1], 1],
		['not there', ['$list', 9], -1],
		['from a position', [[1, 2, 1], 1, 1], 2],
		['in null', ['$no', 1], null],
	],
	$range: [
		['up', [0, 3], [0, 1, 2]],
		['by steps down', [5, 0, -2], [5, 3, 1]],
		['nothing', [3, 0], []],
		['by zero is refused', [0, 1, 0], refused(34449)],
	],
	$reverseArray: [
		['turns', '$list', [2, 1, 3]],
		['of null', '$no', null],
	],
	$zip: [
		[
			'to the shortest',
			{ inputs: ['$list', ['a', 'b']] },
			[
				[3, 'a'],
				[1, 'b'],
			],
		],
		[
			'to the longest with defaults',
			{ inputs: [[1], ['a', 'b']], useLongestLength: true, defaults: [0, 'z'] },
			[
				[1, 'a'],
				[0, 'b'],
			],
		],
		['null makes null', { inputs: ['$no', [1]] }, null],
	],
	$sortArray: [
		['values', { input: '$list', sortBy: 1 }, [1, 2, 3]],
		['documents', { input: '$docs', sortBy: { n: -1 } }, [{ k: 'c', n: 3 }, { k: 'a', n: 1 }, { k: 'b' }]],
		['null', { input: '$no', sortBy: 1 }, null],
	],
	$allElementsTrue: [
		['all', [[true, 1]], true],
		['not with a null', [[null]], false],
		['of nothing', [[]], true],
	],
	$anyElementTrue: [
		['one', [[0, 1]], true],
		['of nothing', [[]], false],
	],
	$map: [
		['each', { input: '$list', in: { $add: ['$$this', '$one'] } }, [4, 2, 3]],
		[
			'by name, within another',
			{ input: [1, 2], as: 'a', in: { $map: { input: [10, 20], as: 'b', in: { $add: ['$$a', '$$b'] } } } },
			[
				[11, 21],
				[12, 22],
			],
		],
		['missing becomes null', { input: '$docs', as: 'd', in: '$$d.n' }, [1, null, 3]],
		['of null', { input: '$no', in: 1 }, null],
		['a name in capitals is refused', { input: '$list', as: 'X', in: 1 }, refused(9)],
	],
	$filter: [
		['keeps', { input: '$list', cond: { $gt: ['$$this', 1] } }, [3, 2]],
		['no more than the limit', { input: '$list', as: 'n', cond: true, limit: 2 }, [3, 1]],
		['of null', { input: '$no', cond: true }, null],
		['an unknown name is refused', { input: '$list', cond: '$$that' }, refused(17276)],
	],
	$reduce: [
		['folds', { input: '$list', initialValue: 0, in: { $add: ['$$value', '$$this'] } }, 6],
		[
			'within another',
			{
				input: [[1, 2], [3]],
				initialValue: [],
				in: {
					$concatArrays: [
						'$$value',
						{ $reduce: { input: '$$this', initialValue: [], in: { $concatArrays: [['$$this'], '$$value'] } } },
					],
				},
			},
			[2, 1, 3],
		],
		['of null', { input: '$no', initialValue: 0, in: 1 }, null],
	],
	$let: [
		['names', { vars: { a: '$one', b: 5 }, in: { $add: ['$$a', '$$b'] } }, 6],
		['all at once', { vars: { a: 1 }, in: { $let: { vars: { a: 2, b: '$$a' }, in: ['$$a', '$$b'] } } }, [2, 1]],
		['an unknown name is refused', { vars: {}, in: '$$a' }, refused(17276)],
	],
	// sets
	$setUnion: [
		[
			'each once',
			[
				[1, 2],
				[double(2), 3],
			],
			[1, 2, 3],
		],
		['null makes null', [[1], null], null],
		['a value is refused', [[1], 1], refused(17043)],
	],
	$setIntersection: [
		[
			'what all have',
			[
				[1, 2, 3],
				[3, 1],
			],
			[1, 3],
		],
		['nothing in common', [[1], [2]], []],
		['null makes null', [[1], '$none'], null],
		['a value is refused', [[1], 1], refused(17047)],
	],
	$setDifference: [
		['what the second has not', [[1, 2, 1], [2]], [1]],
		['null makes null', [null, [1]], null],
		['a first that is no array is refused', [1, [1]], refused(17048)],
		['a second that is no array is refused', [[1], 1], refused(17049)],
	],
	$setIsSubset: [
		[
			'is',
			[
				[1, 1],
				[2, 1],
			],
			true,
		],
		['is not', [[3], [1]], false],
		['a first that is no array is refused', [1, [1]], refused(17046)],
		['null as the second is refused', [[1], null], refused(17042)],
	],
	$setEquals: [
		[
			'order and repetition do not count',
			[
				[1, 2, 1],
				[2, 1],
			],
			true,
		],
		['differs', [[1], [1, 2]], false],
		['a value is refused', [1, [1]], refused(17044)],
	],
	// documents
	$mergeObjects: [
		['later fields win, in the place of the earlier', [{ a: 1, b: 1 }, { a: 2 }], { a: 2, b: 1 }],
		['null counts for nothing', ['$no', { a: 1 }], { a: 1 }],
		['of an array of documents', '$docs', { k: 'c', n: 3 }],
		['a value is refused', [1], refused(40400)],
	],
	$objectToArray: [
		[
			'pairs',
			'$inner',
			[
				{ k: 'x', v: 1 },
				{ k: 'y', v: { z: 2 } },
			],
		],
		['of null', '$no', null],
		['of a value is refused', '$one', refused(40390)],
	],
	$arrayToObject: [
		['from pairs', [[['a', 1]]], { a: 1 }],
		[
			'from k and v',
			[
				[
					{ k: 'a', v: 1 },
					{ k: 'b', v: 2 },
				],
			],
			{ a: 1, b: 2 },
		],
		['of null', '$no', null],
		['a key that is no string is refused', [[[1, 1]]], refused(40395)],
		['a pair of three is refused', [[['a', 1, 2]]], refused(40397)],
		['a document among pairs is refused', [[['a', 1], { k: 'b', v: 2 }]], refused(40396)],
		['a pair among documents is refused', [[{ k: 'b', v: 2 }, ['a', 1]]], refused(40391)],
	],
	$getField: [
		['of the document', 'one', 1],
		['of another, dots and all', { field: 'a.b', input: { $literal: { 'a.b': 7 } } }, 7],
		['of missing is missing', { field: 'x', input: '$none' }, undefined],
		['of null is null', { field: 'x', input: null }, null],
	],
	$setField: [
		['sets', { field: 'x', input: '$inner', value: 9 }, { x: 9, y: { z: 2 } }],
		['removes', { field: 'x', input: '$inner', value: '$$REMOVE' }, { y: { z: 2 } }],
		['of null', { field: 'x', input: null, value: 1 }, null],
	],
	$unsetField: [
		['removes', { field: 'x', input: '$inner' }, { y: { z: 2 } }],
		['what is not there', { field: 'q', input: { a: 1 } }, { a: 1 }],
	],
	// types
	$type: [
		['of a value', '$half', 'double'],
		['of missing', '$none', 'missing'],
		['of a timestamp', [new Timestamp({ t: 1, i: 1 })], 'timestamp'],
	],
	$isNumber: [
		['a number', '$one', true],
		['a string', '$text', false],
		['missing', '$none', false],
	],
	$convert: [
		['to a type', { input: '7', to: 'int' }, 7],
		['by number', { input: 1, to: 2 }, '1'],
		['onNull for null', { input: '$no', to: 'int', onNull: 0 }, 0],
		['onError for what does not parse', { input: 'x', to: 'int', onError: -1 }, -1],
		['an error without it', { input: 'x', to: 'int' }, refused(241)],
		['to decimal is refused', { input: 1, to: 'decimal' }, refused(115)],
	],
	$toBool: [
		['a number', [0], false],
		['any string', '', true],
		['null', '$no', null],
	],
	$toDate: [
		['a long', [long(0)], new Date(0)],
		['an ISO text', '2024-02-29', new Date('2024-02-29T00:00:00Z')],
		['an ISO text with an offset', '2024-02-29T02:00:00+02:00', new Date('2024-02-29T00:00:00Z')],
		['an ObjectId', [id], id.getTimestamp()],
		['a day that is not', '2023-02-29', refused(241)],
		['an int', [1], refused(241)],
	],
	$toDouble: [
		['a text', '1.5', double(1.5)],
		['true', '$yes', double(1)],
		['a date', [new Date(5)], double(5)],
		['what does not parse', '1x', refused(241)],
	],
	$toInt: [
		['cuts off', [2.9], 2],
		['a text', '-12', -12],
		['too large', [2147483648], refused(241)],
		['a fraction in a text', '1.5', refused(241)],
		['null', '$no', null],
	],
	$toLong: [
		['an int', [5], long(5)],
		['a date', '$day', long(day.getTime())],
		['NaN', [NaN], refused(241)],
	],
	$toObjectId: [
		['a text', '65f0000000000000000000ff', id],
		['too short', 'ff', refused(241)],
	],
	$toString: [
		['a double', [1.5], '1.5'],
		['a whole double', [double(3)], '3'],
		['an ObjectId', [id], '65f0000000000000000000ff'],
		['a date', '$day', '2024-02-29T13:14:15.678Z'],
		['an array', '$list', refused(241)],
		['a double whose digits differ by writer', [0.1 + 0.2], refused(115)],
	],
	// dates
	$year: [
		['of a date', '$day', 2024],
		['of an ObjectId', [id], 2024],
		['of null', '$no', null],
		['of a string is refused', '$text', refused(16006)],
		['in a time zone that is not UTC is refused', { date: '$day', timezone: 'Asia/Colombo' }, refused(115)],
		['in UTC by name', { date: '$day', timezone: 'UTC' }, 2024],
	],
	$month: [
		['counts from 1', '$day', 2],
		['of December', [new Date('2023-12-31T23:59:59Z')], 12],
	],
	$dayOfMonth: [
		['of a leap day', '$day', 29],
		['of missing', '$none', null],
	],
	$dayOfWeek: [
		['Sunday is 1', [new Date('2024-03-03T00:00:00Z')], 1],
		['Thursday is 5', '$day', 5],
	],
	$dayOfYear: [
		['of a leap day', '$day', 60],
		['of the last day of a leap year', [new Date('2024-12-31T00:00:00Z')], 366],
	],
	$hour: [
		['of a date', '$day', 13],
		['in UTC by offset', { date: '$day', timezone: '+00:00' }, 13],
		['in another offset is refused', { date: '$day', timezone: '+05:30' }, refused(115)],
	],
	$minute: [
		['of a date', '$day', 14],
		['of null', [null], null],
	],
	$second: [
		['of a date', '$day', 15],
		['before 1970', [new Date(-1)], 59],
	],
	$millisecond: [
		['of a date', '$day', 678],
		['before 1970', [new Date(-1)], 999],
	],
	$week: [
		['before the first Sunday is 0', [new Date('2022-01-01T00:00:00Z')], 0],
		['from the first Sunday is 1', [new Date('2022-01-02T00:00:00Z')], 1],
	],
	$isoWeek: [
		['of a Sunday is the week before', [new Date('2021-01-03T00:00:00Z')], 53],
		['of the Monday after', [new Date('2021-01-04T00:00:00Z')], 1],
	],
	$isoWeekYear: [
		['may be the year before', [new Date('2021-01-03T00:00:00Z')], long(2020)],
		['may be the year after', [new Date('2024-12-30T00:00:00Z')], long(2025)],
	],
	$isoDayOfWeek: [
		['Monday is 1', [new Date('2024-03-04T00:00:00Z')], 1],
		['Sunday is 7', [new Date('2024-03-03T00:00:00Z')], 7],
	],
	$dateToString: [
		['as ISO 8601', { date: '$day' }, '2024-02-29T13:14:15.678Z'],
		[
			'by a format',
			{ date: '$day', format: '%d/%m/%Y %H:%M:%S.%L %j %u %w %U %V %G %z %%' },
			'29/02/2024 13:14:15.678 060 4 5 08 09 2024 +0000 %',
		],
		['onNull', { date: '$no', onNull: '-' }, '-'],
		['null without it', { date: '$none' }, null],
		['an unknown part of a format is refused', { date: '$day', format: '%B' }, refused(115)],
		['another time zone is refused', { date: '$day', timezone: 'Europe/Berlin' }, refused(115)],
	],
	$dateToParts: [
		[
			'of the calendar',
			{ date: '$day' },
			{ year: 2024, month: 2, day: 29, hour: 13, minute: 14, second: 15, millisecond: 678 },
		],
		[
			'of ISO weeks',
			{ date: '$day', iso8601: true },
			{ isoWeekYear: 2024, isoWeek: 9, isoDayOfWeek: 4, hour: 13, minute: 14, second: 15, millisecond: 678 },
		],
		['of null', { date: null }, null],
	],
	$dateFromParts: [
		['from a year alone', { year: 2024 }, new Date('2024-01-01T00:00:00Z')],
		['carrying over', { year: 2024, month: 14, day: 0, hour: 25 }, new Date('2025-02-01T01:00:00Z')],
		['from ISO weeks', { isoWeekYear: 2024, isoWeek: 9, isoDayOfWeek: 4 }, new Date('2024-02-29T00:00:00Z')],
		['null makes null', { year: '$no' }, null],
		['a fraction is refused', { year: 2024, month: 1.5 }, refused(40515)],
	],
	$dateTrunc: [
		['to a month', { date: '$day', unit: 'month' }, new Date('2024-02-01T00:00:00Z')],
		['to a quarter', { date: '$day', unit: 'quarter' }, new Date('2024-01-01T00:00:00Z')],
		['to a week from Sunday', { date: '$day', unit: 'week' }, new Date('2024-02-25T00:00:00Z')],
		['to a week from Monday', { date: '$day', unit: 'week', startOfWeek: 'Monday' }, new Date('2024-02-26T00:00:00Z')],
		['to bins counted from 2000', { date: '$day', unit: 'hour', binSize: 5 }, new Date('2024-02-29T10:00:00Z')],
		['to bins of years', { date: '$day', unit: 'year', binSize: 10 }, new Date('2020-01-01T00:00:00Z')],
		['before 1970', { date: new Date('1969-12-31T23:30:00Z'), unit: 'day' }, new Date('1969-12-31T00:00:00Z')],
		['null makes null', { date: '$no', unit: 'day' }, null],
		['another time zone is refused', { date: '$day', unit: 'day', timezone: 'America/New_York' }, refused(115)],
		['an unknown unit is refused', { date: '$day', unit: 'decade' }, refused(9)],
		['bins of several weeks are refused', { date: '$day', unit: 'week', binSize: 2 }, refused(115)],
		['a number is refused', { date: 5, unit: 'day' }, refused(5439012)],
	],
	$dateAdd: [
		[
			'to the last day of a shorter month',
			{ startDate: new Date('2024-01-31T10:00:00Z'), unit: 'month', amount: 1 },
			new Date('2024-02-29T10:00:00Z'),
		],
		['a year after a leap day', { startDate: '$day', unit: 'year', amount: 1 }, new Date('2025-02-28T13:14:15.678Z')],
		[
			'a quarter',
			{ startDate: new Date('2023-11-30T00:00:00Z'), unit: 'quarter', amount: 1 },
			new Date('2024-02-29T00:00:00Z'),
		],
		['weeks', { startDate: '$day', unit: 'week', amount: 2 }, new Date(day.getTime() + 14 * 86_400_000)],
		['null makes null', { startDate: '$day', unit: 'day', amount: null }, null],
		['a fraction is refused', { startDate: '$day', unit: 'day', amount: 1.5 }, refused(5166405)],
		['text is refused', { startDate: '$text', unit: 'day', amount: 1 }, refused(5166403)],
	],
	$dateSubtract: [
		[
			'from the last day to a shorter month',
			{ startDate: new Date('2024-03-31T00:00:00Z'), unit: 'month', amount: 1 },
			new Date('2024-02-29T00:00:00Z'),
		],
		[
			'across years',
			{ startDate: new Date('2024-01-15T00:00:00Z'), unit: 'month', amount: 13 },
			new Date('2022-12-15T00:00:00Z'),
		],
	],
	$dateDiff: [
		[
			'counts boundaries, not lengths',
			{ startDate: new Date('2023-12-31T23:59:59Z'), endDate: new Date('2024-01-01T00:00:00Z'), unit: 'year' },
			long(1),
		],
		['backwards', { startDate: '$day', endDate: new Date('2024-02-28T00:00:00Z'), unit: 'day' }, long(-1)],
		[
			'weeks from Sunday',
			{ startDate: new Date('2024-03-02T00:00:00Z'), endDate: new Date('2024-03-03T00:00:00Z'), unit: 'week' },
			long(1),
		],
		[
			'weeks from Monday',
			{
				startDate: new Date('2024-03-02T00:00:00Z'),
				endDate: new Date('2024-03-03T00:00:00Z'),
				unit: 'week',
				startOfWeek: 'mon',
			},
			long(0),
		],
		['null makes null', { startDate: null, endDate: '$day', unit: 'day' }, null],
		['a number is refused', { startDate: 5, endDate: '$day', unit: 'day' }, refused(5166307)],
	],
	// accumulators within a document
	$sum: [
		['of an array', '$list', 6],
		['of operands, others count for nothing', ['$one', '$text', 2.5], double(3.5)],
		['of nothing', [], 0],
		['ints grow to long', [2147483647, 1], long(2147483648)],
		['an array among operands counts for nothing', ['$list', 1], 1],
	],
	$avg: [
		['of an array', '$list', double(2)],
		['through a path', '$docs.n', double(2)],
		['of nothing', [[]], null],
	],
	$min: [
		['of an array', '$list', 1],
		['null counts for nothing', ['$no', 5], 5],
		['of nothing', [[]], null],
	],
	$max: [
		['of an array', '$list', 3],
		['across types', [5, '$text'], 'Héllo'],
	],
	$stdDevPop: [
		['of an array', [[2, 4, 4, 4, 5, 5, 7, 9]], double(2)],
		['of nothing', [[]], null],
	],
	$stdDevSamp: [
		['of two', [[1, 3]], double(Math.SQRT2)],
		['of one', [[1]], null],
	],
};

function evaluate(expression: unknown): unknown {
	return compileExpression(typedValue(expression))(typed(doc));
}

describe.each(Object.entries(cases))('%s', (name, rows) => {
	it.each(rows)('%s', (_reason, operand, result) => {
		if (result instanceof Refused)
			expect(() => evaluate({ [name]: operand })).toThrowError(expect.objectContaining({ code: result.code }));
		else
			expect(shown(evaluate({ [name]: operand }))).toBe(shown(result === undefined ? undefined : typedValue(result)));
	});
});

it('has at least two cases for every operator', () => {
	expect(Object.keys(operators).filter((name) => (cases[name]?.length ?? 0) < 2)).toEqual([]);
});

describe('an expression', () => {
	it.each<[reason: string, expression: unknown, result: unknown]>([
		['reads a field', '$one', 1],
		['reads through documents', '$inner.y.z', 2],
		['reads through arrays of documents, leaving out what is missing', '$docs.n', [1, 3]],
		['takes a number in a path as a name, not a position', '$list.0', []],
		['finds nothing in a value', '$one.x', undefined],
		[
			'makes documents, leaving out what is missing',
			{ a: '$one', b: '$none', c: { d: '$two' } },
			{ a: 1, c: { d: 2 } },
		],
		['makes arrays, with null for what is missing', ['$one', '$none'], [1, null]],
		['reads the whole document', '$$ROOT.inner.x', 1],
		['reads the current document', '$$CURRENT.one', 1],
		['leaves out by $$REMOVE', { a: '$$REMOVE' }, {}],
		['keeps other values', 5, 5],
	])('%s', (_reason, expression, result) => {
		expect(shown(evaluate(expression))).toBe(shown(result === undefined ? undefined : typedValue(result)));
	});

	it('knows the moment it was compiled', () => {
		const now = new Date('2024-05-01T00:00:00Z');
		expect(compileExpression('$$NOW', newScope(now))({})).toEqual(now);
	});

	it.each<[reason: string, expression: unknown, code: number]>([
		['an unknown operator, however deep', { $cond: [true, 1, { $add: [1, { $foo: 1 }] }] }, 115],
		['two operators in one document', { $add: [1], $subtract: [1, 1] }, 15983],
		['an unknown variable', '$$foo', 17276],
		['a variable of the server', '$$CLUSTER_TIME', 115],
		['an empty path', '$', 16872],
		['an empty part of a path', '$a..b', 15998],
		['an empty first part of a path', '$.a', 15998],
		['a path that ends in a dot', '$a.', 40353],
		['a field with a dot', { 'a.b': 1 }, 16412],
		['a wrong number of operands', { $eq: [1] }, 16020],
		['a missing operand', { $dateAdd: { startDate: '$day', unit: 'day' } }, 9],
		['an unknown operand', { $map: { input: [], in: 1, foo: 1 } }, 9],
	])('refuses %s', (_reason, expression, code) => {
		expect(() => compileExpression(typedValue(expression))).toThrowError(expect.objectContaining({ code }));
	});
});

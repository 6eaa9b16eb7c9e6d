// Which documents a filter selects, rule by rule.
import { BSONRegExp, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { describe, expect, it } from 'vitest';
import { compileFilter, compilePosition } from '#lib/server/embedded/matcher.ts';
import { isDoc } from '#lib/server/embedded/values.ts';
import { tabled } from './support/tabled.ts';
import { typed } from './support/typed.ts';

type Case = [reason: string, filter: object, selected: object[], passedOver: object[]];

const id = new ObjectId('65f000000000000000000001');
const day = new Date('2024-05-01T00:00:00Z');

const rules: Record<string, Case[]> = {
	equality: [
		['a value equals itself', { a: 1 }, [{ a: 1 }], [{ a: 2 }, {}]],
		[
			'numbers are equal across their types',
			{ a: 1 },
			[{ a: new Double(1) }, { a: Long.fromNumber(1) }, { a: Decimal128.fromString('1.0') }],
			[{ a: '1' }, { a: true }],
		],
		[
			'a long beyond 2^53 is not its rounded neighbour',
			{ a: Long.fromString('9007199254740993') },
			[{ a: Long.fromString('9007199254740993') }],
			[{ a: new Double(9007199254740992) }],
		],
		['the double 0.1 is not the decimal 0.1', { a: 0.1 }, [{ a: 0.1 }], [{ a: Decimal128.fromString('0.1') }]],
		['NaN equals NaN', { a: NaN }, [{ a: NaN }], [{ a: 0 }, {}]],
		['0 and -0 are equal', { a: 0 }, [{ a: -0 }], []],
		['null stands for missing too', { a: null }, [{ a: null }, {}, { b: 1 }], [{ a: 0 }, { a: '' }, { a: [] }]],
		['null is found in an array', { a: null }, [{ a: [1, null] }], [{ a: [1] }]],
		['an array is searched for the value', { a: 1 }, [{ a: [2, 1] }], [{ a: [[1]] }]],
		[
			'an array is equal as a whole',
			{ a: [1, 2] },
			[{ a: [1, 2] }, { a: [[1, 2]] }],
			[{ a: [2, 1] }, { a: [1, 2, 3] }],
		],
		[
			'a document is equal as a whole, field order included',
			{ a: { b: 1, c: 2 } },
			[{ a: { b: 1, c: 2 } }],
			[{ a: { c: 2, b: 1 } }, { a: { b: 1, c: 2, d: 3 } }],
		],
		['an empty document equals only an empty document', { a: {} }, [{ a: {} }], [{ a: { b: 1 } }, {}, { a: [] }]],
		[
			'ids are equal by their bytes',
			{ a: id },
			[{ a: new ObjectId(id.toHexString()) }],
			[{ a: new ObjectId() }, { a: id.toHexString() }],
		],
		['dates are equal by their milliseconds', { a: day }, [{ a: new Date(day) }], [{ a: day.getTime() }]],
		[
			'$eq is what a bare value is, documents included',
			{ a: { $eq: { b: 1 } } },
			[{ a: { b: 1 } }, { a: [{ b: 1 }] }],
			[{ a: { b: 1, c: 1 } }, {}],
		],
		['$eq with a regular expression is equality, not matching', { a: { $eq: /x/ } }, [{ a: /x/ }], [{ a: 'x' }]],
		[
			'every inherited name of a JS object is an ordinary field',
			{ constructor: null, toString: null },
			[{}],
			[{ constructor: 1 }],
		],
		['all conditions must hold', { a: 1, b: 2 }, [{ a: 1, b: 2 }], [{ a: 1 }, { b: 2 }]],
		['an empty filter selects everything', {}, [{}, { a: 1 }], []],
	],
	'ranges keep to the type of their bound': [
		[
			'a number does not compare with a string',
			{ a: { $gt: 5 } },
			[{ a: 6 }, { a: 5.5 }, { a: Long.fromNumber(6) }],
			[{ a: '6' }, { a: day }, { a: 5 }, {}, { a: null }],
		],
		[
			'a string does not compare with a number',
			{ a: { $lt: 'b' } },
			[{ a: 'a' }, { a: '' }],
			[{ a: 1 }, { a: 'b' }, {}],
		],
		['a missing field is in no range', { a: { $lt: 5 } }, [{ a: 4 }], [{}, { a: null }]],
		['null is at least and at most null, and so is missing', { a: { $gte: null } }, [{ a: null }, {}], [{ a: 1 }]],
		['nothing is greater than null', { a: { $gt: null } }, [], [{ a: null }, {}, { a: 1 }]],
		['NaN is in no range of numbers', { a: { $lt: 5 } }, [], [{ a: NaN }]],
		['NaN is at least NaN', { a: { $gte: NaN } }, [{ a: NaN }], [{ a: 1 }, {}]],
		[
			'dates compare with dates',
			{ a: { $gte: day } },
			[{ a: day }, { a: new Date(day.getTime() + 1) }],
			[{ a: new Date(day.getTime() - 1) }, { a: new Timestamp({ t: 2_000_000_000, i: 1 }) }],
		],
		['booleans compare with booleans', { a: { $gt: false } }, [{ a: true }], [{ a: 1 }, { a: false }]],
		['any element of an array may be in the range', { a: { $gt: 5 } }, [{ a: [1, 9] }], [{ a: [1, 2] }, { a: [] }]],
		['both bounds may be met by different elements', { a: { $gt: 5, $lt: 3 } }, [{ a: [1, 9] }], [{ a: [4] }]],
		[
			'an array bound compares whole arrays',
			{ a: { $gt: [1, 2] } },
			[{ a: [1, 3] }, { a: [2] }],
			[{ a: [1, 2] }, { a: 5 }],
		],
		[
			'MinKey and MaxKey compare with everything',
			{ a: { $gt: new MinKey(), $lt: new MaxKey() } },
			[{ a: 1 }, { a: 'x' }, { a: null }],
			[{ a: new MinKey() }],
		],
		['$lte takes its bound', { a: { $lte: 5 } }, [{ a: 5 }, { a: 4.9 }, { a: [7, 5] }], [{ a: 6 }, { a: 'x' }, {}]],
		['$lte of dates', { a: { $lte: day } }, [{ a: day }, { a: new Date(0) }], [{ a: new Date(day.getTime() + 1) }]],
		['strings are ordered by their UTF-8 bytes', { a: { $gt: '\uffff' } }, [{ a: '\u{1f600}' }], [{ a: 'z' }]],
	],
	membership: [
		[
			'$in takes any of the list',
			{ a: { $in: [1, 'x'] } },
			[{ a: 1 }, { a: 'x' }, { a: new Double(1) }, { a: [7, 'x'] }],
			[{ a: 2 }, {}],
		],
		['$in with null takes missing too', { a: { $in: [null] } }, [{}, { a: null }], [{ a: 1 }]],
		['$in takes regular expressions', { a: { $in: [/^x/] } }, [{ a: 'xy' }], [{ a: 'yx' }]],
		[
			'$in takes documents and arrays',
			{ a: { $in: [{ b: 1 }, [2]] } },
			[{ a: { b: 1 } }, { a: [2] }, { a: [[2]] }],
			[{ a: { b: 1, c: 1 } }, { a: 2 }],
		],
		['$in of nothing selects nothing', { a: { $in: [] } }, [], [{ a: 1 }, {}]],
		[
			'$nin passes over arrays that hold any of the list',
			{ a: { $nin: [1] } },
			[{ a: 2 }, {}, { a: [2] }],
			[{ a: 1 }, { a: [1, 2] }],
		],
		['$nin with null wants the field', { a: { $nin: [null, 1] } }, [{ a: 2 }], [{}, { a: null }, { a: [1] }]],
		['$ne takes missing fields', { a: { $ne: 1 } }, [{}, { a: 2 }, { a: 'x' }], [{ a: 1 }, { a: [1, 2] }]],
		['$ne null needs the field', { a: { $ne: null } }, [{ a: 0 }, { a: [] }], [{}, { a: null }, { a: [null] }]],
		['$all wants every value', { a: { $all: [1, 2] } }, [{ a: [2, 1, 3] }], [{ a: [1] }, { a: 1 }]],
		['$all of one value takes a scalar', { a: { $all: [1] } }, [{ a: 1 }, { a: [1] }], [{}]],
		[
			'$all of an array takes the array itself',
			{ a: { $all: [[1, 2]] } },
			[{ a: [1, 2] }, { a: [[1, 2]] }],
			[{ a: [2, 1] }],
		],
		['$all of nothing selects nothing', { a: { $all: [] } }, [], [{ a: [] }, {}]],
		[
			'$all takes $elemMatch',
			{ a: { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { b: 2 } }] } },
			[{ a: [{ b: 1 }, { b: 2 }] }],
			[{ a: [{ b: 1 }] }],
		],
	],
	logic: [
		['$and wants all', { $and: [{ a: 1 }, { b: 1 }] }, [{ a: 1, b: 1 }], [{ a: 1 }]],
		['$and may say two things of one field', { $and: [{ a: { $gt: 1 } }, { a: { $lt: 3 } }] }, [{ a: 2 }], [{ a: 3 }]],
		['$or beside a field', { a: 1, $or: [{ b: 1 }, { b: 2 }] }, [{ a: 1, b: 2 }], [{ a: 1 }, { b: 2 }]],
		['$nor of one is its opposite', { $nor: [{ a: { $gt: 1 } }] }, [{ a: 1 }, {}, { a: 'x' }], [{ a: 2 }]],
		['$or wants one', { $or: [{ a: 1 }, { b: 1 }] }, [{ a: 1 }, { b: 1 }], [{}]],
		['$nor wants none', { $nor: [{ a: 1 }, { b: 1 }] }, [{}], [{ a: 1 }]],
		[
			'$not takes what the operator does not, missing included',
			{ a: { $not: { $gt: 5 } } },
			[{ a: 5 }, {}, { a: 'x' }],
			[{ a: 6 }, { a: [1, 6] }],
		],
		['$not takes a regular expression', { a: { $not: /^x/ } }, [{ a: 'y' }, {}], [{ a: 'x' }]],
		['$comment may stand alone', { $comment: 'all of them' }, [{}, { a: 1 }], []],
		['$comment changes nothing', { a: 1, $comment: 'why' }, [{ a: 1 }], [{ a: 2 }]],
		['$expr compares fields with each other', { $expr: { $gt: ['$a', '$b'] } }, [{ a: 2, b: 1 }], [{ a: 1, b: 2 }]],
		['$expr orders across types, unlike a range', { $expr: { $gt: ['$a', 5] } }, [{ a: 'x' }], [{ a: 1 }, {}]],
	],
	'presence and type': [
		['$exists: true takes null', { a: { $exists: true } }, [{ a: null }, { a: [] }], [{}]],
		['$exists: false takes only missing', { a: { $exists: false } }, [{}, { b: 1 }], [{ a: null }]],
		['$exists: 0 is false', { a: { $exists: 0 } }, [{}], [{ a: 1 }]],
		['$type by alias', { a: { $type: 'string' } }, [{ a: 'x' }, { a: [1, 'x'] }], [{ a: 1 }, {}]],
		['$type by number', { a: { $type: 16 } }, [{ a: 1 }], [{ a: 1.5 }, { a: Long.fromNumber(1) }]],
		[
			"$type: 'number' is all four",
			{ a: { $type: 'number' } },
			[{ a: 1 }, { a: 1.5 }, { a: Long.fromNumber(1) }, { a: Decimal128.fromString('1') }],
			[{ a: '1' }],
		],
		["$type: 'array' is the array itself", { a: { $type: 'array' } }, [{ a: [] }, { a: [1] }], [{ a: 1 }]],
		['$type takes a list', { a: { $type: ['string', 'bool'] } }, [{ a: 'x' }, { a: true }], [{ a: 1 }]],
		['$type null is not missing', { a: { $type: 'null' } }, [{ a: null }], [{}]],
	],
	'arrays and numbers': [
		['$size counts elements', { a: { $size: 2 } }, [{ a: [1, 2] }], [{ a: [1] }, { a: 'xy' }, {}]],
		['$size does not look into elements', { a: { $size: 2 } }, [], [{ a: [[1, 2]] }]],
		[
			'$mod takes the remainder',
			{ a: { $mod: [4, 1] } },
			[{ a: 5 }, { a: -3 + 8 }, { a: 5.9 }],
			[{ a: 4 }, { a: 'x' }, { a: NaN }, {}],
		],
		[
			'$mod is exact beyond 2^53, and passes over what no long holds',
			{ a: { $mod: [10, 3] } },
			[{ a: Long.fromString('9007199254740993') }, { a: Decimal128.fromString('9007199254740993') }],
			[{ a: 1e20 + 3 }, { a: NaN }],
		],
		['$mod keeps the sign of the value', { a: { $mod: [4, -1] } }, [{ a: -5 }], [{ a: 5 }]],
		[
			'$elemMatch wants one element to meet all',
			{ a: { $elemMatch: { $gt: 5, $lt: 8 } } },
			[{ a: [1, 6] }],
			[{ a: [1, 9] }, { a: 6 }, {}],
		],
		[
			'$elemMatch on documents',
			{ a: { $elemMatch: { b: 1, c: 2 } } },
			[{ a: [{ b: 1, c: 2 }] }],
			[{ a: [{ b: 1 }, { c: 2 }] }, { a: { b: 1, c: 2 } }],
		],
		[
			'$elemMatch on values does not enter inner arrays',
			{ a: { $elemMatch: { $gt: 5 } } },
			[{ a: [6] }],
			[{ a: [[6]] }],
		],
		[
			'$elemMatch on documents takes inner arrays by position',
			{ a: { $elemMatch: { 0: 1 } } },
			[{ a: [[1, 2]] }],
			[{ a: [1] }],
		],
		[
			'$elemMatch takes logic',
			{ a: { $elemMatch: { $or: [{ b: 1 }, { c: 1 }] } } },
			[{ a: [{ c: 1 }] }],
			[{ a: [{ d: 1 }] }],
		],
		[
			'$elemMatch with $ne needs an element',
			{ a: { $elemMatch: { $ne: 1 } } },
			[{ a: [1, 2] }],
			[{ a: [1] }, { a: [] }, {}],
		],
	],
	'dotted paths': [
		['a path goes through documents', { 'a.b': 1 }, [{ a: { b: 1 } }], [{ a: 1 }, { 'a.c': 1 }, {}]],
		['a path goes through each document of an array', { 'a.b': 1 }, [{ a: [{ b: 2 }, { b: 1 }] }], [{ a: [1] }]],
		['a path does not go through arrays in arrays', { 'a.b': 1 }, [], [{ a: [[{ b: 1 }]] }]],
		['a number is a position', { 'a.1': 7 }, [{ a: [1, 7] }], [{ a: [7, 1] }]],
		['a number is also a field', { 'a.1': 7 }, [{ a: { 1: 7 } }, { a: [{ 1: 7 }] }], []],
		['a position leads on', { 'a.0.b': 1 }, [{ a: [{ b: 1 }] }], [{ a: [{ b: 2 }, { b: 1 }] }]],
		['a position does not search an array it leads to', { 'a.0': 1 }, [{ a: [1] }], [{ a: [[1]] }]],
		['an array at the end is searched', { 'a.b': 1 }, [{ a: { b: [1, 2] } }, { a: [{ b: [3, 1] }] }], []],
		[
			'null takes a path that ends early',
			{ 'a.b': null },
			[{}, { a: 1 }, { a: {} }, { a: [{ b: 1 }, {}] }],
			[{ a: { b: 1 } }],
		],
		['null does not take an array without documents', { 'a.b': null }, [], [{ a: [] }, { a: [1, 2] }]],
		[
			'$exists: false takes an array without the field',
			{ 'a.b': { $exists: false } },
			[{ a: [1] }, { a: [] }, { a: [{}] }],
			[{ a: [{ b: 1 }, {}] }],
		],
		[
			'$ne passes over when any element is equal',
			{ 'a.b': { $ne: 1 } },
			[{ a: [{ b: 2 }] }, {}],
			[{ a: [{ b: 1 }, { b: 2 }] }],
		],
		[
			'conditions on one path may be met by different elements',
			{ 'a.b': 1, 'a.c': 2 },
			[{ a: [{ b: 1 }, { c: 2 }] }],
			[{ a: [{ b: 1 }] }],
		],
	],
	'regular expressions': [
		['a pattern matches strings only', { a: /^x/ }, [{ a: 'xy' }, { a: ['b', 'xy'] }], [{ a: 'yx' }, { a: 1 }, {}]],
		['a stored pattern equals itself', { a: /^x/i }, [{ a: /^x/i }], [{ a: /^x/ }]],
		['i ignores case', { a: { $regex: 'STRASSE', $options: 'i' } }, [{ a: 'Strasse 1' }], [{ a: 'Straße' }]],
		['m makes ^ and $ meet lines', { a: { $regex: '^b$', $options: 'm' } }, [{ a: 'a\nb' }], [{ a: 'ab' }]],
		['s makes . meet newlines', { a: new BSONRegExp('a.b', 's') }, [{ a: 'a\nb' }], []],
		['. alone stops at a newline, and only there', { a: /a.b/ }, [{ a: 'a\rb' }], [{ a: 'a\nb' }]],
		[
			'x ignores blanks and remarks',
			{ a: { $regex: 'a b # remark\n c', $options: 'x' } },
			[{ a: 'abc' }],
			[{ a: 'a b c' }],
		],
		['$ also comes before a last newline', { a: /a$/ }, [{ a: 'a\n' }], [{ a: 'a\nb' }]],
		['\\A, \\z and \\Z are ends', { a: new BSONRegExp('\\Aa\\z') }, [{ a: 'a' }], [{ a: 'a\n' }]],
		['one character may be two code units', { a: /^.$/ }, [{ a: '\u{1f600}' }], []],
		['a flag may lead the pattern', { a: new BSONRegExp('(?i)ab') }, [{ a: 'AB' }], []],
		['brackets in a set are literal', { a: new BSONRegExp('^[]x[]+$') }, [{ a: ']x[' }], [{ a: 'y' }]],
		['an escaped sign is literal', { a: new BSONRegExp('^\\@\\-\\.\\_\\{$') }, [{ a: '@-._{' }], []],
		['a brace that counts nothing is literal', { a: new BSONRegExp('^{a}$') }, [{ a: '{a}' }], []],
		['\\s is ASCII', { a: new BSONRegExp('^\\s$') }, [{ a: ' ' }, { a: '\t' }], [{ a: '\u00a0' }]],
		['$regex stands beside other operators', { a: { $regex: '^x', $ne: 'xx' } }, [{ a: 'xy' }], [{ a: 'xx' }]],
	],
};

describe.each(Object.entries(rules))('a filter: %s', (_group, cases) => {
	it.each(cases)('%s', (_reason, filter, selected, passedOver) => {
		const test = compileFilter(typed(filter));
		expect(selected.filter((doc) => !test(typed(doc)))).toEqual([]);
		expect(passedOver.filter((doc) => test(typed(doc)))).toEqual([]);
	});
});

/** The operators of a filter; those of an expression are another table's. */
function operatorsIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(operatorsIn);
	if (!isDoc(value)) return value instanceof RegExp || value instanceof BSONRegExp ? ['$regex'] : [];
	return Object.entries(value).flatMap(([name, inner]) => [
		...(name.startsWith('$') ? [name] : []),
		...(name === '$expr' ? [] : operatorsIn(inner)),
	]);
}

it('has at least two cases for every operator', () => {
	const used = Object.values(rules).flatMap((cases) =>
		cases.flatMap(([, filter]) => [...new Set(operatorsIn(filter))]),
	);
	const times = (name: string) => used.filter((other) => other === name).length;
	expect([...tabled('Query operators')].filter((name) => times(name) < 2)).toEqual([]);
});

describe('a filter that makes no sense', () => {
	it.each<[reason: string, filter: object, code: number, names: string]>([
		['an operator beside a field', { a: { $gt: 1, b: 2 } }, 2, 'b'],
		['$and of nothing', { $and: [] }, 2, '$and'],
		['$or of a value', { $or: [1] }, 2, '$or'],
		['$in without a list', { a: { $in: 1 } }, 2, '$in'],
		['$in of operators', { a: { $in: [{ $gt: 1 }] } }, 2, '$in'],
		['$ne with a regular expression', { a: { $ne: /x/ } }, 2, '$ne'],
		['a range from a regular expression', { a: { $gt: /x/ } }, 2, '$gt'],
		['$not of a value', { a: { $not: 1 } }, 2, '$not'],
		['$not of nothing', { a: { $not: {} } }, 2, '$not'],
		['$size below zero', { a: { $size: -1 } }, 9, '$size'],
		['$size of a fraction', { a: { $size: 1.5 } }, 9, '$size'],
		['$mod by zero', { a: { $mod: [0, 1] } }, 2, 'divisor'],
		['$mod of one number', { a: { $mod: [2] } }, 2, 'mod'],
		['$type of no type', { a: { $type: 'text' } }, 2, 'text'],
		['$type of no number', { a: { $type: 99 } }, 2, '99'],
		['$elemMatch of a value', { a: { $elemMatch: 1 } }, 2, '$elemMatch'],
		['$all of $elemMatch and a value', { a: { $all: [{ $elemMatch: { b: 1 } }, 1] } }, 2, '$all'],
		['$all of a value and $elemMatch', { a: { $all: [1, { $elemMatch: { b: 1 } }] } }, 2, '$all'],
		['$expr of an element', { a: { $elemMatch: { b: 1, $expr: true } } }, 2, '$expr'],
		['options in the pattern and beside it', { a: { $regex: /x/i, $options: 'm' } }, 51075, '$options'],
		['$all of operators', { a: { $all: [{ $gt: 1 }] } }, 2, '$all'],
		['$options alone', { a: { $options: 'i' } }, 2, '$options'],
		['an invalid pattern', { a: { $regex: '(' } }, 51091, 'Regular expression'],
		['a back reference, which means something else in JS', { a: { $regex: '(a)\\1' } }, 115, '\\1'],
		['a possessive quantifier', { a: { $regex: 'a++' } }, 115, '++'],
		['a named class', { a: { $regex: '[[:alpha:]]' } }, 115, '[:'],
		['an unknown option', { a: { $regex: 'a', $options: 'g' } }, 115, 'g'],
		['a conditional group', { a: { $regex: '(?(1)a|b)' } }, 115, '(?('],
	])('is refused: %s', (_reason, filter, code, names) => {
		expect(() => compileFilter(typed(filter))).toThrowError(
			expect.objectContaining({ code, message: expect.stringContaining(names) as string }),
		);
	});
});

describe('the position a filter finds', () => {
	it.each<[reason: string, filter: object, doc: object, position: number]>([
		['is that of the element', { a: 2 }, { a: [1, 2] }, 1],
		['is that of the document passed through', { 'a.b': 2 }, { a: [{ b: 1 }, { b: 2 }] }, 1],
		['is that in the outermost array', { 'a.b': 2 }, { a: [{ b: [0] }, { b: [1, 2] }] }, 1],
		['is that of $elemMatch', { a: { $elemMatch: { b: 2 } } }, { a: [{ b: 1 }, { b: 2 }] }, 1],
		['is that of the last condition', { a: 1, b: 3 }, { a: [1], b: [1, 2, 3] }, 2],
		['is none without an array', { a: 1 }, { a: 1 }, -1],
		['is none under $not', { a: { $not: { $gt: 5 } } }, { a: [1] }, -1],
	])('%s', (_reason, filter, doc, position) => {
		expect(compilePosition(typed(filter))(typed(doc))).toBe(position);
	});
});

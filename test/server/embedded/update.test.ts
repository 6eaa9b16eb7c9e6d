// What each update operator makes of a document, rule by rule.
import { Decimal128, Double, Long, ObjectId, Timestamp } from 'bson';
import { describe, expect, it } from 'vitest';
import { compileUpdate, updateOperators } from '#lib/server/embedded/update.ts';
import { upsertSeed } from '#lib/server/embedded/upsert.ts';
import type { Doc } from '#lib/server/embedded/values.ts';
import { tabled } from './support/tabled.ts';
import { shown, typed, typedValue } from './support/typed.ts';

type Case = [reason: string, update: object, before: object, after: object];

const now = new Date('2024-05-01T12:00:00.500Z');
const maxInt = 2147483647;
const maxLong = Long.MAX_VALUE;

const rules: Record<string, Case[]> = {
	'$set and $unset': [
		['sets a field', { $set: { a: 2 } }, { a: 1 }, { a: 2 }],
		['appends new fields in the order of their names', { $set: { c: 1, b: 2 } }, { a: 1 }, { a: 1, b: 2, c: 1 }],
		['makes the documents on the way', { $set: { 'a.b.c': 1 } }, {}, { a: { b: { c: 1 } } }],
		['makes a document, not an array, for a number', { $set: { 'a.0': 1 } }, {}, { a: { 0: 1 } }],
		['sets at a position', { $set: { 'a.1': 9 } }, { a: [1, 2] }, { a: [1, 9] }],
		['fills up with null to reach a position', { $set: { 'a.3': 9 } }, { a: [1] }, { a: [1, null, null, 9] }],
		['changes the type', { $set: { a: new Double(1) } }, { a: 1 }, { a: new Double(1) }],
		['unsets a field', { $unset: { a: '' } }, { a: 1, b: 2 }, { b: 2 }],
		['unsets within a document, which stays', { $unset: { 'a.b': 1 } }, { a: { b: 1 } }, { a: {} }],
		[
			'unsets a position to null, so that the others keep theirs',
			{ $unset: { 'a.0': 1 } },
			{ a: [1, 2] },
			{ a: [null, 2] },
		],
		['unsets nothing where a path leads nowhere', { $unset: { 'a.b': 1, c: 1 } }, { a: 5 }, { a: 5 }],
		[
			'keeps a field named like what JS inherits',
			{ $set: { __proto: 1, constructor: 2 } },
			{},
			{ __proto: 1, constructor: 2 },
		],
	],
	'$inc and $mul': [
		['int and int make int', { $inc: { a: 2 } }, { a: 1 }, { a: 3 }],
		['int grows to long', { $inc: { a: 1 } }, { a: maxInt }, { a: Long.fromNumber(maxInt + 1) }],
		[
			'a long stays long when it would fit an int',
			{ $inc: { a: -1 } },
			{ a: Long.fromNumber(5) },
			{ a: Long.fromNumber(4) },
		],
		['int and double make double', { $inc: { a: 0.5 } }, { a: 1 }, { a: 1.5 }],
		['a whole double stays double', { $inc: { a: 1 } }, { a: new Double(1) }, { a: new Double(2) }],
		[
			'missing counts as zero, of the type of the step',
			{ $inc: { a: Long.fromNumber(1) } },
			{},
			{ a: Long.fromNumber(1) },
		],
		['$inc by 0 makes the field', { $inc: { a: 0 } }, {}, { a: 0 }],
		['multiplies', { $mul: { a: 3 } }, { a: 2 }, { a: 6 }],
		['int times int grows to long', { $mul: { a: 2 } }, { a: maxInt }, { a: Long.fromNumber(maxInt * 2) }],
		['missing times anything is zero, of its type', { $mul: { a: 2.5 } }, {}, { a: new Double(0) }],
		['works at a path', { $inc: { 'a.b': 1 } }, { a: { b: 1 } }, { a: { b: 2 } }],
	],
	'$min and $max': [
		['$min takes the smaller', { $min: { a: 1 } }, { a: 2 }, { a: 1 }],
		['$min keeps the smaller', { $min: { a: 3 } }, { a: 2 }, { a: 2 }],
		['$max takes the larger', { $max: { a: 3 } }, { a: 2 }, { a: 3 }],
		['an equal number keeps its type', { $max: { a: new Double(2) } }, { a: 2 }, { a: 2 }],
		['types are ordered: a string is larger than a number', { $max: { a: 'x' } }, { a: 2 }, { a: 'x' }],
		['types are ordered: null is smaller than a number', { $min: { a: 0 } }, { a: null }, { a: null }],
		['a missing field is set', { $min: { a: 1 }, $max: { b: 1 } }, {}, { a: 1, b: 1 }],
	],
	$rename: [
		['moves a value', { $rename: { a: 'b' } }, { a: 1, c: 2 }, { c: 2, b: 1 }],
		['replaces what is there, in its place', { $rename: { a: 'b' } }, { a: 1, b: 2, c: 3 }, { b: 1, c: 3 }],
		['moves into and out of documents', { $rename: { 'a.b': 'c.d' } }, { a: { b: 1 } }, { a: {}, c: { d: 1 } }],
		['does nothing without the field', { $rename: { x: 'b' } }, { b: 2 }, { b: 2 }],
	],
	$currentDate: [
		['sets a date', { $currentDate: { a: true } }, {}, { a: now }],
		['sets a date by type', { $currentDate: { a: { $type: 'date' } } }, {}, { a: now }],
		[
			'sets a timestamp by type',
			{ $currentDate: { a: { $type: 'timestamp' } } },
			{},
			{ a: new Timestamp({ t: 1714564800, i: 1 }) },
		],
	],
	$bit: [
		['ands', { $bit: { a: { and: 10 } } }, { a: 13 }, { a: 8 }],
		['ors, from missing as zero', { $bit: { a: { or: 5 } } }, {}, { a: 5 }],
		[
			'xors, with a long making a long',
			{ $bit: { a: { xor: Long.fromNumber(5) } } },
			{ a: 1 },
			{ a: Long.fromNumber(4) },
		],
	],
	$push: [
		['appends', { $push: { a: 3 } }, { a: [1, 2] }, { a: [1, 2, 3] }],
		['makes the array', { $push: { a: 1 } }, {}, { a: [1] }],
		['appends an array as one element', { $push: { a: [1, 2] } }, { a: [] }, { a: [[1, 2]] }],
		['appends each', { $push: { a: { $each: [1, 2] } } }, { a: [0] }, { a: [0, 1, 2] }],
		['appends nothing, but makes the array', { $push: { a: { $each: [] } } }, {}, { a: [] }],
		['puts in at a position', { $push: { a: { $each: [8, 9], $position: 1 } } }, { a: [1, 2] }, { a: [1, 8, 9, 2] }],
		[
			'counts a negative position from the end',
			{ $push: { a: { $each: [9], $position: -1 } } },
			{ a: [1, 2] },
			{ a: [1, 9, 2] },
		],
		[
			'puts in at the end when the position is beyond',
			{ $push: { a: { $each: [9], $position: 7 } } },
			{ a: [1] },
			{ a: [1, 9] },
		],
		['keeps the first', { $push: { a: { $each: [3], $slice: 2 } } }, { a: [1, 2] }, { a: [1, 2] }],
		['keeps the last', { $push: { a: { $each: [3], $slice: -2 } } }, { a: [1, 2] }, { a: [2, 3] }],
		['keeps nothing', { $push: { a: { $each: [3], $slice: 0 } } }, { a: [1] }, { a: [] }],
		['slices without adding', { $push: { a: { $each: [], $slice: 1 } } }, { a: [1, 2] }, { a: [1] }],
		[
			'sorts values across types',
			{ $push: { a: { $each: ['x', 1], $sort: 1 } } },
			{ a: [null, 3] },
			{ a: [null, 1, 3, 'x'] },
		],
		[
			'sorts documents by a field',
			{ $push: { a: { $each: [{ s: 2 }], $sort: { s: -1 } } } },
			{ a: [{ s: 1 }, { s: 3 }] },
			{ a: [{ s: 3 }, { s: 2 }, { s: 1 }] },
		],
		[
			'sorts by a position in an array of each element',
			{ $push: { a: { $each: [], $sort: { 's.0': 1 } } } },
			{ a: [{ s: [9, 1] }, { s: [2, 5] }] },
			{ a: [{ s: [2, 5] }, { s: [9, 1] }] },
		],
		['sorts, then slices', { $push: { a: { $each: [5, 1], $sort: -1, $slice: 2 } } }, { a: [3] }, { a: [5, 3] }],
	],
	$addToSet: [
		['adds what is not there', { $addToSet: { a: 2 } }, { a: [1] }, { a: [1, 2] }],
		['adds nothing that is', { $addToSet: { a: new Double(1) } }, { a: [1] }, { a: [1] }],
		['adds each once', { $addToSet: { a: { $each: [1, 2, 2, 3] } } }, { a: [1] }, { a: [1, 2, 3] }],
		[
			'tells documents of another field order apart',
			{ $addToSet: { a: { y: 1, x: 1 } } },
			{ a: [{ x: 1, y: 1 }] },
			{
				a: [
					{ x: 1, y: 1 },
					{ y: 1, x: 1 },
				],
			},
		],
		['keeps repetitions that were there', { $addToSet: { a: 1 } }, { a: [1, 1] }, { a: [1, 1] }],
		['makes the array', { $addToSet: { a: 1 } }, {}, { a: [1] }],
		['makes an empty array of nothing', { $addToSet: { a: { $each: [] } } }, {}, { a: [] }],
	],
	$pop: [
		['drops the last', { $pop: { a: 1 } }, { a: [1, 2] }, { a: [1] }],
		['drops the first', { $pop: { a: -1 } }, { a: [1, 2] }, { a: [2] }],
		['leaves an empty array', { $pop: { a: 1 } }, { a: [] }, { a: [] }],
		['passes over a missing field', { $pop: { a: 1 } }, { b: 1 }, { b: 1 }],
	],
	$pull: [
		['removes every equal element', { $pull: { a: 1 } }, { a: [1, 2, new Double(1)] }, { a: [2] }],
		['removes by operators', { $pull: { a: { $gte: 2 } } }, { a: [1, 2, 3] }, { a: [1] }],
		['removes by a list', { $pull: { a: { $in: [1, 3] } } }, { a: [1, 2, 3] }, { a: [2] }],
		[
			'removes documents by a query, which need not name all fields',
			{ $pull: { a: { s: 8 } } },
			{ a: [{ s: 8, t: 1 }, { s: 9 }, 8] },
			{ a: [{ s: 9 }, 8] },
		],
		[
			'removes documents by operators on their fields',
			{ $pull: { a: { s: { $gt: 8 } } } },
			{ a: [{ s: 8 }, { s: 9 }] },
			{ a: [{ s: 8 }] },
		],
		[
			'removes documents by $elemMatch on their arrays',
			{ $pull: { a: { b: { $elemMatch: { q: 2, a: { $gte: 8 } } } } } },
			{ a: [{ b: [{ q: 2, a: 9 }] }, { b: [{ q: 1, a: 9 }] }] },
			{ a: [{ b: [{ q: 1, a: 9 }] }] },
		],
		[
			'removes arrays only when equal as a whole',
			{ $pull: { a: [1, 2] } },
			{ a: [[1, 2], [2, 1], 1] },
			{ a: [[2, 1], 1] },
		],
		['removes strings by a pattern', { $pull: { a: /^x/ } }, { a: ['xa', 'b'] }, { a: ['b'] }],
		['removes null', { $pull: { a: null } }, { a: [null, 1] }, { a: [1] }],
		['passes over a missing field', { $pull: { a: 1 } }, { b: 1 }, { b: 1 }],
		[
			'removes whichever of several conditions',
			{ $pull: { a: { $or: [{ s: 1 }, { t: 1 }] } } },
			{ a: [{ s: 1 }, { t: 1 }, { u: 1 }] },
			{ a: [{ u: 1 }] },
		],
	],
	$pullAll: [
		['removes every listed value', { $pullAll: { a: [1, 'x'] } }, { a: [1, 2, 'x', 1] }, { a: [2] }],
		[
			'removes documents only when equal as a whole',
			{ $pullAll: { a: [{ s: 1 }] } },
			{ a: [{ s: 1 }, { s: 1, t: 1 }] },
			{ a: [{ s: 1, t: 1 }] },
		],
		['passes over a missing field', { $pullAll: { a: [1] } }, {}, {}],
	],
	'several operators': [
		['are applied together', { $set: { a: 1 }, $inc: { b: 1 }, $unset: { c: 1 } }, { b: 1, c: 1 }, { b: 2, a: 1 }],
		['may write beside each other', { $set: { 'a.b': 1 }, $inc: { 'a.c': 1 } }, {}, { a: { b: 1, c: 1 } }],
		['$setOnInsert alone changes nothing', { $setOnInsert: { 'a.b': 1 } }, { a: 5 }, { a: 5 }],
		['$setOnInsert does nothing to what is there', { $setOnInsert: { a: 1 }, $set: { b: 1 } }, {}, { b: 1 }],
		['an operator of nothing does nothing', { $set: {} }, { a: 1 }, { a: 1 }],
	],
	'a replacement': [
		['keeps only the _id', { b: 2 }, { _id: 1, a: 1 }, { _id: 1, b: 2 }],
		['may repeat the _id', { _id: 1, b: 2 }, { _id: 1, a: 1 }, { _id: 1, b: 2 }],
		['may be empty', {}, { _id: 1, a: 1 }, { _id: 1 }],
	],
};

describe.each(Object.entries(rules))('an update: %s', (_group, cases) => {
	it.each(cases)('%s', (_reason, update, before, after) => {
		const doc = typed(before);
		const kept = shown(doc);
		const result = compileUpdate(typed(update))(doc, { now });
		expect(shown(result)).toBe(shown(typed(after)));
		expect(shown(doc)).toBe(kept);
		if (shown(result) === kept) expect(result).toBe(doc);
	});
});

describe('a pipeline as update', () => {
	const pipeline = (stages: object[]) => typedValue(stages) as Doc[];

	it('computes the new document from the old', () => {
		const update = compileUpdate(pipeline([{ $set: { b: { $add: ['$a', 1] } } }, { $unset: 'a' }]));
		expect(shown(update(typed({ _id: 1, a: 1 })))).toBe(shown(typed({ _id: 1, b: 2 })));
	});

	it('keeps the _id when it replaces the document, and refuses another', () => {
		const stages = [{ $replaceWith: { b: '$a' } }];
		expect(shown(compileUpdate(pipeline(stages))(typed({ _id: 1, a: 5 })))).toBe(shown(typed({ _id: 1, b: 5 })));
		const changing = compileUpdate(pipeline([{ $set: { _id: 2 } }]));
		expect(() => changing(typed({ _id: 1 }))).toThrowError(expect.objectContaining({ code: 66 }));
	});

	it('refuses a stage that is not about one document', () => {
		expect(() => compileUpdate(pipeline([{ $group: { _id: 1 } }]))).toThrowError(expect.objectContaining({ code: 72 }));
		expect(() => compileUpdate(pipeline([{ $sample: { size: 1 } }]))).toThrowError(
			expect.objectContaining({ code: 115 }),
		);
	});
});

describe('positions in an update', () => {
	type Positional = [
		reason: string,
		update: object,
		options: { filter?: object; arrayFilters?: object[] },
		before: object,
		after: object,
	];
	const positional: Positional[] = [
		[
			'$ is the element the filter matched',
			{ $set: { 'a.$': 9 } },
			{ filter: { a: 2 } },
			{ a: [1, 2, 2] },
			{ a: [1, 9, 2] },
		],
		[
			'$ leads on',
			{ $inc: { 'a.$.n': 1 } },
			{ filter: { 'a.k': 'y' } },
			{
				a: [
					{ k: 'x', n: 1 },
					{ k: 'y', n: 1 },
				],
			},
			{
				a: [
					{ k: 'x', n: 1 },
					{ k: 'y', n: 2 },
				],
			},
		],
		[
			'$ is what $elemMatch matched',
			{ $set: { 'a.$.n': 0 } },
			{ filter: { a: { $elemMatch: { k: 'y', n: { $gt: 1 } } } } },
			{
				a: [
					{ k: 'y', n: 1 },
					{ k: 'y', n: 2 },
				],
			},
			{
				a: [
					{ k: 'y', n: 1 },
					{ k: 'y', n: 0 },
				],
			},
		],
		['$[] is every element', { $inc: { 'a.$[]': 1 } }, {}, { a: [1, 2] }, { a: [2, 3] }],
		['$[] leads on', { $set: { 'a.$[].b': 0 } }, {}, { a: [{ b: 1 }, {}] }, { a: [{ b: 0 }, { b: 0 }] }],
		['$[] of an empty array is nothing', { $inc: { 'a.$[]': 1 } }, {}, { a: [] }, { a: [] }],
		[
			'$[x] is every element its filter takes',
			{ $set: { 'a.$[x]': 0 } },
			{ arrayFilters: [{ x: { $gte: 2 } }] },
			{ a: [1, 2, 3] },
			{ a: [1, 0, 0] },
		],
		[
			'$[x] takes documents',
			{ $set: { 'a.$[x].b': 0 } },
			{ arrayFilters: [{ 'x.k': 1, 'x.b': { $gt: 1 } }] },
			{
				a: [
					{ k: 1, b: 1 },
					{ k: 1, b: 2 },
					{ k: 2, b: 3 },
				],
			},
			{
				a: [
					{ k: 1, b: 1 },
					{ k: 1, b: 0 },
					{ k: 2, b: 3 },
				],
			},
		],
		[
			'$[x] within $[]',
			{ $inc: { 'a.$[].b.$[x]': 10 } },
			{ arrayFilters: [{ x: { $gt: 1 } }] },
			{ a: [{ b: [1, 2] }, { b: [3] }] },
			{ a: [{ b: [1, 12] }, { b: [13] }] },
		],
		[
			'$[x] with logic',
			{ $set: { 'a.$[x]': 0 } },
			{ arrayFilters: [{ $or: [{ x: 1 }, { x: 3 }] }] },
			{ a: [1, 2, 3] },
			{ a: [0, 2, 0] },
		],
		[
			'two filters at once',
			{ $set: { 'a.$[x]': 0, 'b.$[y]': 0 } },
			{ arrayFilters: [{ x: 1 }, { y: 2 }] },
			{ a: [1, 2], b: [1, 2] },
			{ a: [0, 2], b: [1, 0] },
		],
		['$unset of $ leaves null', { $unset: { 'a.$': 1 } }, { filter: { a: 2 } }, { a: [1, 2] }, { a: [1, null] }],
		[
			'$push into what $[x] names',
			{ $push: { 'a.$[x].b': 1 } },
			{ arrayFilters: [{ 'x.k': 1 }] },
			{ a: [{ k: 1 }, { k: 2 }] },
			{ a: [{ k: 1, b: [1] }, { k: 2 }] },
		],
	];
	it.each(positional)('%s', (_reason, update, { filter = {}, arrayFilters = [] }, before, after) => {
		const apply = compileUpdate(typed(update), { filter: typed(filter), arrayFilters: arrayFilters.map(typed) });
		expect(shown(apply(typed(before)))).toBe(shown(typed(after)));
	});

	it('and operators have at least two cases each', () => {
		const all = [...Object.values(rules).flat(), ...positional].map(([, update]) => JSON.stringify(update));
		const signs: Record<string, RegExp> = { $: /\.\$["."]/, '$[]': /\.\$\[\]/, '$[identifier]': /\.\$\[\w/ };
		const names = [...new Set([...updateOperators, ...tabled('Update operators')])];
		const times = (name: string) =>
			all.filter((update) => signs[name]?.test(update) ?? update.includes(`"${name}"`)).length;
		expect(names.filter((name) => times(name) < 2)).toEqual([]);
	});
});

describe('an update that is refused before any document is looked at', () => {
	it.each<[reason: string, update: object, code: number, names: string, arrayFilters?: object[]]>([
		['an unknown operator', { $foo: { a: 1 } }, 115, '$foo'],
		['a field beside operators', { $set: { a: 1 }, b: 1 }, 9, 'b'],
		['an operator beside fields', { a: 1, $set: { b: 1 } }, 52, '$set'],
		['an operator without fields', { $set: 1 }, 9, '$set'],
		['one path twice', { $set: { a: 1 }, $inc: { a: 1 } }, 40, "'a'"],
		['a path and what is below it', { $set: { a: 1, 'a.b': 1 } }, 40, 'a.b'],
		['$rename onto a path that is set', { $set: { b: 1 }, $rename: { a: 'b' } }, 40, 'b'],
		['an empty path', { $set: { '': 1 } }, 56, 'empty'],
		['an empty part of a path', { $set: { 'a..b': 1 } }, 56, 'a..b'],
		['a field that starts with $', { $set: { $a: 1 } }, 52, '$a'],
		['a part that starts with $', { $set: { 'a.$b': 1 } }, 52, '$b'],
		['$ at the start', { $set: { '$.a': 1 } }, 2, '$'],
		['two $', { $set: { 'a.$.b.$': 1 } }, 2, 'a.$.b.$'],
		['$inc by a string', { $inc: { a: 'x' } }, 14, 'a'],
		['$mul by null', { $mul: { a: null } }, 14, 'a'],
		['$rename to a number', { $rename: { a: 1 } }, 2, 'a'],
		['$rename to itself', { $rename: { a: 'a' } }, 2, 'a'],
		['$rename into itself', { $rename: { a: 'a.b' } }, 2, 'same path'],
		['$rename to what holds it', { $rename: { 'a.b': 'a' } }, 2, 'same path'],
		['$rename of positions', { $rename: { 'a.$[]': 'b' } }, 2, 'a.$[]'],
		['$pop by 2', { $pop: { a: 2 } }, 9, '2'],
		['$pop by a string', { $pop: { a: 'x' } }, 9, 'a'],
		['$pullAll of a value', { $pullAll: { a: 1 } }, 2, '$pullAll'],
		['$pull by an unknown operator', { $pull: { a: { $near: 1 } } }, 115, '$near'],
		['$push with an unknown clause', { $push: { a: { $each: [1], $foo: 1 } } }, 2, '$foo'],
		['$push with clauses but without $each', { $push: { a: { $slice: 1 } } }, 2, '$each'],
		['$each of a value', { $push: { a: { $each: 1 } } }, 2, '$each'],
		['$slice of a fraction', { $push: { a: { $each: [], $slice: 1.5 } } }, 2, '$slice'],
		['$sort by 2', { $push: { a: { $each: [], $sort: 2 } } }, 2, '$sort'],
		['$addToSet of each of a value', { $addToSet: { a: { $each: 3 } } }, 14, '$each'],
		['$addToSet with clauses beside $each', { $addToSet: { a: { $each: [1], $slice: 1 } } }, 2, '$slice'],
		['$bit by a double', { $bit: { a: { and: 1.5 } } }, 2, 'and'],
		['$bit by an unknown operation', { $bit: { a: { not: 1 } } }, 2, 'not'],
		['$currentDate of a string', { $currentDate: { a: 'x' } }, 2, '$currentDate'],
		['$currentDate of an unknown type', { $currentDate: { a: { $type: 'x' } } }, 2, '$currentDate'],
		['$[x] without a filter', { $set: { 'a.$[x]': 1 } }, 2, "'x'"],
		['a filter that is not used', { $set: { a: 1 } }, 9, "'x'", [{ x: 1 }]],
		['two filters of one name', { $set: { 'a.$[x]': 1 } }, 9, 'x', [{ x: 1 }, { x: 2 }]],
		['a filter of two names', { $set: { 'a.$[x]': 1 } }, 9, 'y', [{ x: 1, y: 1 }]],
		['a filter of no name', { $set: { 'a.$[x]': 1 } }, 9, 'arrayFilters', [{}]],
		['a filter of a bad name', { $set: { 'a.$[x]': 1 } }, 2, 'X', [{ X: 1 }]],
		['a filter with $expr', { $set: { 'a.$[x]': 1 } }, 224, '$expr', [{ $and: [{ x: 1 }, { $expr: true }] }]],
		['$pull by $expr', { $pull: { a: { b: 1, $expr: true } } }, 224, '$expr'],
		['a filter with a replacement', { a: 1 }, 9, 'arrayFilters', [{ x: 1 }]],
	])('%s', (_reason, update, code, names, arrayFilters = []) => {
		expect(() => compileUpdate(typed(update), { arrayFilters: arrayFilters.map(typed) })).toThrowError(
			expect.objectContaining({ code, message: expect.stringContaining(names) as string }),
		);
	});
});

describe('an update that a document does not take', () => {
	it.each<[reason: string, update: object, before: object, code: number]>([
		['another _id', { $set: { _id: 2 } }, { _id: 1 }, 66],
		['no _id', { $unset: { _id: 1 } }, { _id: 1 }, 66],
		['a change within the _id', { $set: { '_id.a': 2 } }, { _id: { a: 1 } }, 66],
		['a replacement with another _id', { _id: 2 }, { _id: 1 }, 66],
		['a field within a number', { $set: { 'a.b': 1 } }, { a: 1 }, 28],
		['a field within null', { $set: { 'a.b': 1 } }, { a: null }, 28],
		['a named field of an array', { $set: { 'a.b': 1 } }, { a: [1] }, 28],
		['a position far beyond the end', { $set: { 'a.1500002': 1 } }, { a: [] }, 2],
		['$inc of a string', { $inc: { a: 1 } }, { a: 'x' }, 14],
		['$inc of null', { $inc: { a: 1 } }, { a: null }, 14],
		['$inc past the largest long', { $inc: { a: 1 } }, { a: maxLong }, 2],
		['$mul past the largest long', { $mul: { a: 2 } }, { a: maxLong }, 2],
		['$inc of a decimal, which is not calculated', { $inc: { a: 1 } }, { a: Decimal128.fromString('1') }, 115],
		['$push onto a value', { $push: { a: 1 } }, { a: 1 }, 2],
		['$push onto null', { $push: { a: 1 } }, { a: null }, 2],
		['$addToSet onto a value', { $addToSet: { a: 1 } }, { a: 1 }, 2],
		['$pop from a value', { $pop: { a: 1 } }, { a: 1 }, 14],
		['$pull from a value', { $pull: { a: 1 } }, { a: 1 }, 2],
		['$pullAll from a value', { $pullAll: { a: [1] } }, { a: 1 }, 2],
		['$bit of a double', { $bit: { a: { and: 1 } } }, { a: 1.5 }, 2],
		['$rename out of an array', { $rename: { 'a.0': 'b' } }, { a: [1] }, 2],
		['$rename into an array', { $rename: { b: 'a.0' } }, { a: [1], b: 2 }, 2],
		['$ without a match', { $set: { 'a.$': 1 } }, { a: [1] }, 2],
		['$[] of a value', { $set: { 'a.$[]': 1 } }, { a: 1 }, 2],
		['$[] of nothing', { $set: { 'a.$[]': 1 } }, {}, 2],
		['positions that turn out to be one', { $set: { 'a.$[]': 1, 'a.0': 2 } }, { a: [1] }, 40],
	])('%s', (_reason, update, before, code) => {
		const apply = compileUpdate(typed(update));
		expect(() => apply(typed(before))).toThrowError(expect.objectContaining({ code }));
	});
});

describe('an upsert', () => {
	const id = new ObjectId();
	it.each<[reason: string, filter: object, seed: object]>([
		['starts from the fields pinned to a value', { a: 1, b: { $eq: 2 }, c: { $gt: 3 } }, { a: 1, b: 2 }],
		['makes documents of dotted names', { 'a.b': 1, 'a.c': 2 }, { a: { b: 1, c: 2 } }],
		['looks into $and', { $and: [{ a: 1 }, { b: 2 }] }, { a: 1, b: 2 }],
		['looks into $or of one clause', { $or: [{ a: 1 }] }, { a: 1 }],
		['does not look into $or of several', { $or: [{ a: 1 }, { a: 2 }] }, {}],
		['takes $in and $all of one value', { a: { $in: [1] }, b: { $all: [2] } }, { a: 1, b: 2 }],
		['does not take $in of several', { a: { $in: [1, 2] } }, {}],
		['does not take patterns', { a: /x/ }, {}],
		['takes the _id', { _id: id }, { _id: id }],
		['takes null', { a: null }, { a: null }],
	])('%s', (_reason, filter, seed) => {
		expect(shown(upsertSeed(typed(filter)))).toBe(shown(typed(seed)));
	});

	it.each<[reason: string, filter: object]>([
		['a field pinned twice', { a: 1, $and: [{ a: 2 }] }],
		['a field and what is below it', { a: { b: 1 }, 'a.b': 1 }],
	])('is refused for %s', (_reason, filter) => {
		expect(() => upsertSeed(typed(filter))).toThrowError(expect.objectContaining({ code: 54 }));
	});

	it('sets what $setOnInsert says, beside the rest', () => {
		const update = compileUpdate(typed({ $setOnInsert: { a: 1 }, $inc: { n: 1 } }));
		expect(shown(update(typed({ k: 'x' }), { isInsert: true }))).toBe(shown(typed({ k: 'x', a: 1, n: 1 })));
	});

	it('takes an _id from $setOnInsert unless the filter pins another', () => {
		const update = compileUpdate(typed({ $setOnInsert: { _id: 7 } }));
		expect(shown(update({}, { isInsert: true }))).toBe(shown(typed({ _id: 7 })));
		expect(() => update(typed({ _id: 8 }), { isInsert: true })).toThrowError(expect.objectContaining({ code: 66 }));
	});

	it('takes only the _id from the filter of a replacement', () => {
		const replace = compileUpdate(typed({ b: 1 }));
		expect(shown(replace(upsertSeed(typed({ _id: 5, a: 1 })), { isInsert: true }))).toBe(
			shown(typed({ _id: 5, b: 1 })),
		);
	});
});

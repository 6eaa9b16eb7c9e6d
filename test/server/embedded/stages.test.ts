// What each stage makes of a stream of documents, and what the planner gets of a pipeline.
import { Double, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '#lib/server/embedded/matcher.ts';
import { compilePipeline, stages } from '#lib/server/embedded/stages/pipeline.ts';
import { accumulators } from '#lib/server/embedded/stages/accumulators.ts';
import { compileSort } from '#lib/server/embedded/sort.ts';
import { sortDocs } from '#lib/server/embedded/stages/sort.ts';
import type { Doc } from '#lib/server/embedded/values.ts';
import { shown, typed, typedValue } from './support/typed.ts';

type Collections = Record<string, object[]>;

function compile(pipeline: object[], others: Collections = {}) {
	const find = (name: string, filter: Doc) => (others[name] ?? []).map(typed).filter(compileFilter(filter));
	return compilePipeline(typedValue(pipeline), { find });
}

/** Runs a whole pipeline; a first stage that does nothing keeps its lead out of the way. */
function run(docs: object[], pipeline: object[], others?: Collections): Doc[] {
	const whole = compile([{ $unset: '__' }, ...pipeline], others);
	return [...whole.run(docs.map(typed))];
}

const docs = [
	{ _id: 1, k: 'a', n: 3, list: [1, 2] },
	{ _id: 2, k: 'b', n: 1, list: [] },
	{ _id: 3, k: 'a', n: 2 },
];

const cases: Record<string, [reason: string, pipeline: object[], result: object[], input?: object[]][]> = {
	$match: [
		[
			'keeps what the filter selects',
			[{ $match: { n: { $gt: 1 } } }, { $project: { _id: 1 } }],
			[{ _id: 1 }, { _id: 3 }],
		],
		[
			'compares fields by $expr',
			[{ $match: { $expr: { $gt: ['$n', '$_id'] } } }, { $project: { _id: 1 } }],
			[{ _id: 1 }],
		],
	],
	$group: [
		[
			'gathers by a key, in the order keys are first met',
			[{ $group: { _id: '$k', n: { $sum: '$n' } } }],
			[
				{ _id: 'a', n: 5 },
				{ _id: 'b', n: 1 },
			],
		],
		[
			'has one key for numbers equal across types',
			[{ $group: { _id: '$v', n: { $count: {} } } }],
			[{ _id: 1, n: 3 }],
			[{ v: 1 }, { v: new Double(1) }, { v: Long.fromNumber(1) }],
		],
		['has null for what is missing', [{ $group: { _id: '$x', n: { $sum: 1 } } }], [{ _id: null, n: 3 }]],
		[
			'takes a document as key, leaving out what is missing',
			[{ $group: { _id: { k: '$k', x: '$x' } } }],
			[{ _id: { k: 'a' } }, { _id: { k: 'b' } }],
		],
		[
			'makes one group by a constant',
			[{ $group: { _id: null, all: { $push: '$_id' } } }],
			[{ _id: null, all: [1, 2, 3] }],
		],
		['makes nothing of nothing', [{ $group: { _id: null, n: { $sum: 1 } } }], [], []],
	],
	$sort: [
		['orders', [{ $sort: { n: 1 } }, { $project: { _id: 1 } }], [{ _id: 2 }, { _id: 3 }, { _id: 1 }]],
		['orders and takes the first', [{ $sort: { n: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }], [{ _id: 1 }]],
	],
	$skip: [
		['passes over the first', [{ $skip: 2 }, { $project: { _id: 1 } }], [{ _id: 3 }]],
		['passes over more than there are', [{ $skip: 9 }], []],
	],
	$limit: [
		['takes the first', [{ $limit: 1 }, { $project: { _id: 1 } }], [{ _id: 1 }]],
		['takes all there are', [{ $limit: Long.fromNumber(9) }, { $count: 'n' }], [{ n: 3 }]],
	],
	$project: [
		[
			'includes and computes',
			[{ $limit: 1 }, { $project: { _id: 0, k: 1, double: { $multiply: ['$n', 2] } } }],
			[{ k: 'a', double: 6 }],
		],
		['excludes', [{ $limit: 1 }, { $project: { list: 0, n: 0 } }], [{ _id: 1, k: 'a' }]],
		[
			'takes strings and arrays as expressions',
			[{ $limit: 1 }, { $project: { x: 'text', y: ['$n', '$none'] } }],
			[{ _id: 1, x: 'text', y: [3, null] }],
		],
	],
	$addFields: [
		[
			'adds and replaces, in place',
			[{ $limit: 1 }, { $addFields: { k: 'z', m: { $add: ['$n', 1] } } }],
			[{ _id: 1, k: 'z', n: 3, list: [1, 2], m: 4 }],
		],
		[
			'adds within documents and arrays',
			[{ $addFields: { 'a.x': 1, b: { y: 2 } } }],
			[{ a: [{ x: 1 }, { q: 1, x: 1 }], b: { z: 1, y: 2 } }],
			[{ a: [5, { q: 1 }], b: { z: 1 } }],
		],
	],
	$set: [
		[
			'is $addFields',
			[{ $limit: 1 }, { $project: { n: 1 } }, { $set: { n: '$$ROOT.n', m: 1 } }],
			[{ _id: 1, n: 3, m: 1 }],
		],
		['removes a field set to what is missing', [{ $set: { a: '$none' } }], [{ b: 1 }], [{ a: 1, b: 1 }]],
	],
	$unset: [
		['removes a field', [{ $limit: 1 }, { $unset: 'list' }], [{ _id: 1, k: 'a', n: 3 }]],
		['removes several, at paths', [{ $unset: ['a.b', 'c'] }], [{ a: { x: 1 } }], [{ a: { b: 1, x: 1 }, c: 1 }]],
	],
	$unwind: [
		[
			'makes a document of each element, and none of an empty or missing array',
			[{ $unwind: '$list' }, { $project: { k: 0, n: 0 } }],
			[
				{ _id: 1, list: 1 },
				{ _id: 1, list: 2 },
			],
		],
		[
			'keeps those when told to',
			[{ $unwind: { path: '$list', preserveNullAndEmptyArrays: true } }, { $project: { k: 0, n: 0 } }],
			[{ _id: 1, list: 1 }, { _id: 1, list: 2 }, { _id: 2 }, { _id: 3 }],
		],
		[
			'tells the position as a long',
			[{ $unwind: { path: '$list', includeArrayIndex: 'at' } }],
			[
				{ list: 'x', at: Long.ZERO },
				{ list: 'y', at: Long.ONE },
			],
			[{ list: ['x', 'y'] }],
		],
		[
			'takes a value as an array of one, at no position',
			[{ $unwind: { path: '$a.b', includeArrayIndex: 'at' } }],
			[{ a: { b: 7 }, at: null }],
			[{ a: { b: 7 } }],
		],
		['drops null', [{ $unwind: '$a' }], [], [{ a: null }]],
	],
	$facet: [
		[
			'runs several pipelines over the same documents',
			[{ $facet: { count: [{ $count: 'n' }], ids: [{ $match: { k: 'a' } }, { $project: { _id: 1 } }] } }],
			[{ count: [{ n: 3 }], ids: [{ _id: 1 }, { _id: 3 }] }],
		],
		['gives empty lists for nothing', [{ $facet: { count: [{ $count: 'n' }] } }], [{ count: [] }], []],
	],
	$count: [
		['counts', [{ $count: 'n' }], [{ n: 3 }]],
		['gives no document for nothing', [{ $count: 'n' }], [], []],
	],
	$replaceRoot: [
		[
			'puts a document in the place of its parent',
			[{ $replaceRoot: { newRoot: '$a' } }],
			[{ b: 1 }],
			[{ a: { b: 1 } }],
		],
		[
			'computes the document',
			[{ $limit: 1 }, { $replaceRoot: { newRoot: { $mergeObjects: [{ m: 0 }, { n: '$n' }] } } }],
			[{ m: 0, n: 3 }],
		],
	],
	$replaceWith: [
		['is $replaceRoot', [{ $replaceWith: '$a' }], [{ b: 1 }], [{ a: { b: 1 } }]],
		['computes the document', [{ $limit: 1 }, { $replaceWith: { k: '$k' } }], [{ k: 'a' }]],
	],
	$sortByCount: [
		[
			'counts by a key, most first',
			[{ $sortByCount: '$k' }],
			[
				{ _id: 'a', count: 2 },
				{ _id: 'b', count: 1 },
			],
		],
		[
			'counts by an expression',
			[{ $sortByCount: { $gt: ['$n', 1] } }],
			[
				{ _id: true, count: 2 },
				{ _id: false, count: 1 },
			],
		],
	],
	$bucket: [
		[
			'counts between boundaries, the lower one included',
			[{ $bucket: { groupBy: '$n', boundaries: [1, 2, 4] } }],
			[
				{ _id: 1, count: 1 },
				{ _id: 2, count: 2 },
			],
		],
		[
			'has a bucket for the rest',
			[{ $bucket: { groupBy: '$n', boundaries: [1, 2], default: 'rest', output: { ids: { $push: '$_id' } } } }],
			[
				{ _id: 1, ids: [2] },
				{ _id: 'rest', ids: [1, 3] },
			],
		],
	],
};

describe.each(Object.entries(cases))('%s', (_name, rows) => {
	it.each(rows)('%s', (_reason, pipeline, result, input = docs) => {
		expect(run(input, pipeline).map(shown)).toEqual(result.map((doc) => shown(typed(doc))));
	});
});

const lookups: [reason: string, stage: object, docs: object[], found: object[]][] = [
	['by equal fields', { from: 'o', localField: 'k', foreignField: 'k', as: 'found' }, [{ k: 1 }], [{ k: 1, v: 'x' }]],
	[
		'null with null and missing',
		{ from: 'o', localField: 'none', foreignField: 'k', as: 'found' },
		[{}],
		[{ v: 'none' }],
	],
	[
		'an array with whatever equals an element',
		{ from: 'o', localField: 'k', foreignField: 'k', as: 'found' },
		[{ k: [1, 2] }],
		[
			{ k: 1, v: 'x' },
			{ k: 2, v: 'y' },
		],
	],
	[
		'an element of the other array',
		{ from: 'o', localField: 'k', foreignField: 'list', as: 'found' },
		[{ k: 7 }],
		[{ k: 2, v: 'y', list: [7, 8] }].map(({ k, v }) => ({ k, v })),
	],
	[
		'a regular expression only with itself',
		{ from: 'o', localField: 'k', foreignField: 'v', as: 'found' },
		[{ k: /x/ }],
		[],
	],
];

describe('$lookup', () => {
	const others = { o: [{ k: 1, v: 'x' }, { k: 2, v: 'y', list: [7, 8] }, { v: 'none' }] };

	it.each(lookups)('joins %s', (_reason, stage, input, found) => {
		const [joined] = run(input, [{ $lookup: stage }, { $unset: 'found.list' }], others);
		expect(shown(joined?.['found'])).toBe(shown(typedValue(found)));
	});

	it('runs a pipeline with variables', () => {
		const stage = {
			from: 'o',
			let: { mine: '$k' },
			pipeline: [{ $match: { $expr: { $gte: ['$k', '$$mine'] } } }, { $sort: { k: -1 } }, { $project: { k: 1 } }],
			as: 'found',
		};
		expect(run([{ k: 1 }, { k: 2 }], [{ $lookup: stage }]).map((doc) => shown(doc['found']))).toEqual(['[]', '[]']);
		expect(run([{ k: 1 }, { k: 2 }], [{ $lookup: stage }], others).map((doc) => shown(doc['found']))).toEqual(
			[[{ k: 2 }, { k: 1 }], [{ k: 2 }]].map((found) => shown(typedValue(found))),
		);
	});

	it('runs a pipeline over what equal fields join', () => {
		const stage = { from: 'o', localField: 'k', foreignField: 'k', pipeline: [{ $count: 'n' }], as: 'found' };
		expect(run([{ k: 1 }], [{ $lookup: stage }], others).map((doc) => shown(doc['found']))).toEqual([
			shown(typedValue([{ n: 1 }])),
		]);
	});

	it('reads variables of the pipelines around it', () => {
		const inner = { from: 'o', let: {}, pipeline: [{ $match: { $expr: { $eq: ['$k', '$$mine'] } } }], as: 'inner' };
		const outer = {
			from: 'o',
			let: { mine: '$k' },
			pipeline: [{ $match: { k: 1 } }, { $lookup: inner }, { $project: { n: { $size: '$inner' } } }],
			as: 'found',
		};
		expect(run([{ k: 2 }, { k: 9 }], [{ $lookup: outer }], others).map((doc) => shown(doc['found']))).toEqual(
			[[{ n: 1 }], [{ n: 0 }]].map((found) => shown(typedValue(found))),
		);
	});
});

it('has at least two cases for every stage', () => {
	expect(Object.keys(stages).filter((name) => name !== '$lookup' && (cases[name]?.length ?? 0) < 2)).toEqual([]);
});

const gathered: Record<string, [reason: string, operand: unknown, values: object[], result: unknown][]> = {
	$sum: [
		['ints make an int', '$v', [{ v: 1 }, { v: 2 }], 3],
		['what is no number counts for nothing', '$v', [{ v: 1 }, { v: 'x' }, {}, { v: null }], 1],
		['a double makes a double', '$v', [{ v: 1 }, { v: 0.5 }], 1.5],
		['does not lose small doubles beside large ones', '$v', [{ v: 1e16 }, { v: 1.5 }, { v: -1e16 }, { v: 0.25 }], 1.75],
	],
	$avg: [
		['makes a double', '$v', [{ v: 1 }, { v: 3 }], new Double(2)],
		['is null without numbers', '$v', [{ v: 'x' }, {}], null],
	],
	$min: [
		['takes the smallest, null counting for nothing', '$v', [{ v: null }, { v: 2 }, { v: 1 }], 1],
		['is null of nothing', '$v', [{}], null],
	],
	$max: [
		['takes the largest across types', '$v', [{ v: 5 }, { v: 'a' }], 'a'],
		['is null of nothing', '$v', [{}], null],
	],
	$first: [
		['takes the first', '$v', [{ v: 2 }, { v: 1 }], 2],
		['is null when it is missing', '$v', [{}, { v: 1 }], null],
	],
	$last: [
		['takes the last', '$v', [{ v: 2 }, { v: 1 }], 1],
		['is null when it is missing', '$v', [{ v: 1 }, {}], null],
	],
	$push: [
		['keeps all, null too, but not what is missing', '$v', [{ v: 1 }, {}, { v: null }, { v: 1 }], [1, null, 1]],
		['keeps documents', { x: '$v' }, [{ v: 1 }], [{ x: 1 }]],
	],
	$addToSet: [
		['keeps each once', '$v', [{ v: 1 }, { v: new Double(1) }, { v: 2 }], [1, 2]],
		['keeps nothing of what is missing', '$v', [{}], []],
	],
	$mergeObjects: [
		['merges', '$v', [{ v: { a: 1, b: 1 } }, { v: null }, { v: { a: 2 } }], { a: 2, b: 1 }],
		['is empty of nothing', '$v', [{}], {}],
	],
	$stdDevPop: [
		['of all', '$v', [{ v: 2 }, { v: 4 }], new Double(1)],
		['is null of nothing', '$v', [{}], null],
	],
	$stdDevSamp: [
		['of a sample', '$v', [{ v: 1 }, { v: 3 }], new Double(Math.SQRT2)],
		['is null of one', '$v', [{ v: 1 }], null],
	],
	$count: [
		['counts documents', {}, [{}, { v: null }], 2],
		['counts one', {}, [{}], 1],
	],
};

describe.each(Object.entries(gathered))('the accumulator %s', (name, rows) => {
	it.each(rows)('%s', (_reason, operand, input, result) => {
		const [group] = run(input, [{ $group: { _id: null, out: { [name]: operand } } }]);
		expect(shown(group?.['out'])).toBe(shown(typedValue(result)));
	});
});

it('has at least two cases for every accumulator', () => {
	expect(Object.keys(accumulators).filter((name) => (gathered[name]?.length ?? 0) < 2)).toEqual([]);
});

describe('a pipeline that makes no sense', () => {
	it.each<[reason: string, pipeline: object[], code: number]>([
		['two stages in one document', [{ $match: {}, $limit: 1 }], 40323],
		['a limit of 0', [{ $limit: 0 }], 15958],
		['a negative skip', [{ $skip: -1 }], 5107200],
		['a sort by nothing', [{ $sort: {} }], 15976],
		['a group without a key', [{ $group: { n: { $sum: 1 } } }], 15955],
		['a gathered field with a dot', [{ $group: { _id: 1, 'a.b': { $sum: 1 } } }], 40235],
		['a gathered field without an accumulator', [{ $group: { _id: 1, a: 5 } }], 40234],
		['two accumulators in one field', [{ $group: { _id: 1, a: { $sum: 1, $avg: 1 } } }], 40238],
		['a projection of nothing', [{ $project: {} }], 51272],
		['a projection that includes and excludes', [{ $project: { a: 1, b: 0 } }], 31254],
		['an unwind without $', [{ $unwind: 'a' }], 28818],
		['an unwind with an unknown option', [{ $unwind: { path: '$a', foo: 1 } }], 28811],
		['a facet within a facet', [{ $facet: { a: [{ $facet: { b: [] } }] } }], 40600],
		['a count with a dot', [{ $count: 'a.b' }], 40160],
		['a lookup without a field', [{ $lookup: { from: 'o', localField: 'a', as: 'x' } }], 9],
		['a lookup with an unknown option', [{ $lookup: { from: 'o', foo: 1, as: 'x' } }], 9],
		['boundaries out of order', [{ $bucket: { groupBy: '$n', boundaries: [2, 1] } }], 40194],
		['boundaries of two types', [{ $bucket: { groupBy: '$n', boundaries: [1, 'a'] } }], 40193],
		['a boundary that is a field', [{ $bucket: { groupBy: '$n', boundaries: ['$k', 5] } }], 40191],
		['a bucket by no field', [{ $bucket: { groupBy: 'n', boundaries: [1, 3], default: 5 } }], 40202],
		['a default that is a field', [{ $bucket: { groupBy: '$n', boundaries: [1, 3], default: '$k' } }], 40195],
		['$merge within a facet', [{ $facet: { a: [{ $merge: 'x' }] } }], 40600],
		['$merge into what else', [{ $merge: { into: { coll: 'x', z: 1 } } }], 9],
		['$merge into a database that is no name', [{ $merge: { into: { db: 5, coll: 'x' } } }], 9],
		['a default between the boundaries', [{ $bucket: { groupBy: '$n', boundaries: [1, 3], default: 2 } }], 40199],
		['$merge within a lookup', [{ $lookup: { from: 'o', pipeline: [{ $merge: 'x' }], as: 'j' } }], 51047],
		['a lookup into what is no field', [{ $lookup: { from: 'o', pipeline: [], as: '$x' } }], 16410],
		['$merge on one field twice', [{ $merge: { into: 'x', on: ['k', 'k'] } }], 31465],
		['$merge on no field', [{ $merge: { into: 'x', on: [] } }], 51187],
		['$merge on a number', [{ $merge: { into: 'x', on: 5 } }], 51186],
		['a skip of text', [{ $skip: 'x' }], 5107200],
		['a skip of a fraction', [{ $skip: 1.5 }], 5107200],
		['a limit below 0', [{ $limit: -1 }], 5107201],
		['an unwind of a number', [{ $unwind: 5 }], 15981],
		['an unwind of nothing', [{ $unwind: {} }], 28812],
		['an unwind of a path that ends in a dot', [{ $unwind: '$a.' }], 40353],
		['an unwind that counts into a path', [{ $unwind: { path: '$a', includeArrayIndex: '$i' } }], 28822],
		['a root that is not said', [{ $replaceRoot: {} }], 40414],
		['a root and something else', [{ $replaceRoot: { newRoot: '$a', x: 1 } }], 40415],
		['$set of a number', [{ $set: 5 }], 40272],
		['$set of an empty object', [{ $set: { a: {} } }], 40180],
		['$set of an empty object in another', [{ $set: { a: { b: {} } } }], 40180],
		['$set of an empty path', [{ $set: { '': 1 } }], 40352],
		['$unset of nothing', [{ $unset: [] }], 31119],
		['$unset of a number', [{ $unset: 5 }], 31002],
		['$unset of numbers', [{ $unset: [5] }], 31120],
		['$merge before the end', [{ $merge: 'x' }, { $match: {} }], 40601],
		['$merge into nothing', [{ $merge: {} }], 9],
		['$merge with an unknown mode', [{ $merge: { into: 'x', whenMatched: 'foo' } }], 9],
	])('is refused: %s', (_reason, pipeline, code) => {
		expect(() => compile(pipeline)).toThrowError(expect.objectContaining({ code }));
	});

	it('is refused for a value that fits no bucket, and for a root that is no document', () => {
		expect(() => run(docs, [{ $bucket: { groupBy: '$n', boundaries: [0, 2] } }])).toThrowError(
			expect.objectContaining({ code: 40066 }),
		);
		expect(() => run(docs, [{ $replaceRoot: { newRoot: '$k' } }])).toThrowError(
			expect.objectContaining({ code: 40228 }),
		);
	});
});

describe('the lead of a pipeline', () => {
	it.each<[reason: string, pipeline: object[], lead: object, isWhole: boolean]>([
		[
			'is its matches, sort, skip and limit',
			[{ $match: { a: 1 } }, { $match: { b: 1 } }, { $sort: { c: 1 } }, { $skip: 2 }, { $limit: 3 }],
			{ filter: { $and: [{ a: 1 }, { b: 1 }] }, sort: { c: 1 }, skip: 2, limit: 3 },
			true,
		],
		['ends at another stage', [{ $match: { a: 1 } }, { $group: { _id: '$b' } }], { filter: { a: 1 } }, false],
		['does not skip after a limit', [{ $limit: 3 }, { $skip: 2 }], { filter: {}, limit: 3 }, false],
		['does not match after a sort', [{ $sort: { a: 1 } }, { $match: { a: 1 } }], { filter: {}, sort: { a: 1 } }, false],
		['is nothing when there is nothing', [], { filter: {} }, true],
	])('%s', (_reason, pipeline, lead, isWhole) => {
		const compiled = compile(pipeline);
		expect(JSON.parse(JSON.stringify(compiled.lead))).toEqual(lead);
		expect(compiled.isLeadOnly).toBe(isWhole);
	});
});

describe('memory', () => {
	function* large(count: number): Generator<Doc> {
		for (let n = 0; n < count; n++) yield typed({ _id: n, text: 'x'.repeat(1_000_000) });
	}

	it('is given up on, with words, when a sort, a group, a facet or a join would take more than 100 MB', () => {
		for (const stage of [
			{ $sort: { _id: 1 } },
			{ $group: { _id: null, all: { $push: '$text' } } },
			{ $group: { _id: '$text' } },
			{ $facet: { a: [] } },
		]) {
			const pipeline = compile([
				{ $unset: '__' },
				stage.$group?._id === '$text'
					? { $set: { text: { $concat: ['$text', { $toString: '$_id' }] } } }
					: { $unset: '__' },
				stage,
			]);
			expect(() => [...pipeline.run(large(70))]).toThrowError(
				expect.objectContaining({ code: 292, message: expect.stringContaining(Object.keys(stage)[0] ?? '') as string }),
			);
		}
	});

	it('is not needed for the start of a sort', () => {
		expect([...sortDocs(large(1200), compileSort(typed({ _id: -1 })), 1)].map((doc) => Number(doc['_id']))).toEqual([
			1199,
		]);
	}, 60_000);

	it('is not needed to stream', () => {
		const pipeline = compile([
			{ $unset: '__' },
			{ $match: { _id: { $gte: 290 } } },
			{ $group: { _id: null, n: { $sum: 1 }, last: { $max: '$_id' } } },
		]);
		expect([...pipeline.run(large(300))].map(shown)).toEqual([shown(typed({ _id: null, n: 10, last: 299 }))]);
	});
});

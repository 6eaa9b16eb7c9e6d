// Every name in the manual is either in the README's tables and works, or is refused by name wherever it may stand.
import { describe, expect, it } from 'vitest';
import { CommandError } from '#lib/server/embedded/errors.ts';
import { compileExpression } from '#lib/server/embedded/expressions/compile.ts';
import { operators } from '#lib/server/embedded/expressions/operators.ts';
import { compileFilter } from '#lib/server/embedded/matcher.ts';
import { compileProjection } from '#lib/server/embedded/projection.ts';
import { accumulators } from '#lib/server/embedded/stages/accumulators.ts';
import { compilePipeline, stages } from '#lib/server/embedded/stages/pipeline.ts';
import { compileUpdate, updateOperators } from '#lib/server/embedded/update.ts';
import type { Doc } from '#lib/server/embedded/values.ts';
import { openEngine } from './engine.ts';
import * as documented from './support/documented.ts';
import { tabled } from './support/tabled.ts';
import { typed, typedValue } from './support/typed.ts';

const names = {
	query: tabled('Query operators'),
	update: tabled('Update operators'),
	stages: tabled('Aggregation stages'),
	accumulators: tabled('Accumulators'),
	expressions: tabled('Expressions'),
};

const pipeline = (stagesOf: object[]) => compilePipeline(typedValue(stagesOf), { find: () => [] });
const filter = (spec: object) => compileFilter(typed(spec));

/** Whether something is refused with code 115 and a message that has the name. */
function isRefused(compile: () => unknown, name: string): boolean {
	try {
		compile();
	} catch (error) {
		return error instanceof CommandError && error.code === 115 && error.message.includes(`'${name}'`);
	}
	return false;
}

/** The places of a list at which a name is not refused. */
const acceptedAt = (places: Record<string, () => unknown>, name: string): string[] =>
	Object.entries(places)
		.filter(([, compile]) => !isRefused(compile, name))
		.map(([place]) => place);

const unlisted = (all: string[], listed: Set<string>) => all.filter((name) => !listed.has(name));

describe('the README', () => {
	it('lists what the code has, kind by kind', () => {
		const withoutVariables = [...names.expressions].filter((name) => !name.startsWith('$$'));
		expect([...names.accumulators].sort()).toEqual(Object.keys(accumulators).sort());
		expect(withoutVariables.sort()).toEqual(Object.keys(operators).sort());
		expect([...names.stages].sort()).toEqual([...Object.keys(stages), '$merge'].sort());
		expect([...names.update].filter((name) => updateOperators.includes(name)).sort()).toEqual(
			[...updateOperators].sort(),
		);
	});

	it('lists only what the manual knows', () => {
		expect(unlisted([...names.query], new Set(documented.queryOperators))).toEqual([]);
		expect(unlisted([...names.stages], new Set(documented.stages))).toEqual([]);
		expect(unlisted([...names.accumulators], new Set(documented.accumulators))).toEqual([]);
		expect(unlisted([...names.expressions], new Set([...documented.expressions, ...documented.variables]))).toEqual([]);
	});
});

describe('a query operator', () => {
	const samples: Record<string, object> = {
		$and: { $and: [{ a: 1 }] },
		$or: { $or: [{ a: 1 }] },
		$nor: { $nor: [{ a: 1 }] },
		$expr: { $expr: true },
		$comment: { $comment: 'x' },
		$not: { a: { $not: { $gt: 1 } } },
		$in: { a: { $in: [1] } },
		$nin: { a: { $nin: [1] } },
		$all: { a: { $all: [1] } },
		$elemMatch: { a: { $elemMatch: { b: 1 } } },
		$mod: { a: { $mod: [2, 0] } },
		$regex: { a: { $regex: 'x' } },
	};

	it.each([...names.query])('%s of the table is taken', (name) => {
		expect(() => filter(samples[name] ?? { a: { [name]: 1 } })).not.toThrow();
	});

	it.each(unlisted(documented.queryOperators, names.query))('%s is refused wherever it may stand', (name) => {
		const condition = { [name]: 1 };
		const places = {
			field: () => filter({ a: condition }),
			top: () => filter(condition),
			and: () => filter({ $and: [{ b: 1 }, { a: condition }] }),
			or: () => filter({ $or: [{ $nor: [{ a: condition }] }] }),
			not: () => filter({ a: { $not: condition } }),
			beside: () => filter({ a: { $gt: 1, ...condition } }),
			element: () => filter({ a: { $elemMatch: condition } }),
			deepElement: () => filter({ a: { $elemMatch: { b: { $elemMatch: { c: condition } } } } }),
			all: () => filter({ a: { $all: [{ $elemMatch: { b: condition } }] } }),
			pull: () => compileUpdate(typed({ $pull: { a: condition } })),
			pullField: () => compileUpdate(typed({ $pull: { a: { b: condition } } })),
			arrayFilter: () => compileUpdate(typed({ $set: { 'a.$[x]': 1 } }), { arrayFilters: [typed({ x: condition })] }),
			projection: () => compileProjection(typed({ a: { $elemMatch: { b: condition } } })),
			stage: () => pipeline([{ $match: { a: condition } }]),
			laterStage: () => pipeline([{ $unset: 'x' }, { $match: { a: condition } }]),
			facet: () => pipeline([{ $facet: { x: [{ $match: { a: condition } }] } }]),
			lookup: () => pipeline([{ $lookup: { from: 'o', pipeline: [{ $match: { a: condition } }], as: 'x' } }]),
		};
		expect(acceptedAt(places, name)).toEqual([]);
	});
});

describe('an update operator', () => {
	const samples: Record<string, unknown> = { $rename: 'b', $currentDate: true, $bit: { or: 1 }, $pullAll: [1] };
	const modifiers = new Set(['$each', '$position', '$slice', '$sort']);

	it.each(updateOperators)('%s of the table is taken', (name) => {
		expect(() => compileUpdate(typed({ [name]: { a: samples[name] ?? 1 } }))).not.toThrow();
	});

	it.each([...modifiers])('%s is taken in $push', (name) => {
		expect(() =>
			compileUpdate(typed({ $push: { a: { $each: [], ...(name !== '$each' && { [name]: 1 }) } } })),
		).not.toThrow();
	});

	it.each(documented.updateOperators.filter((name) => !updateOperators.includes(name)))('%s is refused', (name) => {
		const places = {
			alone: () => compileUpdate(typed({ [name]: { a: 1 } })),
			beside: () => compileUpdate(typed({ $set: { b: 1 }, [name]: { a: 1 } })),
		};
		expect(acceptedAt(places, name)).toEqual([]);
	});
});

describe('an aggregation stage', () => {
	const samples: Record<string, unknown> = {
		$match: {},
		$sort: { a: 1 },
		$unwind: '$a',
		$project: { a: 1 },
		$addFields: { a: 1 },
		$set: { a: 1 },
		$unset: 'a',
		$replaceRoot: { newRoot: '$a' },
		$replaceWith: '$a',
		$group: { _id: '$a' },
		$count: 'n',
		$sortByCount: '$a',
		$bucket: { groupBy: '$a', boundaries: [1, 2] },
		$facet: { a: [] },
		$lookup: { from: 'o', localField: 'a', foreignField: 'b', as: 'c' },
		$merge: 'o',
	};

	it.each([...names.stages])('%s of the table is taken', (name) => {
		expect(() => pipeline([{ [name]: samples[name] ?? 1 }])).not.toThrow();
	});

	it.each(unlisted(documented.stages, names.stages))('%s is refused wherever it may stand', (name) => {
		const stage = { [name]: {} };
		const places = {
			first: () => pipeline([stage]),
			later: () => pipeline([{ $match: {} }, { $group: { _id: 1 } }, stage]),
			facet: () => pipeline([{ $facet: { x: [{ $match: {} }, stage] } }]),
			lookup: () => pipeline([{ $lookup: { from: 'o', pipeline: [stage], as: 'x' } }]),
			facetInLookup: () => pipeline([{ $lookup: { from: 'o', pipeline: [{ $facet: { x: [stage] } }], as: 'x' } }]),
			update: () => compileUpdate(typedValue([stage]) as Doc[]),
			merge: () => pipeline([{ $merge: { into: 'o', whenMatched: [stage] } }]),
		};
		expect(acceptedAt(places, name)).toEqual([]);
	});
});

describe('an accumulator', () => {
	it.each([...names.accumulators])('%s of the table is taken', (name) => {
		expect(() => pipeline([{ $group: { _id: null, x: { [name]: name === '$count' ? {} : '$a' } } }])).not.toThrow();
	});

	it.each(unlisted(documented.accumulators, names.accumulators))('%s is refused wherever it may stand', (name) => {
		const operand = { [name]: '$a' };
		const places = {
			group: () => pipeline([{ $group: { _id: null, n: { $sum: 1 }, x: operand } }]),
			bucket: () => pipeline([{ $bucket: { groupBy: '$a', boundaries: [1, 2], output: { x: operand } } }]),
			facet: () => pipeline([{ $facet: { y: [{ $group: { _id: null, x: operand } }] } }]),
		};
		expect(acceptedAt(places, name)).toEqual([]);
	});
});

describe('an expression', () => {
	it.each([...names.expressions].filter((name) => name.startsWith('$$')))('%s of the table is taken', (name) => {
		expect(() => compileExpression(name)).not.toThrow();
	});

	it.each(documented.variables.filter((name) => !names.expressions.has(name)))('%s is refused', (name) => {
		expect(isRefused(() => compileExpression(name), name)).toBe(true);
	});

	it.each([...unlisted(documented.expressions, names.expressions), '$notInAnyManual', '$constructor'])(
		'%s is refused wherever it may stand',
		(name) => {
			const one = { [name]: '$a' };
			const whole = [{ [name]: ['$a', 1] }, { [name]: {} }].map(
				(form, at) => [`form${at}`, () => compileExpression(typedValue(form))] as const,
			);
			const inStage = (stage: object) => () => pipeline([{ $unset: 'z' }, stage]);
			const places = {
				...Object.fromEntries(whole),
				operand: () => compileExpression(typedValue({ $add: [1, { $multiply: [2, one] }] })),
				neverTaken: () => compileExpression(typedValue({ $cond: [true, 1, one] })),
				branch: () =>
					compileExpression(typedValue({ $switch: { branches: [{ case: false, then: one }], default: 1 } })),
				document: () => compileExpression(typedValue({ x: { y: one } })),
				array: () => compileExpression(typedValue([1, [one]])),
				map: () => compileExpression(typedValue({ $map: { input: [], in: one } })),
				filterOver: () => compileExpression(typedValue({ $filter: { input: [], cond: one } })),
				reduce: () => compileExpression(typedValue({ $reduce: { input: [], initialValue: 0, in: one } })),
				let: () => compileExpression(typedValue({ $let: { vars: { x: 1 }, in: one } })),
				date: () => compileExpression(typedValue({ $dateToString: { date: one } })),
				filter: () => filter({ $expr: { $eq: [one, 1] } }),
				find: () => compileProjection(typed({ x: { $add: [1, one] } })),
				project: inStage({ $project: { x: { y: { $add: [one] } } } }),
				addFields: inStage({ $addFields: { x: { y: one } } }),
				groupKey: inStage({ $group: { _id: { x: one } } }),
				gathered: inStage({ $group: { _id: null, x: { $sum: one } } }),
				bucket: inStage({ $bucket: { groupBy: one, boundaries: [1, 2] } }),
				sortByCount: inStage({ $sortByCount: one }),
				replaceRoot: inStage({ $replaceRoot: { newRoot: one } }),
				match: inStage({ $match: { $or: [{ $expr: one }] } }),
				lookupVariable: inStage({ $lookup: { from: 'o', let: { x: one }, pipeline: [], as: 'y' } }),
				lookup: inStage({ $lookup: { from: 'o', pipeline: [{ $project: { x: { $add: [one] } } }], as: 'y' } }),
				facet: inStage({ $facet: { x: [{ $set: { y: one } }] } }),
				update: () => compileUpdate(typedValue([{ $set: { x: one } }]) as Doc[]),
				merge: () => pipeline([{ $merge: { into: 'o', whenMatched: [{ $set: { x: one } }] } }]),
			};
			expect(acceptedAt(places, name)).toEqual([]);
		},
	);
});

describe('what no list of names has', () => {
	it.each<[reason: string, name: string, compile: () => unknown]>([
		[
			'a time zone',
			'Asia/Colombo',
			() => compileExpression(typedValue({ $dateTrunc: { date: '$a', unit: 'day', timezone: 'Asia/Colombo' } })),
		],
		['a conversion', 'decimal', () => compileExpression(typedValue({ $convert: { input: '$a', to: 'decimal' } }))],
		['a date format', '%B', () => compileExpression(typedValue({ $dateToString: { date: '$a', format: '%B' } }))],
		[
			'a pattern in an expression',
			'\\1',
			() => compileExpression(typedValue({ $regexMatch: { input: '$a', regex: '(a)\\1' } })),
		],
		['a sort by text score', '$meta', () => pipeline([{ $sort: { x: { $meta: 'textScore' } } }])],
		['a variable of $merge', 'let', () => pipeline([{ $merge: { into: 'o', let: { x: 1 } } }])],
	])('is refused by name: %s', (_reason, name, compile) => {
		expect(isRefused(compile, name)).toBe(true);
	});
});

describe('a command on a collection that is not there', () => {
	const update = (statement: object) => ({ update: 'none', updates: [{ q: {}, u: { $set: { a: 1 } }, ...statement }] });
	const aggregate = (stagesOf: object[]) => ({ aggregate: 'none', pipeline: stagesOf, cursor: {} });

	it.each<[name: string, command: Doc]>([
		['$where', { find: 'none', filter: { a: { $where: '1' } } }],
		['$meta', { find: 'none', filter: {}, projection: { a: { $meta: 'textScore' } } }],
		['$meta', { find: 'none', filter: {}, sort: { a: { $meta: 'textScore' } } }],
		['$near', { count: 'none', query: { a: { $near: 1 } } }],
		['$near', { distinct: 'none', key: 'a', query: { a: { $near: 1 } } }],
		['$near', { delete: 'none', deletes: [{ q: { a: { $near: 1 } }, limit: 1 }] }],
		['$near', update({ q: { a: { $near: 1 } } })],
		['$pushAll', update({ u: { $pushAll: { a: 1 } } })],
		['$near', update({ u: { $set: { 'a.$[x]': 1 } }, arrayFilters: [{ x: { $near: 1 } }] })],
		['$sample', update({ u: [{ $sample: { size: 1 } }] })],
		['$pushAll', { findAndModify: 'none', query: {}, update: { $pushAll: { a: 1 } } }],
		['$near', { findAndModify: 'none', query: { a: { $near: 1 } }, remove: true }],
		['$meta', { findAndModify: 'none', query: {}, update: { $set: { a: 1 } }, fields: { a: { $meta: 'x' } } }],
		['$out', aggregate([{ $out: 'x' }])],
		['$near', aggregate([{ $match: { a: { $near: 1 } } }])],
		['$rand', aggregate([{ $project: { a: { $rand: {} } } }])],
		[
			'$near',
			{ createIndexes: 'none', indexes: [{ key: { a: 1 }, name: 'a', partialFilterExpression: { a: { $near: 1 } } }] },
		],
	])('is refused for %s: %o', (name, command) => {
		const engine = openEngine();
		try {
			const answer = engine.ask(command);
			const [error = answer] = (answer['writeErrors'] as Doc[] | undefined) ?? [];
			expect({ code: Number(error['code']), isNamed: String(error['errmsg']).includes(name) }).toEqual({
				code: expect.any(Number) as number,
				isNamed: true,
			});
			expect([115, 67]).toContain(Number(error['code']));
		} finally {
			engine.close();
		}
	});
});

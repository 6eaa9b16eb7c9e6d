// Whatever the documents, the indexes and the query: reading an index gives what reading everything gives, in the same order.
import { BSONRegExp, Int32 } from 'bson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plan } from '#lib/server/embedded/planner.ts';
import { select } from '#lib/server/embedded/query.ts';
import { unlimited } from '#lib/server/embedded/scan.ts';
import { compileSort } from '#lib/server/embedded/sort.ts';
import type { Doc } from '#lib/server/embedded/values.ts';
import { openEngine, type TestEngine } from './engine.ts';
import { anyValue, chooseSeed, type Random, seeded } from './random.ts';

const collections = 250;
const queries = 100;
const paths = ['a', 'b', 'c', 'c.x', 'c.y', 'd', 'd.x'];
const orders = [1, -1];

const int = (value: number) => new Int32(value);
const small = (random: Random): unknown =>
	random.chance(0.7)
		? random.pick<unknown>([int(0), int(1), int(2), int(3), 'a', 'ab', 'b', null, []])
		: anyValue(random, 1);
const scalar = (random: Random) => random.pick<unknown>([int(0), int(1), int(2), 'a', 'ab', null, anyValue(random, 0)]);
const inner = (random: Random, value = small): Doc =>
	Object.fromEntries(['x', 'y'].filter(() => random.chance(0.7)).map((name) => [name, value(random)]));

/** Half of the collections hold no arrays, so that order by index is used there. */
function anyField(random: Random, hasArrays: boolean): unknown {
	switch (hasArrays ? random.int(6) : random.pick([0, 5])) {
		case 0:
			return inner(random, hasArrays ? small : scalar);
		case 1:
			return Array.from({ length: random.int(4) }, () => small(random));
		case 2:
			return Array.from({ length: random.int(3) }, () => (random.chance(0.8) ? inner(random) : small(random)));
		default:
			return hasArrays ? small(random) : scalar(random);
	}
}

const anyDocument = (random: Random, id: number, hasArrays: boolean): Doc =>
	Object.fromEntries([
		['_id', int(id)],
		...['a', 'b', 'c', 'd'].filter(() => random.chance(0.8)).map((name) => [name, anyField(random, hasArrays)]),
	]);

function anyKey(random: Random): Doc {
	return Object.fromEntries(Array.from({ length: 1 + random.int(3) }, () => [random.pick(paths), random.pick(orders)]));
}

function anyIndex(random: Random, name: string): Doc {
	const spec: Doc = { key: anyKey(random), name };
	if (random.chance(0.25)) spec['sparse'] = true;
	else if (random.chance(0.35)) {
		const conditions: Doc[] = [
			{ $exists: true },
			{ $gt: int(random.int(3)) },
			{ $lte: int(random.int(3)) },
			{ $eq: small(random) },
			{ $type: 'int' },
		];
		spec['partialFilterExpression'] = { [random.pick(paths)]: random.pick(conditions) };
	}
	return spec;
}

function anyCondition(random: Random, depth = 1): unknown {
	const range = () => random.pick(['$gt', '$gte', '$lt', '$lte']);
	switch (random.int(16)) {
		case 0:
		case 1:
		case 2:
			return small(random);
		case 3:
			return { $in: Array.from({ length: random.int(4) }, () => small(random)) };
		case 4:
		case 5:
			return { [range()]: small(random) };
		case 6:
			return { [range()]: small(random), [range()]: small(random) };
		case 7:
			return { $ne: small(random) };
		case 8:
			return { $exists: random.chance(0.6) };
		case 9:
			return new BSONRegExp(random.pick(['^a', '^ab?', 'b', '^a|b', '^(a)', '^']), random.pick(['', '', 'i']));
		case 10:
			return depth > 0
				? {
						$elemMatch: random.chance(0.5)
							? { x: anyCondition(random, 0), y: small(random) }
							: { [range()]: small(random) },
					}
				: small(random);
		case 11:
			return { $all: [small(random), small(random)] };
		case 12:
			return { $size: int(random.int(3)) };
		case 13:
			return { $type: random.pick(['int', 'string', 'array', 'null', 'object']) };
		case 14:
			return depth > 0 ? { $not: { [range()]: small(random) } } : small(random);
		default:
			return { $nin: [small(random), small(random)] };
	}
}

function anyFilter(random: Random, depth = 2): Doc {
	if (depth === 2 && random.chance(0.2))
		return { $or: [{ [random.pick(paths)]: small(random) }, { [random.pick(paths)]: small(random) }] };
	const filter: Doc = {};
	for (let left = random.int(3); left > 0; left--) filter[random.pick(paths)] = anyCondition(random);
	if (depth > 0 && random.chance(0.3)) {
		filter[random.pick(['$or', '$and', '$or', '$nor'])] = Array.from({ length: 1 + random.int(3) }, () =>
			anyFilter(random, depth - 1),
		);
	}
	return filter;
}

describe('the planner', () => {
	let engine: TestEngine;
	beforeAll(() => {
		engine = openEngine();
	});
	afterAll(() => engine.close());

	const seed = chooseSeed();
	it(`agrees with a full scan in ${collections * queries} queries (SEED=${seed})`, () => {
		const random = seeded(seed);
		const seen = { scan: 0, index: 0, union: 0, sorted: 0 };
		for (let round = 0; round < collections; round++) {
			const name = `c${round}`;
			const hasArrays = random.chance(0.5);
			const documents = Array.from({ length: 40 }, (_, id) => anyDocument(random, id, hasArrays));
			const half = random.int(40);
			engine.ask({ insert: name, documents: documents.slice(0, half + 1) });
			for (let count = 1 + random.int(6); count > 0; count--)
				engine.ask({ createIndexes: name, indexes: [anyIndex(random, `i${count}`)] });
			engine.ask({ insert: name, documents: documents.slice(half + 1), ordered: false });
			const collection = engine.catalog.find('test', name)!;
			for (let count = 0; count < queries; count++) {
				const filter = anyFilter(random);
				const sort = random.chance(0.4) ? anyKey(random) : {};
				const run = (hint: unknown) => {
					try {
						return [...select(engine.store, collection, { filter, sort, hint }, unlimited())];
					} catch (error) {
						return error instanceof Error ? error.message : String(error);
					}
				};
				const scanned = run({ $natural: 1 });
				const planned = run(undefined);
				const told = JSON.stringify({ round, filter, sort, indexes: collection.indexes.map((index) => index.spec) });
				if (typeof scanned === 'string' || typeof planned === 'string') {
					expect(planned, told).toBe(scanned);
					continue;
				}
				const ids = (rows: typeof scanned) => rows.map((row) => row.rid).sort((a, b) => a - b);
				expect(ids(planned), told).toEqual(ids(scanned));
				const { compareDocs } = compileSort(sort);
				for (let at = 1; at < planned.length; at++) {
					expect(compareDocs(planned[at - 1]!.doc, planned[at]!.doc), told).toBeLessThanOrEqual(0);
				}
				const chosen = plan(collection, filter, {
					sort: Object.entries(sort).map(([path, order]) => ({ name: path, isDescending: order === -1 })),
				});
				seen[chosen.kind]++;
				if (chosen.kind === 'index' && chosen.isSorted && Object.keys(sort).length > 0) seen.sorted++;
			}
			engine.ask({ drop: name });
		}
		// The fuzz means something only while every kind of plan is taken often.
		expect(Object.entries(seen).filter(([, times]) => times < 200)).toEqual([]);
	}, 600_000);
});

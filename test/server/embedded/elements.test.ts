// Encoded documents taken apart without decoding them: what is picked is what decoding everything would have shown.
import { BSONRegExp, Code, EJSON } from 'bson';
import { describe, expect, it } from 'vitest';
import { idFirst, namesOf, pick } from '#lib/server/embedded/elements.ts';
import { filterFields, pipelineFields, projectionFields } from '#lib/server/embedded/fields.ts';
import { decode, type Doc, encode } from '#lib/server/embedded/values.ts';
import { anyValue, chooseSeed, seeded } from './random.ts';

const names = ['a', 'b', '_id', 'ab', 'é', ''];
const plain = (doc: Doc) => EJSON.stringify(doc, { relaxed: false });

describe('an encoded document', () => {
	const seed = chooseSeed();
	it(`gives the fields that are picked, and its _id first (SEED=${seed})`, () => {
		const random = seeded(seed);
		for (let round = 0; round < 3_000; round++) {
			const special = () => random.pick([new Code('a'), new Code('a', { b: 1 }), new BSONRegExp('a\\b', 'i')]);
			const value = () => (random.chance(0.1) ? special() : anyValue(random));
			const doc = decode(
				encode(Object.fromEntries(names.filter(() => random.chance(0.6)).map((name) => [name, value()]))),
			);
			const wanted = names.filter(() => random.chance(0.4));
			const expected = Object.fromEntries(Object.entries(doc).filter(([name]) => wanted.includes(name)));
			expect(plain(decode(pick(encode(doc), namesOf(wanted))))).toBe(plain(expected));
			const moved = idFirst(encode(doc));
			const { _id, ...rest } = doc;
			if ('_id' in doc) expect(plain(decode(moved!))).toBe(plain({ _id, ...rest }));
			else expect(moved).toBeNull();
		}
	});
});

describe('the fields looked at', () => {
	const list = (fields: ReadonlySet<string> | null) => fields && [...fields].sort().join();
	it.each<[Doc, string | null]>([
		[{}, ''],
		[{ 'a.b': 1, c: { $gt: 1 } }, 'a,c'],
		[{ $or: [{ a: 1 }, { $and: [{ 'b.c': 1 }] }] }, 'a,b'],
		[{ $expr: { $gt: ['$a.b', { $size: '$c' }] } }, 'a,c'],
		[{ $expr: { $gt: ['$$ROOT.a', 1] } }, null],
		[{ $expr: { $getField: 'a' } }, null],
	])('by the filter %j are %j', (filter, expected) => {
		expect(list(filterFields(filter))).toBe(expected);
	});

	it.each<[Doc, string | null]>([
		[{ a: 1, 'b.c': true, _id: 0 }, '_id,a,b'],
		[{ a: 0 }, null],
		[{ _id: 0 }, null],
		[{ 'a.$': 1 }, null],
		[{ a: '$b' }, null],
	])('by the projection %j are %j', (projection, expected) => {
		expect(list(projectionFields(projection))).toBe(expected);
	});

	it.each<[Doc[], string | null]>([
		[[{ $match: { a: 1 } }, { $group: { _id: '$b.c', n: { $sum: '$d' } } }, { $sort: { n: 1 } }], 'a,b,d'],
		[[{ $unwind: '$a' }, { $set: { 'e.f': '$b' } }, { $sortByCount: '$a.c' }], 'a,b,e'],
		[[{ $match: { a: 1 } }, { $count: 'n' }], 'a'],
		[[{ $sort: { a: 1 } }, { $group: { _id: null, first: { $first: '$$ROOT' } } }], null],
		[[{ $project: { a: 1 } }], null],
		[[{ $lookup: { from: 'b', localField: 'a', foreignField: 'b', as: 'c' } }, { $count: 'n' }], null],
	])('by the pipeline %j are %j', (stages, expected) => {
		expect(list(pipelineFields(stages))).toBe(expected);
	});
});

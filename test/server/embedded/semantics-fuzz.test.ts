// Filters, updates and whole sequences of writes against a plain model that was written separately.
import { Double, Int32, Long } from 'bson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandError } from '#lib/server/embedded/errors.ts';
import { compileFilter } from '#lib/server/embedded/matcher.ts';
import { compileUpdate } from '#lib/server/embedded/update.ts';
import { upsertSeed } from '#lib/server/embedded/upsert.ts';
import type { Doc } from '#lib/server/embedded/values.ts';
import { checkWhole } from './check.ts';
import { openEngine, type TestEngine } from './engine.ts';
import { chooseSeed, type Random, seeded } from './random.ts';
import { matches } from './support/model-query.ts';
import { update as modelUpdate } from './support/model-update.ts';
import { type Fields, fromBson, order, text } from './support/model-values.ts';
import { shown } from './support/typed.ts';

const seed = chooseSeed();
const int = (value: number) => new Int32(value);
const names = ['a', 'b', 'c'];
const model = (doc: Doc) => fromBson(doc) as Fields;

function anyNumber(random: Random): unknown {
	const whole = random.pick([0, 1, 2, 3, -1, 2147483647, -2147483648]);
	return random.pick<() => unknown>([
		() => int(whole),
		() => int(random.int(4)),
		() => Long.fromNumber(whole),
		() => new Double(random.pick([0, 0.5, 1, 2, -1.5])),
	])();
}

const anyScalar = (random: Random): unknown =>
	random.chance(0.6) ? anyNumber(random) : random.pick<unknown>([null, true, false, '', 'x', 'y']);

function anyValue(random: Random, depth: number): unknown {
	if (depth === 0 || random.chance(0.4)) return anyScalar(random);
	return random.chance(0.5) ? anyArray(random, depth - 1) : anyDoc(random, depth - 1);
}

const anyArray = (random: Random, depth: number): unknown[] =>
	Array.from({ length: random.int(4) }, () => anyValue(random, depth));

const anyDoc = (random: Random, depth: number): Doc =>
	Object.fromEntries(names.filter(() => random.chance(0.6)).map((name) => [name, anyValue(random, depth)]));

function anyPath(random: Random): string {
	const parts = [random.pick(names)];
	while (parts.length < 3 && random.chance(0.4)) parts.push(random.pick([...names, '0', '1', '3']));
	return parts.join('.');
}

function anyOperators(random: Random, depth: number): Doc {
	const value = () => anyValue(random, 1);
	const list = () => Array.from({ length: random.int(3) }, value);
	const make: Record<string, () => unknown> = {
		$eq: value,
		$ne: value,
		$gt: value,
		$gte: value,
		$lt: value,
		$lte: value,
		$in: list,
		$nin: list,
		$all: list,
		$exists: () => random.chance(0.5),
		$size: () => int(random.int(3)),
		$type: () => random.pick(['int', 'string', 'array', 'object', 'null', 'number']),
		...(depth > 0 && {
			$not: () => anyOperators(random, depth - 1),
			$elemMatch: () => (random.chance(0.5) ? anyOperators(random, depth - 1) : anyFilter(random, depth - 1)),
		}),
	};
	const chosen = Array.from({ length: 1 + random.int(2) }, () => random.pick(Object.keys(make)));
	return Object.fromEntries(chosen.map((operator) => [operator, make[operator]?.()]));
}

function anyFilter(random: Random, depth = 2): Doc {
	const filter: Doc = {};
	for (let count = random.int(3); count > 0; count--)
		filter[anyPath(random)] = random.chance(0.3) ? anyValue(random, 2) : anyOperators(random, depth);
	if (depth > 0 && random.chance(0.25)) {
		filter[random.pick(['$and', '$or', '$nor'])] = Array.from({ length: 1 + random.int(2) }, () =>
			anyFilter(random, depth - 1),
		);
	}
	return filter;
}

const sortable = (random: Random) =>
	random.chance(0.5) ? int(random.pick([1, -1])) : { [random.pick(names)]: int(random.pick([1, -1])) };

const operands: Record<string, (random: Random) => unknown> = {
	$set: (random) => anyValue(random, 2),
	$setOnInsert: (random) => anyValue(random, 1),
	$unset: () => '',
	$inc: anyNumber,
	$mul: anyNumber,
	$min: (random) => anyValue(random, 1),
	$max: (random) => anyValue(random, 1),
	$bit: (random) => ({
		[random.pick(['and', 'or', 'xor'])]: random.chance(0.7) ? int(random.int(8)) : Long.fromNumber(random.int(8)),
	}),
	$rename: anyPath,
	$push: (random) =>
		random.chance(0.3)
			? anyValue(random, 1)
			: {
					$each: anyArray(random, 1),
					...(random.chance(0.3) && { $position: int(random.int(5) - 2) }),
					...(random.chance(0.3) && { $slice: int(random.int(7) - 3) }),
					...(random.chance(0.3) && { $sort: sortable(random) }),
				},
	$addToSet: (random) => (random.chance(0.5) ? anyValue(random, 1) : { $each: anyArray(random, 1) }),
	$pop: (random) => int(random.pick([1, -1])),
	$pull: (random) => {
		if (random.chance(0.5)) return anyValue(random, 1);
		return random.chance(0.5)
			? anyOperators(random, 0)
			: { [random.pick(names)]: random.chance(0.5) ? anyScalar(random) : anyOperators(random, 0) };
	},
	$pullAll: (random) => anyArray(random, 1),
};

function anyUpdate(random: Random): Doc {
	const update: Doc = {};
	for (let count = 1 + random.int(3); count > 0; count--) {
		const operator = random.pick(Object.keys(operands));
		let path = anyPath(random);
		if (operator !== '$rename' && random.chance(0.15))
			path = path.replace(/\.[^.]+$/, '') + (random.chance(0.5) ? '.$[]' : `.$[].${random.pick(names)}`);
		update[operator] = { ...(update[operator] as Doc | undefined), [path]: operands[operator]?.(random) };
	}
	return update;
}

/** What a computation gives, or 'refused' when it throws what it may throw. */
function attempt(compute: () => string, mayThrow: (error: unknown) => boolean): string {
	try {
		return compute();
	} catch (error) {
		if (mayThrow(error)) return 'refused';
		throw error;
	}
}

const isCommandError = (error: unknown) => error instanceof CommandError;
const isPlainError = (error: unknown) => error instanceof Error && !(error instanceof TypeError);

describe(`the model (SEED=${seed})`, () => {
	it('selects the same documents in 40,000 queries', () => {
		const random = seeded(seed);
		let selected = 0;
		for (let round = 0; round < 4000; round++) {
			const filter = anyFilter(random);
			const test = compileFilter(filter);
			const spec = model(filter);
			for (let count = 0; count < 10; count++) {
				const doc = anyDoc(random, 3);
				const expected = matches(model(doc), spec);
				if (test(doc) !== expected) expect.fail(`${shown(filter)} on ${shown(doc)} should be ${expected}`);
				if (expected) selected++;
			}
		}
		expect(selected).toBeGreaterThan(4000);
	});

	it('makes the same documents by 40,000 updates, or refuses the same', () => {
		const random = seeded(seed + 1);
		const seen = { refused: 0, unchanged: 0, changed: 0 };
		for (let round = 0; round < 40_000; round++) {
			const doc = { _id: int(1), ...anyDoc(random, 2) };
			const update = anyUpdate(random);
			const before = shown(doc);
			const isInsert = random.chance(0.2);
			let made: Doc | undefined;
			const found = attempt(() => text(fromBson((made = compileUpdate(update)(doc, { isInsert })))), isCommandError);
			const expected = attempt(() => text(modelUpdate(model(doc), model(update), isInsert)), isPlainError);
			const told = `${shown(update)} on ${before}`;
			expect(found, told).toBe(expected);
			expect(shown(doc), told).toBe(before);
			if (found === 'refused') seen.refused++;
			else if (found === text(fromBson(doc))) {
				expect(made, told).toBe(doc);
				seen.unchanged++;
			} else seen.changed++;
		}
		expect(
			Object.values(seen).every((times) => times > 2000),
			JSON.stringify(seen),
		).toBe(true);
	}, 120_000);
});

describe(`sequences of writes (SEED=${seed})`, () => {
	let engine: TestEngine;
	beforeAll(() => {
		engine = openEngine();
	});
	afterAll(() => engine.close());

	/** A collection with a unique index on `u`, as a list in the order of insertion. */
	class Collection {
		docs: Fields[] = [];

		isTaken(doc: Fields, except?: Fields): boolean {
			const same = (name: string, other: Fields) => order(other.get(name) ?? null, doc.get(name) ?? null) === 0;
			return this.docs.some((other) => other !== except && (same('_id', other) || same('u', other)));
		}

		/** Replaces the matching documents up to the first that is refused. */
		update(filter: Fields, change: (doc: Fields) => Fields): 'ok' | 'refused' | 'none' {
			const found = this.docs.filter((doc) => matches(doc, filter));
			for (const doc of found) {
				const next = attemptModel(() => change(doc));
				if (!next || this.isTaken(next, doc)) return 'refused';
				this.docs[this.docs.indexOf(doc)] = next;
			}
			return found.length > 0 ? 'ok' : 'none';
		}
	}

	function attemptModel(compute: () => Fields): Fields | undefined {
		try {
			return compute();
		} catch (error) {
			if (isPlainError(error)) return undefined;
			throw error;
		}
	}

	/** Updates that leave `u` a plain value, which is all the model's unique index knows. */
	const plainUpdate = (random: Random): Doc => {
		const update = anyUpdate(random);
		if (random.chance(0.3)) update['$set'] = { ...(update['$set'] as Doc | undefined), u: int(random.int(12)) };
		return update;
	};

	/** One document at most; which of several would be changed is nobody's promise. */
	const anyOne = (random: Random): Doc =>
		random.chance(0.6) ? { _id: int(random.int(15)) } : { u: int(random.int(12)) };

	it('leave the same documents as in the model, and every index equal to a scan', () => {
		const random = seeded(seed + 2);
		const seen = { inserted: 0, refused: 0, updated: 0, upserted: 0, deleted: 0, duplicate: 0 };
		let total = 0;
		for (let sequence = 0; sequence < 60; sequence++) {
			const name = `s${sequence}`;
			const collection = new Collection();
			engine.ask({
				createIndexes: name,
				indexes: [
					{ key: { u: 1 }, name: 'u', unique: true },
					{ key: { a: 1, b: -1 }, name: 'ab' },
					{ key: { 'c.a': 1 }, name: 'ca', sparse: true },
				],
			});
			for (let step = 0; step < 80; step++) {
				const told: string[] = [];
				let partly: string[][] | undefined;
				const ask = (command: Doc) => {
					told.push(shown(command));
					return engine.ask(command);
				};
				const kind = random.int(10);
				if (kind < 4) {
					const doc = { _id: int(random.int(15)), u: int(random.int(12)), ...anyDoc(random, 2) };
					const answer = ask({ insert: name, documents: [doc] });
					const isRefused = collection.isTaken(model(doc)) || hasParallelArrays(doc);
					expect(answer['writeErrors'] !== undefined, told.join()).toBe(isRefused);
					if (!isRefused) {
						collection.docs.push(model(doc));
						seen.inserted++;
					} else seen.duplicate++;
				} else if (kind < 9) {
					const isMulti = random.chance(0.3);
					const filter = isMulti ? anyFilter(random, 1) : anyOne(random);
					const update = plainUpdate(random);
					const isUpsert = random.chance(0.3);
					const before = [...collection.docs];
					const outcome = collection.update(model(filter), (doc) => refuseParallel(modelUpdate(doc, model(update))));
					let expected: string = outcome;
					if (outcome === 'none' && isUpsert) {
						const made = attemptModel(() =>
							refuseParallel(modelUpdate(model(upsertSeedOrFail(filter)), model(update), true)),
						);
						if (made && !made.has('_id')) continue;
						expected = made && !collection.isTaken(made) ? 'upserted' : 'refused';
						if (expected === 'upserted') collection.docs.push(made as Fields);
					}
					const answer = ask({ update: name, updates: [{ q: filter, u: update, multi: isMulti, upsert: isUpsert }] });
					const found = answer['writeErrors']
						? 'refused'
						: answer['upserted']
							? 'upserted'
							: Number(answer['n']) > 0
								? 'ok'
								: 'none';
					// A statement that can never be applied is refused even where there is nothing to apply it to.
					if (found === 'refused' && expected === 'none') expect(isNeverValid(update), told.join()).toBe(true);
					else expect(found, `${told.join()} on ${before.map(text).join()}`).toBe(expected);
					if (found === 'refused' && isMulti)
						partly = before.map((doc) =>
							[doc, attemptModel(() => modelUpdate(doc, model(update))) ?? doc].map((version) =>
								text(idFirst(version)),
							),
						);
					if (found === 'refused') seen.refused++;
					if (found === 'ok') seen.updated++;
					if (found === 'upserted') seen.upserted++;
				} else {
					const limit = random.int(2);
					const filter = limit === 1 ? anyOne(random) : anyFilter(random, 0);
					const gone = collection.docs.filter((doc) => matches(doc, model(filter)));
					const answer = ask({ delete: name, deletes: [{ q: filter, limit }] });
					expect(Number(answer['n']), told.join()).toBe(gone.length);
					collection.docs = collection.docs.filter((doc) => !gone.includes(doc));
					seen.deleted += gone.length;
				}
				const stored = engine.ask({ find: name, sort: { $natural: 1 }, batchSize: 1000 });
				const rows = (stored['cursor'] as { firstBatch: Doc[] }).firstBatch;
				const storedTexts = rows.map((row) => text(fromBson(row)));
				if (partly) {
					// A refused update of many stops somewhere: every document is as it was or as it should become.
					for (const [at, stored] of storedTexts.entries()) expect(partly[at], told.join()).toContain(stored);
					collection.docs = rows.map(model);
				}
				expect(storedTexts, told.join()).toEqual(collection.docs.map((doc) => text(idFirst(doc))));
			}
			total += collection.docs.length;
		}
		expect(checkWhole(engine.file)).toBe(total);
		expect(
			Object.entries(seen).filter(([, times]) => times < 50),
			JSON.stringify(seen),
		).toEqual([]);
	}, 120_000);

	const idFirst = (doc: Fields): Fields => new Map([['_id', doc.get('_id') ?? null], ...doc]);

	/** The compound index on a and b cannot hold a document in which both are arrays. */
	const hasParallelArrays = (doc: Doc) => Array.isArray(doc['a']) && Array.isArray(doc['b']);
	function refuseParallel(doc: Fields): Fields {
		if (Array.isArray(doc.get('a')) && Array.isArray(doc.get('b'))) throw new Error('parallel arrays');
		return doc;
	}

	function upsertSeedOrFail(filter: Doc): Doc {
		try {
			return upsertSeed(filter);
		} catch (error) {
			throw isCommandError(error) ? new Error('seed') : error;
		}
	}

	function isNeverValid(update: Doc): boolean {
		try {
			compileUpdate(update);
			return false;
		} catch (error) {
			return isCommandError(error);
		}
	}
});

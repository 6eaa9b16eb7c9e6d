// Random rows of inserts, updates and deletes leave exactly what a plain model of the documented behaviour leaves.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EJSON } from 'bson';
import type { Doc } from '#lib/server/embedded/values.ts';
import { checkWhole } from './check.ts';
import { openEngine, type TestEngine } from './engine.ts';
import { type Change, type Condition, type Contact, filterOf, meets, Model, Refused, updateOf } from './model.ts';
import { chooseSeed, type Random, seeded } from './random.ts';

const rows = 100;
const steps = 120;
const indexes = [
	[{ key: { key: 1 }, name: 'key', unique: true, sparse: true }],
	[
		{ key: { key: 1 }, name: 'key', unique: true, partialFilterExpression: { key: { $exists: true } } },
		{ key: { score: -1 }, name: 'score' },
	],
	[
		{ key: { key: 1 }, name: 'key', unique: true, sparse: true },
		{ key: { tags: 1, score: 1 }, name: 'tags' },
		{ key: { score: 1, key: 1 }, name: 'both' },
	],
];

const maybe = <Value>(random: Random, probability: number, value: () => Value) =>
	random.chance(probability) ? value() : undefined;

/** Without the keys that have no value, which is what absent means here. */
const present = <Value extends object>(value: Value): Value =>
	Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Value;

const anyContact = (random: Random): Contact =>
	present({
		_id: random.int(60),
		key: maybe(random, 0.6, () => random.int(25)),
		score: maybe(random, 0.8, () => random.int(11)),
		tags: maybe(random, 0.7, () => Array.from({ length: random.int(4) }, () => random.int(5))),
	});

const anyCondition = (random: Random): Condition =>
	present({
		_id: maybe(random, 0.25, () => random.int(60)),
		key: maybe(random, 0.25, () => (random.chance(0.3) ? null : random.int(25))),
		atLeast: maybe(random, 0.3, () => random.int(11)),
		below: maybe(random, 0.3, () => random.int(11)),
		tag: maybe(random, 0.25, () => random.int(5)),
		tagIn: maybe(random, 0.2, () => [random.int(5), random.int(5)]),
		hasTags: maybe(random, 0.1, () => random.chance(0.5)),
	});

function anyChange(random: Random, isMany: boolean): Change {
	const kinds: Change[] = [
		{ kind: 'set', field: 'score', to: random.int(11) },
		{ kind: 'unset', field: random.pick(['key', 'score', 'tags']) },
		{ kind: 'inc', by: random.int(5) - 2 },
		{ kind: 'max', to: random.int(11) },
		{ kind: 'push', tag: random.int(5) },
		{ kind: 'addToSet', tag: random.int(5) },
		{ kind: 'pull', tag: random.int(5) },
	];
	if (isMany) return random.pick(kinds);
	const { _id, ...by } = anyContact(random);
	return random.pick<Change>([...kinds, { kind: 'set', field: 'key', to: random.int(25) }, { kind: 'replace', by }]);
}

/** What both sides answer, in the same words. */
const answerOf = (reply: Doc): unknown => {
	const { n, nModified, writeErrors } = EJSON.deserialize(EJSON.serialize(reply)) as Doc & {
		writeErrors?: { code: number }[];
	};
	if (writeErrors) return writeErrors[0]!.code === 11000 ? 'refused' : writeErrors;
	return nModified === undefined ? { n } : { n, nModified };
};

const modelled = (act: () => unknown): unknown => {
	try {
		return act();
	} catch (error) {
		if (error instanceof Refused) return 'refused';
		throw error;
	}
};

describe('the database', () => {
	let engine: TestEngine;
	beforeAll(() => {
		engine = openEngine();
	});
	afterAll(() => engine.close());

	const seed = chooseSeed();
	it(`does what the model does, in ${rows * steps} steps (SEED=${seed})`, () => {
		const random = seeded(seed);
		const seen = new Map<string, number>();
		for (let row = 0; row < rows; row++) {
			const name = `contacts${row}`;
			const model = new Model();
			engine.ask({ createIndexes: name, indexes: random.pick(indexes) });
			for (let step = 0; step < steps; step++) {
				const isMany = random.chance(0.3);
				const condition = anyCondition(random);
				const q = filterOf(condition);
				const change = anyChange(random, isMany);
				const contact = anyContact(random);
				// One of several is the one with the lowest _id, for both.
				const u = { q, u: updateOf(change), multi: isMany, ...(isMany ? {} : { sort: { _id: 1 } }) };
				const [command, expected] = random.pick<() => [Doc, unknown]>([
					() => [{ insert: name, documents: [contact] }, modelled(() => (model.insert(contact), { n: 1 }))],
					() => [{ insert: name, documents: [contact] }, modelled(() => (model.insert(contact), { n: 1 }))],
					() => [
						{ update: name, updates: [u] },
						modelled(() => {
							const { matched, modified } = model.update(condition, change, isMany);
							return { n: matched, nModified: modified };
						}),
					],
					() => {
						const only = isMany ? condition : { _id: random.int(60) };
						const deletes = [{ q: filterOf(only), limit: isMany ? 0 : 1 }];
						return [{ delete: name, deletes }, { n: model.delete(only, isMany) }];
					},
				])();
				const told = JSON.stringify({ row, step, command });
				const answer = answerOf(engine.ask(command));
				expect(answer, told).toEqual(expected);
				seen.set(
					Object.keys(command)[0]! + (answer === 'refused' ? ' refused' : ''),
					(seen.get(Object.keys(command)[0]!) ?? 0) + 1,
				);
				const asked = anyCondition(random);
				expect(stored(engine, name, filterOf(asked)), told).toEqual(
					sorted(model.contacts.filter((one) => meets(one, asked))),
				);
			}
			expect(stored(engine, name, {})).toEqual(sorted(model.contacts));
		}
		expect([...seen.keys()].sort()).toEqual(['delete', 'insert', 'insert refused', 'update', 'update refused']);
		checkWhole(engine.file);
	}, 300_000);
});

const sorted = (contacts: Contact[]) => contacts.toSorted((a, b) => a._id - b._id);

function stored(engine: TestEngine, name: string, filter: Doc): unknown {
	const reply = engine.ask({ find: name, filter, sort: { _id: 1 }, batchSize: 1_000 });
	return (EJSON.deserialize(EJSON.serialize(reply)) as { cursor: { firstBatch: unknown } }).cursor.firstBatch;
}

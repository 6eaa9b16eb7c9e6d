// Documents of a TTL index go when their time has come, and the room they took is given back.
import { Int32 } from 'bson';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeExpired, shrink } from '#lib/server/embedded/sweep.ts';
import { openEngine, type TestEngine } from './engine.ts';

let engine: TestEngine;
beforeEach(() => {
	engine = openEngine();
});
afterEach(() => engine.close());

const minutes = (count: number) => new Date(engine.now.getTime() + count * 60_000);
const ids = (collection: string) =>
	(engine.ask({ find: collection, sort: { _id: 1 } })['cursor'] as { firstBatch: { _id: Int32 }[] }).firstBatch.map(
		(doc) => doc._id.value,
	);
const index = (collection: string, spec: object) =>
	engine.ask({ createIndexes: collection, indexes: [{ name: 'ttl', ...spec }] });

describe('an expired document', () => {
	it('goes once its date is as many seconds ago as the index says; what has no date stays', () => {
		index('sessions', { key: { at: -1 }, expireAfterSeconds: 60 });
		const documents = [
			{ _id: 0, at: minutes(-2) },
			{ _id: 1, at: minutes(-1) },
			{ _id: 2, at: minutes(0) },
			{ _id: 3, at: 'yesterday' },
			{ _id: 4, at: 5 },
			{ _id: 5 },
			{ _id: 6, at: [minutes(5), minutes(-3)] },
		];
		engine.ask({ insert: 'sessions', documents });
		removeExpired(engine);
		expect(ids('sessions')).toEqual([2, 3, 4, 5]);
		engine.now = minutes(1);
		removeExpired(engine);
		expect(ids('sessions')).toEqual([3, 4, 5]);
	});

	it('stays when the partial filter leaves it out', () => {
		index('sessions', { key: { at: 1 }, expireAfterSeconds: 0, partialFilterExpression: { isGuest: true } });
		engine.ask({
			insert: 'sessions',
			documents: [
				{ _id: 0, at: minutes(-2), isGuest: true },
				{ _id: 1, at: minutes(-2) },
			],
		});
		removeExpired(engine);
		expect(ids('sessions')).toEqual([1]);
	});

	it('goes later or sooner when the index is changed', () => {
		index('sessions', { key: { at: 1 }, expireAfterSeconds: 3_600 });
		engine.ask({ insert: 'sessions', documents: [{ _id: 0, at: minutes(-2) }] });
		removeExpired(engine);
		expect(ids('sessions')).toEqual([0]);
		expect(engine.ask({ collMod: 'sessions', index: { name: 'ttl', expireAfterSeconds: 60 } })).toMatchObject({
			ok: new Int32(1),
		});
		removeExpired(engine);
		expect(ids('sessions')).toEqual([]);
	});

	it('goes a few hundred at a time, and the file shrinks after many', () => {
		index('sessions', { key: { at: 1 }, expireAfterSeconds: 0 });
		engine.ask({
			insert: 'sessions',
			documents: Array.from({ length: 1_200 }, (_, _id) => ({ _id, at: minutes(-1), text: 'x'.repeat(3_000) })),
		});
		const pages = () => Number((engine.store.sql('PRAGMA page_count').get() as unknown as [number])[0]);
		const before = pages();
		expect(removeExpired(engine)).toBe(true);
		expect(ids('sessions')).toHaveLength(101);
		while (removeExpired(engine));
		expect(ids('sessions')).toEqual([]);
		for (let turn = 0; turn < 10; turn++) shrink(engine);
		expect(pages()).toBeLessThan(before / 2);
	});
});

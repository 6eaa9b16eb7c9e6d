// A full disk: every request of the group hears of it, nothing of it is stored, reads go on, and writes do once there is room.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { start } from '#lib/server/embedded/index.ts';
import { checkWhole } from './check.ts';

let dataDir: string;
beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'heed-disk-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('a full disk', () => {
	it('is an error to everybody who wrote, and no obstacle to readers or to writing again when there is room', async () => {
		const database = await start({ dataDir, maxPages: 300 });
		const client = new MongoClient(database.uri);
		const answers = client.db().collection<{ _id: number; comment: string; key: string }>('answers');
		await answers.createIndex({ key: 1 }, { unique: true });
		const stored = new Set<number>();
		const comment = 'x'.repeat(20_000);
		const insert = (id: number) =>
			answers.insertOne({ _id: id, comment, key: `k${id}` }).then(
				() => stored.add(id) && 'stored',
				(error: { code?: number }) => error.code,
			);
		const outcomes = await Promise.all(Array.from({ length: 100 }, (_, id) => insert(id)));
		expect(outcomes).toContain('stored');
		expect(new Set(outcomes)).toEqual(new Set(['stored', 14031]));

		// A collection that could not be made is not there, and can be asked about.
		await expect(
			client
				.db()
				.collection('other')
				.insertOne({ comment: comment.repeat(20) }),
		).rejects.toMatchObject({ code: 14031 });
		expect(await client.db().listCollections({ name: 'other' }).toArray()).toEqual([]);

		const found = await answers.find({}, { projection: { _id: 1 } }).toArray();
		expect(new Set(found.map((doc) => doc._id))).toEqual(stored);
		expect(await answers.countDocuments({ comment })).toBe(stored.size);

		await answers.deleteMany({ _id: { $lt: 60 } });
		expect(await insert(1_000)).toBe('stored');
		await client.close();
		await database.stop();
		expect(checkWhole(database.file)).toBe([...stored].filter((id) => id >= 60).length);
	});

	it('is named when the database cannot even be opened, with what to do', async () => {
		await expect(start({ dataDir, maxPages: 1 })).rejects.toThrow(
			/disk is full. Make room on its disk and start again/,
		);
	});
});

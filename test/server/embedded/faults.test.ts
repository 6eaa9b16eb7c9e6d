// The faults raised for tests: each kind happens, the same row for the same seed, and none where it is not wanted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, MongoNetworkError } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Faults, start, type Started } from '#lib/server/embedded/index.ts';

let dataDir: string;
let database: Started;
let client: MongoClient;
beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'heed-faults-'));
});
afterEach(async () => {
	await client.close();
	await database.stop();
	rmSync(dataDir, { recursive: true, force: true });
});

async function open(faults: Faults) {
	database = await start({ dataDir, faults });
	client = new MongoClient(database.uri, { retryReads: false, minHeartbeatFrequencyMS: 5 } as object);
	return client.db().collection<{ _id: number; workspace?: number; n?: number }>('answers');
}

const outcome = (asked: Promise<unknown>) =>
	asked.then(
		() => 'done',
		(error: { code?: number }) => (error instanceof MongoNetworkError ? 'lost' : String(error.code)),
	);

describe('faults', () => {
	it('are lost connections before and after the write, refusals, lost races and closed cursors', async () => {
		const answers = await open({ rate: 0.5, seed: 7 });
		const seen = new Map<string, number>();
		const stored: number[] = [];
		for (let _id = 0; _id < 120; _id++) {
			const result = await outcome(answers.updateOne({ _id }, { $set: { n: 1 } }, { upsert: true }));
			seen.set(result, (seen.get(result) ?? 0) + 1);
			if (result === 'done') stored.push(_id);
		}
		expect([...seen.keys()].toSorted()).toEqual(['11000', '262', 'done', 'lost']);
		const found = await untilDone(() => answers.find({}, { batchSize: 1_000, projection: { _id: 1 } }).toArray());
		const ids = found.map((doc) => doc._id);
		expect(ids).toEqual(expect.arrayContaining(stored));
		// Some writes of which the reply was lost did happen, and some did not.
		const lost = seen.get('lost')!;
		expect(ids.length - stored.length).toBeGreaterThan(0);
		expect(ids.length - stored.length).toBeLessThan(lost);
		const reads = new Set<string>();
		for (let turn = 0; turn < 60; turn++) reads.add(await outcome(answers.find({}, { batchSize: 40 }).toArray()));
		expect([...reads].toSorted()).toEqual(['262', '43', 'done', 'lost']);
	}, 60_000);

	it('are the same for the same seed', async () => {
		const rows: string[][] = [];
		for (let time = 0; time < 2; time++) {
			const answers = await open({ rate: 0.3, seed: 11 });
			await client.connect();
			rows[time] = [];
			for (let _id = 0; _id < 30; _id++) rows[time]!.push(await outcome(answers.insertOne({ _id: time * 100 + _id })));
			if (time === 0) {
				await client.close();
				await database.stop();
			}
		}
		expect(rows[1]).toEqual(rows[0]);
	});

	it('refuse writes that do not name the shard key, but not where the collection is exempt', async () => {
		const answers = await open({ rate: 0, seed: 1, shardKeys: { answers: 'workspace' }, exempt: ['jobs'] });
		await answers.insertOne({ _id: 1, workspace: 1 });
		const naming = { _id: 1, workspace: 1 };
		const row: [string, () => Promise<unknown>][] = [
			['61', () => answers.insertOne({ _id: 2 })],
			['61', () => answers.updateOne({ _id: 1 }, { $set: { n: 1 } })],
			['61', () => answers.updateOne({ workspace: { $gt: 0 } }, { $set: { n: 1 } })],
			['61', () => answers.findOneAndUpdate({ _id: 1 }, { $set: { n: 1 } })],
			['61', () => answers.deleteMany({})],
			['done', () => answers.updateOne(naming, { $set: { n: 1 } })],
			['done', () => answers.updateOne({ $and: [naming] }, { $set: { n: 1 } })],
			['done', () => answers.findOneAndUpdate({ ...naming, workspace: { $eq: 1 } }, { $set: { n: 1 } })],
			['done', () => answers.deleteMany({ workspace: 1 })],
			[
				'done',
				() =>
					client
						.db()
						.collection('jobs')
						.updateOne({ a: 1 }, { $set: { n: 1 } }, { upsert: true }),
			],
			['done', () => client.db().collection('others').deleteMany({})],
		];
		for (const [expected, asked] of row) expect(await outcome(asked())).toBe(expected);
	});
});

async function untilDone<Result>(act: () => Promise<Result>): Promise<Result> {
	for (;;) {
		try {
			return await act();
		} catch {
			// A fault; the next time may be better.
		}
	}
}

// A copy to another server has everything, goes on after an interruption, and refuses a target that is in use.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyDatabase, CopyRefused } from '#lib/server/db/copy.ts';
import { freshDatabase, type FreshDatabase } from '#test/support/database.ts';
import { type Child, serveElsewhere } from '../embedded/child.ts';

const { BSON, Decimal128, Double, Int32, Long, MongoClient } = mongoose.mongo;

let from: FreshDatabase;
let elsewhere: Child;
let dataDir: string;
let source: mongoose.mongo.MongoClient;
let target: mongoose.mongo.MongoClient;
beforeAll(async () => {
	from = await freshDatabase();
	dataDir = mkdtempSync(join(tmpdir(), 'heed-copy-'));
	elsewhere = await serveElsewhere(dataDir);
	source = await new MongoClient(from.calmUri).connect();
	target = await new MongoClient(elsewhere.uri).connect();
});
afterAll(async () => {
	await Promise.all([source.close(), target.close()]);
	await elsewhere.kill('SIGTERM');
	await from.stop();
	rmSync(dataDir, { recursive: true, force: true });
});

const exact = { promoteValues: false, bsonRegExp: true, sort: { _id: 1 } } as const;
const bytes = async (client: mongoose.mongo.MongoClient, name: string, collection: string) =>
	(await client.db(name).collection(collection).find({}, exact).toArray()).map((doc) =>
		Buffer.from(BSON.serialize(doc)).toString('hex'),
	);
const to = (name: string) => elsewhere.uri.replace(/\/heed$/, `/${name}`);

describe('a copy', () => {
	it('has every document as it was and every index, and goes on after an interruption', async () => {
		const db = source.db();
		const numbers = [new Int32(1), new Double(1), Long.ONE, Decimal128.fromString('1.0')];
		await db.collection('contacts').insertMany([
			...Array.from({ length: 1_800 }, (_, at) => ({
				_id: new Int32(at) as never,
				mail: `${at}@example.com`,
				number: numbers[at % 4],
			})),
			{ _id: 'a string' as never, mail: null, seen: new Date(0), pattern: /a/i },
		]);
		await db.collection('contacts').createIndexes([
			{ key: { mail: 1 }, unique: true, partialFilterExpression: { mail: { $exists: true } } },
			{ key: { seen: 1 }, expireAfterSeconds: 60, name: 'forget' },
			{ key: { number: -1, mail: 1 }, sparse: true },
		]);
		await db.createCollection('empty');

		const interrupted = copyDatabase({
			from: from.calmUri,
			to: to('copied'),
			onProgress: ({ copied }) => {
				if (copied === 1_000) throw new Error('the cable was pulled');
			},
		});
		await expect(interrupted).rejects.toThrow('cable');
		// Since then one document changed here and one was spoiled there.
		await db.collection('contacts').updateOne({ _id: 3 as never }, { $set: { mail: 'new@example.com' } });
		await target
			.db('copied')
			.collection('contacts')
			.updateOne({ _id: 5 as never }, { $set: { spoiled: true } });

		const seen: number[] = [];
		const result = await copyDatabase({
			from: from.calmUri,
			to: to('copied'),
			onProgress: ({ copied }) => void seen.push(copied),
		});
		expect(result).toEqual({ collections: 2, documents: 1_801 });
		expect(seen).toContain(1_801);
		expect(await bytes(target, 'copied', 'contacts')).toEqual(await bytes(source, db.databaseName, 'contacts'));
		expect(await target.db('copied').collection('contacts').indexes()).toEqual(
			await db.collection('contacts').indexes(),
		);
		expect(
			(await target.db('copied').listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name),
		).toEqual(['contacts', 'empty']);
	});

	it('is refused into a database that is in use', async () => {
		await target.db('used').collection('a').insertOne({ a: 1 });
		await expect(copyDatabase({ from: from.calmUri, to: to('used') })).rejects.toThrow(CopyRefused);
		expect(await target.db('used').collection('a').countDocuments()).toBe(1);
	});

	it('says so when the copy has documents that the source has not', async () => {
		await target
			.db('surplus')
			.collection('heed_copy')
			.insertOne({ _id: 'copy' as never });
		await target
			.db('surplus')
			.collection('contacts')
			.insertOne({ _id: 'surplus' as never });
		await expect(copyDatabase({ from: from.calmUri, to: to('surplus') })).rejects.toThrow(
			/'contacts' has 1801 documents and its copy 1802/,
		);
	});
});

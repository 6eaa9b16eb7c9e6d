// Pipelines through the driver: what a planned query hands to the stages, other collections, and $merge.
import { MongoClient, type Db, type Document } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#test/support/database.ts';

type Stored = { _id: string | number; [name: string]: unknown };

let database: FreshDatabase;
let client: MongoClient;
let db: Db;

beforeAll(async () => {
	database = await freshDatabase();
	client = await MongoClient.connect(database.uri);
	db = client.db();
});
afterAll(async () => {
	await client.close();
	await database.stop();
});
beforeEach(async () => {
	await db.dropDatabase();
	await db.collection<Stored>('answers').insertMany([
		{ _id: 1, survey: 'a', score: 9, tags: ['x', 'y'] },
		{ _id: 2, survey: 'a', score: 3, tags: [] },
		{ _id: 3, survey: 'b', score: 10, tags: ['x'] },
	]);
	await db.collection<Stored>('surveys').insertMany([
		{ _id: 'a', name: 'NPS' },
		{ _id: 'b', name: 'CSAT' },
	]);
});

const run = (pipeline: Document[]) => db.collection('answers').aggregate(pipeline).toArray();

describe('a pipeline', () => {
	it('groups what a query selects', async () => {
		const groups = await run([
			{ $match: { score: { $gte: 3 } } },
			{ $group: { _id: '$survey', n: { $sum: 1 }, mean: { $avg: '$score' } } },
			{ $sort: { _id: 1 } },
		]);
		expect(groups).toEqual([
			{ _id: 'a', n: 2, mean: 6 },
			{ _id: 'b', n: 1, mean: 10 },
		]);
	});

	it('joins another collection by field and by pipeline', async () => {
		const joined = await run([
			{ $sort: { _id: 1 } },
			{ $lookup: { from: 'surveys', localField: 'survey', foreignField: '_id', as: 'of' } },
			{
				$lookup: {
					from: 'answers',
					let: { mine: '$score' },
					pipeline: [{ $match: { $expr: { $gt: ['$score', '$$mine'] } } }, { $count: 'n' }],
					as: 'better',
				},
			},
			{ $project: { name: { $first: '$of.name' }, better: { $ifNull: [{ $first: '$better.n' }, 0] } } },
		]);
		expect(joined).toEqual([
			{ _id: 1, name: 'NPS', better: 1 },
			{ _id: 2, name: 'NPS', better: 2 },
			{ _id: 3, name: 'CSAT', better: 0 },
		]);
	});

	it('joins nothing when the other collection is not there', async () => {
		const joined = await run([
			{ $match: { _id: 1 } },
			{ $lookup: { from: 'none', localField: 'survey', foreignField: '_id', as: 'of' } },
		]);
		expect(joined[0]?.of).toEqual([]);
	});

	it('is fetched in batches', async () => {
		const numbers = Array.from({ length: 500 }, (_, n) => ({ n }));
		await db.collection('numbers').insertMany(numbers);
		const cursor = db
			.collection('numbers')
			.aggregate([{ $project: { _id: 0, double: { $multiply: ['$n', 2] } } }], { batchSize: 7 });
		const seen = await cursor.toArray();
		expect(seen).toEqual(numbers.map(({ n }) => ({ double: n * 2 })));
	});

	it('refuses an unknown stage and says which, even where there is no collection', async () => {
		await expect(
			db
				.collection('none')
				.aggregate([{ $graphLookup: {} }])
				.toArray(),
		).rejects.toMatchObject({
			code: 115,
			message: expect.stringContaining('$graphLookup') as string,
		});
	});
});

describe('$merge', () => {
	const perSurvey = { $group: { _id: '$survey', n: { $sum: 1 } } };

	it('inserts, and merges into what is there', async () => {
		expect(await run([perSurvey, { $merge: 'surveys' }])).toEqual([]);
		await run([perSurvey, { $match: { _id: 'a' } }, { $addFields: { _id: 'c' } }, { $merge: { into: 'surveys' } }]);
		expect(await db.collection('surveys').find().sort({ _id: 1 }).toArray()).toEqual([
			{ _id: 'a', name: 'NPS', n: 2 },
			{ _id: 'b', name: 'CSAT', n: 1 },
			{ _id: 'c', n: 2 },
		]);
	});

	it('replaces, keeps, fails or computes when matched, and discards when not', async () => {
		const into = (whenMatched: unknown) => [
			perSurvey,
			{ $merge: { into: 'surveys', whenMatched, whenNotMatched: 'discard' } },
		];
		await run(into('keepExisting'));
		expect(await db.collection<Stored>('surveys').findOne({ _id: 'a' })).toEqual({ _id: 'a', name: 'NPS' });
		await run(into([{ $set: { n: { $add: ['$$new.n', 40] } } }]));
		expect(await db.collection<Stored>('surveys').findOne({ _id: 'a' })).toEqual({ _id: 'a', name: 'NPS', n: 42 });
		await run(into('replace'));
		expect(await db.collection<Stored>('surveys').findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 2 });
		await expect(run(into('fail'))).rejects.toMatchObject({ code: 11000 });
		await db.collection('surveys').deleteMany({});
		await run(into('replace'));
		expect(await db.collection('surveys').countDocuments()).toBe(0);
	});

	it('holds up nobody while it looks at many documents, and refuses what would take more than 100 MB', async () => {
		const text = 'x'.repeat(2_000);
		for (let part = 0; part < 20; part++) {
			await db
				.collection('many')
				.insertMany(Array.from({ length: 1_000 }, (_, at) => ({ part, at: part * 1_000 + at, text })));
		}
		const many = db.collection('many');
		let isDone = false;
		const merging = many.aggregate([{ $group: { _id: '$at', n: { $sum: 1 } } }, { $merge: 'counted' }]).toArray();
		const waits: number[] = [];
		void merging.finally(() => (isDone = true));
		while (!isDone) {
			const at = performance.now();
			await db.collection('surveys').updateOne({ _id: 'a' as never }, { $inc: { seen: 1 } });
			waits.push(performance.now() - at);
		}
		expect(await merging).toEqual([]);
		expect(waits.length, 'writes that were done meanwhile').toBeGreaterThan(3);
		expect(await db.collection('counted').countDocuments()).toBe(20_000);
		const twice = [{ $unwind: '$twice' }, { $unset: '_id' }, { $merge: 'copies' }];
		const large = many.aggregate([{ $set: { twice: [1, 2, 3] } }, ...twice]).toArray();
		await expect(large).rejects.toMatchObject({ code: 292 });
		expect(await db.collection('copies').countDocuments()).toBe(0);
	});

	it('needs a unique index on the fields it joins by', async () => {
		const stages = [
			{ $group: { _id: '$survey', n: { $sum: 1 } } },
			{ $project: { _id: 0, key: '$_id', n: 1 } },
			{ $merge: { into: 'tallies', on: 'key' } },
		];
		await expect(run(stages)).rejects.toMatchObject({ code: 51183 });
		expect(await db.listCollections({ name: 'tallies' }).toArray()).toEqual([]);
		await db.collection('tallies').createIndex({ key: 1 }, { unique: true });
		await run(stages);
		await run(stages);
		const tallies = await db
			.collection('tallies')
			.find({}, { projection: { _id: 0 } })
			.sort({ key: 1 })
			.toArray();
		expect(tallies).toEqual([
			{ key: 'a', n: 2 },
			{ key: 'b', n: 1 },
		]);
		const by = (key: unknown) =>
			run([{ $limit: 1 }, { $project: { key } }, { $merge: { into: 'tallies', on: 'key' } }]);
		await expect(by(null)).rejects.toMatchObject({ code: 51132 });
		await expect(by(['$survey'])).rejects.toMatchObject({ code: 51185 });
	});

	it('makes no collection when there is nothing to write', async () => {
		await run([{ $match: { survey: 'none' } }, { $merge: 'nowhere' }]);
		expect(await db.listCollections({ name: 'nowhere' }).toArray()).toEqual([]);
	});
});

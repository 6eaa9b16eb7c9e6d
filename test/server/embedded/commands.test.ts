// Commands as a driver sees them: their answers, their errors with codes a program can act on, and what they refuse.
import { readFileSync } from 'node:fs';
import { Double, Long } from 'bson';
import { type Db, MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '#lib/server/embedded/commands/table.ts';
import { freshDatabase, type FreshDatabase } from '#test/support/database.ts';
import { openEngine, type TestEngine } from './engine.ts';

let database: FreshDatabase;
let client: MongoClient;
let db: Db;

beforeAll(async () => {
	database = await freshDatabase();
	client = await new MongoClient(database.uri).connect();
});
afterAll(async () => {
	await client.close();
	await database.stop();
});
beforeEach(async () => {
	db = client.db();
	await db.dropDatabase();
});

const code = (error: unknown) => (error as { code?: unknown }).code;
const failing = async (asked: Promise<unknown>) => asked.then(() => 'no error', code);

describe('a server', () => {
	it('greets as a standalone, with sessions', async () => {
		const hello = await client.db('admin').command({ hello: 1 });
		expect(hello).toMatchObject({
			isWritablePrimary: true,
			maxWireVersion: 25,
			logicalSessionTimeoutMinutes: 30,
			readOnly: false,
		});
		expect(hello['setName']).toBeUndefined();
		expect(await db.command({ buildInfo: 1 })).toMatchObject({ version: '8.0.0', ok: 1 });
		expect(await db.admin().serverStatus()).toMatchObject({ process: 'heed-embedded', ok: 1 });
	});

	it('accepts sessions and refuses transactions', async () => {
		const session = client.startSession();
		await db.collection('a').insertOne({ a: 1 }, { session });
		expect(await db.collection('a').countDocuments({}, { session })).toBe(1);
		await session.endSession();
		const transaction = {
			insert: 'a',
			documents: [{ a: 1 }],
			lsid: { id: 1 },
			txnNumber: Long.ONE,
			startTransaction: true,
			autocommit: false,
		};
		expect(await failing(db.command(transaction))).toBe(20);
		expect(await failing(client.db('admin').command({ commitTransaction: 1 }))).toBe(20);
		expect(await db.collection('a').countDocuments()).toBe(1);
	});

	it.each([
		[{ mapReduce: 'a' }, 59],
		[{ aggregate: 'missing', pipeline: [] }, 9],
		[{ findAndModify: 'missing', query: { $and: [{ $expr: true }] }, update: { a: 1 }, upsert: true }, 224],
		[{ update: 'missing', updates: [{ q: { a: 1, $expr: true }, u: { a: 1 }, upsert: true }] }, 224],
		[{ find: 'missing', filter: {}, tailable: true }, 115],
		[{ find: 'missing', filter: {}, collation: { locale: 'de' } }, 115],
		[{ find: 'missing', filter: {}, let: { a: 1 } }, 115],
		[{ find: 'missing', filter: {}, surprise: 1 }, 115],
		[{ find: 'missing', filter: {}, limit: -1 }, 2],
		[{ find: 'missing', filter: { $where: '1' } }, 115],
		[{ find: 'missing', filter: { $or: [{ a: { $surprise: 1 } }] } }, 115],
		[{ find: 'missing', filter: {}, readConcern: { level: 'snapshot' } }, 115],
		[{ aggregate: 'missing', pipeline: [{ $out: 'b' }], cursor: {} }, 115],
		[{ aggregate: 'missing', pipeline: [{ $facet: { a: [{ $surprise: 1 }] } }], cursor: {} }, 115],
		[{ aggregate: 'missing', pipeline: [], cursor: {}, explain: true }, 115],
		[{ update: 'missing', updates: [{ q: {}, u: { $set: { a: 1 } }, surprise: 1 }] }, 115],
		[{ insert: 'missing', documents: [{ a: 1 }], writeConcern: { w: 3 } }, 2],
		[{ create: 'missing', capped: true, size: 1000 }, 115],
		[{ create: 'missing', validator: {} }, 115],
		[{ create: 'missing', viewOn: 'a', pipeline: [] }, 115],
		[{ create: 'missing', timeseries: { timeField: 'a' } }, 115],
		[{ createIndexes: 'missing', indexes: [{ key: { a: 'text' }, name: 'a' }] }, 115],
		[{ createIndexes: 'missing', indexes: [{ key: { a: '2dsphere' }, name: 'a' }] }, 115],
		[{ createIndexes: 'missing', indexes: [{ key: { '$**': 1 }, name: 'a' }] }, 115],
		[{ createIndexes: 'missing', indexes: [{ key: { a: 1 }, name: 'a', hidden: true }] }, 115],
		[{ createIndexes: 'missing', indexes: [{ key: { a: 1 }, name: 'a', collation: { locale: 'de' } }] }, 115],
		[{ createIndexes: 'missing', indexes: [{ key: {}, name: 'a' }] }, 67],
		[{ createIndexes: 'missing', indexes: [{ key: { a: 1 } }] }, 9],
		[{ createIndexes: 'missing', indexes: [{ name: 'a' }] }, 9],
		[{ findAndModify: 'missing', query: {}, remove: true, arrayFilters: [{ x: 1 }] }, 9],
		[{ find: 'missing', maxTimeMS: -1 }, 2],
		[{ collMod: 'missing', validator: {} }, 115],
	])('refuses %j by name, also where there is no collection', async (command, expected) => {
		const answer: unknown = await db.command(command).catch((error: unknown) => error);
		const { writeErrors } = answer as { writeErrors?: { code: number }[] };
		expect(writeErrors ? writeErrors[0]!.code : code(answer)).toBe(expected);
		expect(await db.listCollections().toArray()).toEqual([]);
	});

	it('accepts what a driver sends for durable writes and reads from the primary', async () => {
		const majority = db.collection('a', {
			writeConcern: { w: 'majority', j: true },
			readConcern: { level: 'majority' },
			readPreference: 'primary',
		});
		await majority.insertOne({ a: 1 });
		expect(await majority.findOne({ a: 1 })).toMatchObject({ a: 1 });
		await db.collection('a').insertOne({ a: 2 }, { writeConcern: { w: 0 } });
		expect(await majority.countDocuments()).toBe(2);
	});
});

/** Every command of the manual's lists. */
const documented =
	`abortTransaction aggregate analyze applyOps authenticate autoCompact balancerStart balancerStatus balancerStop
	buildInfo bulkWrite checkMetadataConsistency checkShardingIndex cleanupOrphaned clone cloneCollectionAsCapped collMod collStats
	commitTransaction compact connectionStatus connPoolStats convertToCapped count create createIndexes createRole createSearchIndexes
	createUser currentOp cursorInfo dataSize dbHash dbStats delete distinct driverOIDTest drop dropAllRolesFromDatabase
	dropAllUsersFromDatabase dropConnections dropDatabase dropIndexes dropRole dropSearchIndex dropUser enableSharding endSessions
	explain features filemd5 find findAndModify fsync fsyncUnlock geoSearch getAuditConfig getCmdLineOpts getDefaultRWConcern getLog
	getMore getnonce getParameter getShardMap grantPrivilegesToRole grantRolesToRole grantRolesToUser group hello hostInfo insert
	invalidateUserCache isMaster isSelf killAllSessions killAllSessionsByPattern killCursors killOp killSessions listCollections
	listCommands listDatabases listIndexes listShards lockInfo logout logRotate mapReduce moveChunk moveCollection movePrimary netstat
	ping planCacheClear planCacheClearFilters planCacheListFilters planCacheSetFilter profile reIndex refreshSessions renameCollection
	replSetGetConfig replSetGetStatus replSetInitiate reshardCollection resync revokePrivilegesFromRole revokeRolesFromUser rolesInfo
	rotateCertificates saslContinue saslStart serverStatus setClusterParameter setDefaultRWConcern setFeatureCompatibilityVersion
	setIndexCommitQuorum setParameter shardCollection shardConnPoolStats shardingState shutdown split startSession top update
	updateRole updateUser usersInfo validate validateDBMetadata whatsmyuri`.split(/\s+/);

describe('the commands', () => {
	const section = readFileSync('src/lib/server/embedded/README.md', 'utf8')
		.split('## Commands\n')[1]!
		.split('\n\n')[0]!;
	const tabled = [...section.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);

	it('are the ones the README lists', () => {
		expect(tabled.toSorted()).toEqual([...commands.keys()].toSorted());
	});

	it.each(documented.filter((name) => !tabled.includes(name)))(
		'do not include %s, which is refused by name',
		async (name) => {
			await expect(client.db('admin').command({ [name]: 1 })).rejects.toMatchObject({
				code: 59,
				message: expect.stringContaining(`'${name}'`) as string,
			});
		},
	);
});

describe('a unique index', () => {
	it('names the key and its value, in one field, in several and in arrays', async () => {
		const answers = db.collection('answers');
		await answers.createIndex({ workspace: 1, 'contact.mail': -1 }, { unique: true });
		await answers.insertOne({ workspace: 1, contact: { mail: 'ada@example.com' } });
		await expect(answers.insertOne({ workspace: 1, contact: { mail: 'ada@example.com' } })).rejects.toMatchObject({
			code: 11000,
			keyPattern: { workspace: 1, 'contact.mail': -1 },
			keyValue: { workspace: 1, 'contact.mail': 'ada@example.com' },
			message: `E11000 duplicate key error collection: ${db.databaseName}.answers index: workspace_1_contact.mail_-1 dup key: { workspace: 1, contact.mail: "ada@example.com" }`,
		});
		const tagged = db.collection('tagged');
		await tagged.createIndex({ tags: 1 }, { unique: true });
		await tagged.insertOne({ tags: ['a', 'b', 'a'] });
		await expect(tagged.insertOne({ tags: ['c', 'b'] })).rejects.toMatchObject({
			code: 11000,
			keyValue: { tags: 'b' },
		});
		// What was refused left nothing behind: its other tag is free.
		await tagged.insertOne({ tags: ['c'] });
	});

	it.each(['insert', 'update', 'upsert'])('lets exactly one of many %ss at once have a key', async (how) => {
		const answers = db.collection<{ _id?: number; key?: number }>('answers');
		await answers.createIndex({ key: 1 }, { unique: true, sparse: true });
		if (how === 'update') await answers.insertMany(Array.from({ length: 40 }, (_, _id) => ({ _id })));
		const outcomes = await Promise.allSettled(
			Array.from({ length: 40 }, (_, _id) => {
				if (how === 'insert') return answers.insertOne({ key: 7 });
				if (how === 'update') return answers.updateOne({ _id }, { $set: { key: 7 } });
				return answers.updateOne({ key: 7 }, { $inc: { count: 1 } }, { upsert: true });
			}),
		);
		const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
		// An upsert of this engine never loses a race: requests run one after the other.
		expect(refused).toHaveLength(how === 'upsert' ? 0 : 39);
		expect(refused.every((outcome) => code(outcome.reason) === 11000)).toBe(true);
		expect(await answers.countDocuments({ key: 7 })).toBe(1);
	});

	it('leaves documents out when it is sparse or partial, and holds one without the field when it is neither', async () => {
		const plain = db.collection('plain');
		await plain.createIndex({ key: 1 }, { unique: true });
		await plain.insertOne({});
		expect(await failing(plain.insertOne({ key: null }))).toBe(11000);
		const partial = db.collection('partial');
		await partial.createIndex({ key: 1 }, { unique: true, partialFilterExpression: { isOpen: true } });
		await partial.insertMany([
			{ key: 1, isOpen: false },
			{ key: 1, isOpen: false },
			{ key: 1, isOpen: true },
		]);
		expect(await failing(partial.insertOne({ key: 1, isOpen: true }))).toBe(11000);
		expect(await failing(partial.updateOne({ isOpen: false }, { $set: { isOpen: true } }))).toBe(11000);
		expect(await partial.countDocuments({ isOpen: true })).toBe(1);
	});

	it('cannot be built over duplicates, and then is not there', async () => {
		const answers = db.collection('answers');
		await answers.insertMany([{ key: 1 }, { key: 1 }]);
		expect(await failing(answers.createIndex({ key: 1 }, { unique: true }))).toBe(11000);
		expect((await answers.indexes()).map((index) => index.name)).toEqual(['_id_']);
		await answers.insertOne({ key: 1 });
	});

	it('goes on after a refused document when the order does not matter', async () => {
		const answers = db.collection<{ _id: number }>('answers');
		const many = [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
		await expect(answers.insertMany(many)).rejects.toMatchObject({ code: 11000, insertedCount: 1 });
		await answers.deleteMany({});
		await expect(answers.insertMany(many, { ordered: false })).rejects.toMatchObject({ code: 11000, insertedCount: 2 });
		expect(await answers.countDocuments()).toBe(2);
	});
});

describe('indexes', () => {
	it('are made once, and a different one of the same name or key is refused', async () => {
		const answers = db.collection('answers');
		await answers.createIndex({ a: 1, b: -1 });
		await answers.createIndex({ a: 1, b: -1 });
		expect(await failing(answers.createIndex({ a: 1, b: -1 }, { unique: true }))).toBe(86);
		expect(await failing(answers.createIndex({ a: 1, b: -1 }, { sparse: true }))).toBe(86);
		expect(await failing(answers.createIndex({ a: 1, b: -1 }, { name: 'other' }))).toBe(85);
		expect(await failing(answers.createIndex({ c: 1 }, { name: 'a_1_b_-1' }))).toBe(86);
		expect(await failing(answers.dropIndex('nothing'))).toBe(27);
		expect(await failing(answers.dropIndex('_id_'))).toBe(72);
		await answers.dropIndexes();
		expect(await answers.indexes()).toEqual([{ v: 2, key: { _id: 1 }, name: '_id_' }]);
		expect(await failing(db.collection('missing').indexes())).toBe(26);
	});

	it('refuse two arrays in one key', async () => {
		const answers = db.collection('answers');
		await answers.createIndex({ a: 1, b: 1 });
		expect(await failing(answers.insertOne({ a: [1], b: [2] }))).toBe(171);
		expect(await answers.countDocuments()).toBe(0);
	});

	it('take a hint, and say so when there is no such index', async () => {
		const answers = db.collection('answers');
		await answers.createIndex({ a: 1 });
		await answers.insertMany([{ a: 2 }, { a: 1 }]);
		expect((await answers.find({}, { hint: 'a_1' }).toArray()).map((doc) => doc['a'])).toEqual([1, 2]);
		expect((await answers.find({}, { hint: { $natural: -1 } }).toArray()).map((doc) => doc['a'])).toEqual([1, 2]);
		expect(await failing(answers.find({}, { hint: { b: 1 } }).toArray())).toBe(2);
	});

	it('that are sparse show and count only what they hold, when a hint asks for them', async () => {
		const answers = db.collection('answers');
		await answers.createIndex({ a: 1 }, { sparse: true });
		await answers.insertMany([{ a: 1 }, {}]);
		expect(await answers.find({}, { hint: 'a_1' }).toArray()).toHaveLength(1);
		expect(await db.command({ count: 'answers', hint: 'a_1' })).toMatchObject({ n: 1 });
		expect(await answers.find({}, { sort: { a: 1 } }).toArray()).toHaveLength(2);
	});
});

describe('collections', () => {
	it('are listed, renamed and dropped', async () => {
		await db.createCollection('a');
		await db.collection('b').insertOne({});
		expect((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name)).toEqual(['a', 'b']);
		await db.collection('a').rename('c');
		expect(await failing(db.collection('c').rename('b'))).toBe(48);
		await db.collection('c').rename('b', { dropTarget: true });
		expect(await db.collection('b').countDocuments()).toBe(0);
		expect(await failing(db.collection('missing').rename('d'))).toBe(26);
		expect((await client.db('admin').admin().listDatabases()).databases.map(({ name }) => name)).toContain(
			db.databaseName,
		);
		await db.dropCollection('b');
		expect(await db.listCollections().toArray()).toEqual([]);
	});

	it.each(['', 'a$b', '.a', 'system.views', 'a\0b'])('cannot be called %j', async (name) => {
		expect(await failing(db.command({ create: name }))).toBe(73);
	});
});

describe('documents', () => {
	it('keep their _id, which comes first and never changes', async () => {
		const answers = db.collection<{ _id: number; a?: number }>('answers');
		await db.command({ insert: 'answers', documents: [{ a: 1, _id: 1 }] });
		expect(Object.keys((await answers.findOne())!)).toEqual(['_id', 'a']);
		expect(await failing(answers.updateOne({ _id: 1 }, { $set: { _id: 2 } as never }))).toBe(66);
		expect(await failing(answers.replaceOne({ _id: 1 }, { _id: 2 } as never))).toBe(66);
		expect(
			await failing(
				db
					.command({ insert: 'answers', documents: [{ _id: [1] }] })
					.then((done) => Promise.reject(done['writeErrors'][0])),
			),
		).toBe(53);
	});

	it('larger than 16 MB are refused', async () => {
		const answers = db.collection<{ _id: number; text: string }>('answers');
		await answers.insertOne({ _id: 1, text: 'x'.repeat(9_000_000) });
		const tooLarge = answers.updateOne({ _id: 1 }, [{ $set: { more: '$text' } }]);
		expect(await failing(tooLarge)).toBe(10334);
		expect((await answers.findOne())!.text).toHaveLength(9_000_000);
	});
});

describe('distinct', () => {
	it('takes the elements of arrays, once each, and leaves arrays within them whole', async () => {
		const answers = db.collection('answers');
		await answers.insertMany([{ a: [1, 2] }, { a: new Double(2) }, { a: null }, {}, { a: [[3], []] }, { a: [] }]);
		expect(await answers.distinct('a')).toEqual([null, 1, 2, [], [3]]);
		await answers.insertOne({ a: [{ b: 1 }, { b: [2, [3]] }, 4] });
		expect(await answers.distinct('a.b')).toEqual([1, 2, [3]]);
	});
});

describe('a cursor', () => {
	const many = (count: number) => Array.from({ length: count }, (_, _id) => ({ _id }));

	it('hands out batches of the size asked for, also none at first', async () => {
		const answers = db.collection<{ _id: number }>('answers');
		await answers.insertMany(many(250));
		const first = await db.command({ find: 'answers', batchSize: 0 });
		expect(first['cursor'].firstBatch).toEqual([]);
		const second = await db.command({ getMore: first['cursor'].id, collection: 'answers', batchSize: 240 });
		expect(second['cursor'].nextBatch).toHaveLength(240);
		const third = await db.command({ getMore: first['cursor'].id, collection: 'answers' });
		expect([third['cursor'].nextBatch.length, Number(third['cursor'].id)]).toEqual([10, 0]);
		expect(await failing(db.command({ getMore: first['cursor'].id, collection: 'answers' }))).toBe(43);
	});

	it('can be closed, and is closed when its collection is dropped', async () => {
		const answers = db.collection<{ _id: number }>('answers');
		await answers.insertMany(many(5_000));
		const first = await db.command({ find: 'answers' });
		const killed = await db.command({ killCursors: 'answers', cursors: [first['cursor'].id, Long.fromNumber(5)] });
		expect([killed['cursorsKilled'].length, killed['cursorsNotFound'].length]).toEqual([1, 1]);
		expect(await failing(db.command({ getMore: first['cursor'].id, collection: 'answers' }))).toBe(43);
		const other = await db.command({ find: 'answers', batchSize: 2 });
		await answers.drop();
		expect(await failing(db.command({ getMore: other['cursor'].id, collection: 'answers' }))).toBe(175);
	});

	it('never goes on in a collection that was made since under the same name', async () => {
		for (const table of ['answers', 'others']) {
			await db.collection<{ _id: number }>('answers').insertMany(many(1_000));
			const first = await db.command({ find: 'answers', batchSize: 2 });
			await db.collection('answers').drop();
			await db.collection<{ _id: number }>(table).insertMany(many(2_000));
			expect(await failing(db.command({ getMore: first['cursor'].id, collection: 'answers' }))).toBe(175);
			await db.dropDatabase();
		}
	});

	it('sees what was acknowledged before each batch, and goes on while documents change', async () => {
		const answers = db.collection<{ _id: number; isNew?: boolean }>('answers');
		await answers.insertMany(many(1_000));
		const cursor = answers.find({}, { batchSize: 10 }).sort({ _id: 1 });
		expect((await cursor.next())!._id).toBe(0);
		await answers.deleteMany({ _id: { $lt: 900 } });
		await answers.insertOne({ _id: 5_000, isNew: true });
		const rest = await cursor.toArray();
		expect(rest.at(-1)).toEqual({ _id: 5_000, isNew: true });
		expect(rest.length).toBeLessThan(1_000);
	});

	it('reads its own writes in the very next request, also in reads that move to the reader', async () => {
		const answers = db.collection<{ _id: number; n: number }>('answers');
		await answers.insertMany(Array.from({ length: 1_500 }, (_, _id) => ({ _id, n: 0 })));
		for (let n = 1; n <= 60; n++) {
			await answers.updateMany({}, { $set: { n } });
			const [sum] = await answers.aggregate<{ n: number }>([{ $group: { _id: null, n: { $sum: '$n' } } }]).toArray();
			expect(sum!.n).toBe(1_500 * n);
			expect(await answers.countDocuments({ n })).toBe(1_500);
		}
	});

	it('gives up after the time it was given', async () => {
		await db.collection<{ _id: number }>('answers').insertMany(many(20_000));
		const slow = db
			.collection('answers')
			.aggregate([{ $group: { _id: '$_id' } }, { $sort: { _id: 1 } }], { maxTimeMS: 1 });
		expect(await failing(slow.toArray())).toBe(50);
	});
});

describe('an engine', () => {
	let engine: TestEngine;
	beforeAll(() => {
		engine = openEngine();
	});
	afterAll(() => engine.close());

	it('closes cursors that nobody asked for in ten minutes', () => {
		engine.ask({ insert: 'a', documents: Array.from({ length: 300 }, (_, _id) => ({ _id })) });
		const { id } = engine.ask({ find: 'a' })['cursor'] as { id: Long };
		engine.now = new Date(engine.now.getTime() + 9 * 60_000);
		engine.cursors.closeIdle(engine.now.getTime());
		expect(engine.ask({ getMore: id, collection: 'a', batchSize: 1 })['ok']).toEqual(
			expect.objectContaining({ value: 1 }),
		);
		engine.now = new Date(engine.now.getTime() + 11 * 60_000);
		engine.cursors.closeIdle(engine.now.getTime());
		expect(engine.cursors.count()).toBe(0);
		expect(engine.ask({ getMore: id, collection: 'a' })).toMatchObject({ codeName: 'CursorNotFound' });
	});

	it('refuses a sort and a group of more than 100 MB, and says so', () => {
		const text = 'x'.repeat(200_000);
		for (let part = 0; part < 12; part++) {
			engine.ask({
				insert: 'large',
				documents: Array.from({ length: 50 }, (_, at) => ({ part, at, text: `${part}-${at}${text}` })),
			});
		}
		expect(engine.ask({ find: 'large', sort: { at: 1 } })['errmsg']).toMatch(
			/memory limit for \$sort: it may hold 104857600 bytes/,
		);
		expect(engine.ask({ find: 'large', sort: { at: 1 }, limit: 3 })['ok']).toEqual(
			expect.objectContaining({ value: 1 }),
		);
		expect(engine.ask({ aggregate: 'large', pipeline: [{ $group: { _id: '$text' } }], cursor: {} })['errmsg']).toMatch(
			/[Mm]emory limit/,
		);
		engine.ask({ createIndexes: 'large', indexes: [{ key: { at: 1 }, name: 'at' }] });
		expect(engine.ask({ find: 'large', sort: { at: 1 }, batchSize: 5 })['ok']).toEqual(
			expect.objectContaining({ value: 1 }),
		);
	});
});

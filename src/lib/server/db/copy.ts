// A whole database copied to another server: every collection and index, resumable, with the counts verified.
import mongoose from 'mongoose';
import { databaseNameIn } from './uri.ts';

export type CopyProgress = { collection: string; copied: number; total: number };
export type CopyResult = { collections: number; documents: number };

/** The copy cannot go on; the message says why and what to do. */
export class CopyRefused extends Error {
	override name = 'CopyRefused';
}

type Db = mongoose.mongo.Db;
type Document = mongoose.mongo.Document;

/** Numbers keep their types on the way: int, long, double and decimal stay four. */
const exact = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;
const batchSize = 500;
/** In the target while a copy is under way, so that it can be told from a database in use. */
const marker = 'heed_copy';
/** What is there as soon as a database was opened once; the source's own takes its place. */
const madeByOpening = new Set(['heedState']);

/**
 * Copies the database `from` names to the one `to` names. When it is interrupted, the same call goes on: what is there and
 * equal is left, what differs is replaced. Throws CopyRefused when the target is in use or the counts differ at the end.
 */
export async function copyDatabase(options: {
	from: string;
	to: string;
	onProgress?: (progress: CopyProgress) => void;
}): Promise<CopyResult> {
	const source = new mongoose.mongo.MongoClient(options.from, { serverSelectionTimeoutMS: 10_000 });
	const target = new mongoose.mongo.MongoClient(options.to, {
		serverSelectionTimeoutMS: 10_000,
		writeConcern: { w: 'majority' },
	});
	try {
		return await copy(
			source.db(databaseNameIn(options.from)),
			target.db(databaseNameIn(options.to)),
			options.onProgress ?? (() => {}),
		);
	} finally {
		await Promise.all([source.close(), target.close()]);
	}
}

async function copy(source: Db, target: Db, onProgress: (progress: CopyProgress) => void): Promise<CopyResult> {
	await claim(source, target);
	const names = (await collectionNames(source)).filter((name) => name !== marker);
	let documents = 0;
	for (const name of names) {
		const copied = await copyDocuments(source, target, name, onProgress);
		const found = await target.collection(name).countDocuments();
		if (found !== copied) {
			throw new CopyRefused(
				`'${name}' has ${copied} documents and its copy ${found}. Stop what writes to either of them and copy again: it goes on from here.`,
			);
		}
		documents += copied;
		await copyIndexes(source, target, name);
	}
	await target.dropCollection(marker);
	return { collections: names.length, documents };
}

async function claim(source: Db, target: Db): Promise<void> {
	const there = await collectionNames(target);
	if (!there.includes(marker)) {
		const used: string[] = [];
		for (const name of there)
			if (!madeByOpening.has(name) && (await target.collection(name).findOne())) used.push(name);
		if (used.length > 0) {
			throw new CopyRefused(
				`The database '${target.databaseName}' to copy to is not empty: it has ${used.slice(0, 3).join(', ')}. Name an empty one in the URI, as in mongodb://host/name, or with --from set DATA_DIR to a new folder.`,
			);
		}
	}
	await target
		.collection<{ _id: string }>(marker)
		.updateOne({ _id: 'copy' }, { $set: { from: source.databaseName } }, { upsert: true });
}

async function collectionNames(db: Db): Promise<string[]> {
	const found = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
	return found
		.map(({ name }) => name)
		.filter((name) => !name.startsWith('system.'))
		.sort();
}

/** Copies in the order of _id, a batch at a time, and returns how many documents the source has. */
async function copyDocuments(
	source: Db,
	target: Db,
	name: string,
	onProgress: (progress: CopyProgress) => void,
): Promise<number> {
	const total = await source.collection(name).estimatedDocumentCount();
	await target.createCollection(name).catch((error: unknown) => {
		if (!(error instanceof mongoose.mongo.MongoServerError && error.code === 48)) throw error;
	});
	let copied = 0;
	let batch: Document[] = [];
	const send = async () => {
		await copyBatch(target, name, batch);
		copied += batch.length;
		batch = [];
		onProgress({ collection: name, copied, total });
	};
	for await (const doc of source.collection(name).find({}, { ...exact, sort: { _id: 1 }, batchSize })) {
		if (batch.push(doc) === batchSize) await send();
	}
	await send();
	return copied;
}

async function copyBatch(target: Db, name: string, batch: Document[]): Promise<void> {
	if (batch.length === 0) return;
	const { serialize } = mongoose.mongo.BSON;
	const key = (doc: Document) => Buffer.from(serialize({ _id: doc['_id'] as unknown })).toString('latin1');
	const there = target.collection(name).find({ _id: { $in: batch.map((doc) => doc['_id'] as never) } }, exact);
	const known = new Map<string, Document>();
	for await (const doc of there) known.set(key(doc), doc);
	const changes = batch.flatMap((doc): mongoose.mongo.AnyBulkWriteOperation[] => {
		const before = known.get(key(doc));
		if (!before) return [{ insertOne: { document: doc } }];
		if (Buffer.compare(serialize(before), serialize(doc)) === 0) return [];
		return [{ replaceOne: { filter: { _id: doc['_id'] as never }, replacement: doc } }];
	});
	if (changes.length > 0) await target.collection(name).bulkWrite(changes);
}

/** Indexes come after the documents: it is quicker, and a TTL index removes nothing before the counts are compared. */
async function copyIndexes(source: Db, target: Db, name: string): Promise<void> {
	const indexes = await source.collection(name).indexes();
	const wanted = indexes.filter((index) => index.name !== '_id_').map(({ v: _version, ...index }) => index);
	if (wanted.length > 0) await target.collection(name).createIndexes(wanted as mongoose.mongo.IndexDescription[]);
	const made = await target.collection(name).indexes();
	if (made.length !== indexes.length) {
		throw new CopyRefused(
			`'${name}' has ${indexes.length} indexes and its copy ${made.length}. Drop the copy's and copy again.`,
		);
	}
}

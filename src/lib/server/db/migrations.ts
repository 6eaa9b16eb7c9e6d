// Brings the data of an older version to this one, in steps that may each be repeated.
import mongoose from 'mongoose';
import { survey2, toDefinition1, touchpoints2 } from './upgrades.ts';
import { databaseNameIn } from './uri.ts';

export type Migration = {
	/** Ascending; never changed or reused once released. */
	id: number;
	/** What it does, for the person who watches the start. */
	title: string;
	/** Correct when repeated from any point: a crash in the middle runs it again. */
	run(db: mongoose.mongo.Db): Promise<void>;
};

/** Every migration since the first release, oldest first. */
export const migrations: readonly Migration[] = [
	{
		id: 1,
		title: 'surveys get scales, questions, logic and endings',
		async run(db) {
			for (const [name, field] of [
				['surveys', 'draft'],
				['surveyVersions', 'definition'],
			] as const)
				for await (const row of db.collection(name).find({ [`${field}.scale`]: { $exists: false } }))
					await db.collection(name).updateOne({ _id: row._id }, { $set: { [field]: toDefinition1(row[field]) } });
		},
	},
	{
		id: 2,
		title: 'surveys get a touchpoint, a schedule, a quota and an archive',
		async run(db) {
			await db.collection('surveys').updateMany({ previewGeneration: { $exists: false } }, { $set: survey2 });
			await db
				.collection('surveyVersions')
				.updateMany({ publishedBy: { $exists: false } }, { $set: { publishedBy: null } });
			await db
				.collection('workspaces')
				.updateMany({ touchpoints: { $exists: false } }, { $set: { touchpoints: touchpoints2 } });
		},
	},
];

type StateRow = { _id: string; migratedTo: number };
const states = (db: mongoose.mongo.Db) => db.collection<StateRow>('heedState');

/** The data was written by a newer Heed than this one. */
export class NewerData extends Error {
	override name = 'NewerData';
}

/** Which of `all` the data still needs. A database with nothing in it needs none. Throws NewerData. */
export const pending = async (db: mongoose.mongo.Db, all: readonly Migration[]): Promise<Migration[]> => {
	const latest = all.at(-1)?.id ?? 0;
	const state = await states(db).findOne({ _id: 'migrations' });
	if (state && state.migratedTo > latest)
		throw new NewerData(
			'This data was written by a newer version of Heed. Start that version, or restore a backup made by this one.',
		);
	if (!state && (await db.listCollections({ name: 'workspaces' }, { nameOnly: true }).toArray()).length === 0)
		return [];
	return all.filter(({ id }) => id > (state?.migratedTo ?? 0));
};

const record = async (db: mongoose.mongo.Db, migratedTo: number): Promise<void> => {
	await states(db).updateOne({ _id: 'migrations' }, { $set: { migratedTo } }, { upsert: true });
};

/** Runs what is pending, in order, and records each step once it is done. Throws what the step threw. */
export const run = async (
	db: mongoose.mongo.Db,
	all: readonly Migration[],
	say: (line: string) => void,
): Promise<void> => {
	for (const migration of await pending(db, all)) {
		say(`Migrating: ${migration.title} …`);
		await migration.run(db);
		await record(db, migration.id);
	}
	await record(db, all.at(-1)?.id ?? 0);
};

/** Opens `uri` for migrating only, and closes it again. */
export const withDatabase = async <Result>(
	uri: string,
	use: (db: mongoose.mongo.Db) => Promise<Result>,
): Promise<Result> => {
	const client = await mongoose.mongo.MongoClient.connect(uri, { serverSelectionTimeoutMS: 10_000 });
	try {
		return await use(client.db(databaseNameIn(uri)));
	} finally {
		await client.close();
	}
};

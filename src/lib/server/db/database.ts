// Opens the database and declares its collections. The same code for the embedded one and for a MongoDB server.
import mongoose from 'mongoose';
import { databaseNameIn } from './uri.ts';
import { repeatReads } from './retry.ts';
import { collections, type Models } from './rows/index.ts';

export type Database = {
	connection: mongoose.Connection;
	models: Models;
	/** embedded when no MONGODB_URI was set. */
	kind: 'embedded' | 'mongodb';
};

/** Connects and makes sure that every collection has its indexes. Throws what the driver throws when nobody answers within 10 s. */
export const open = async (uri: string, options: { kind: Database['kind']; name?: string }): Promise<Database> => {
	const connection = mongoose.createConnection(uri, {
		dbName: options.name ?? databaseNameIn(uri),
		serverSelectionTimeoutMS: 10_000,
		writeConcern: { w: 'majority' },
		readPreference: 'primary',
		bufferCommands: false,
		autoIndex: false,
		autoCreate: false,
	});
	await connection.asPromise();
	const models: Record<string, mongoose.Model<unknown>> = {};
	for (const [name, schema] of Object.entries(collections)) {
		const model = connection.model<unknown>(name, schema as mongoose.Schema<unknown>, name);
		repeatReads(model);
		await model.createIndexes();
		models[name] = model;
	}
	return { connection, models: models as unknown as Models, kind: options.kind };
};

/** Waits for what is under way and closes. */
export const close = async (db: Database): Promise<void> => db.connection.close();

/** Whether the database answers within 3 s. The driver’s own `timeoutMS` has been seen to take the 10 s of finding a server. */
export const ping = (db: Database): Promise<boolean> => {
	const answers = db.connection.db!.command({ ping: 1 }, { timeoutMS: 3000 }).then(
		() => true,
		() => false,
	);
	const silence = new Promise<boolean>((resolve) => setTimeout(resolve, 3000, false).unref());
	return Promise.race([answers, silence]);
};

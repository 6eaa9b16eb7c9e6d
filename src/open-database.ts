// Opens the database for a start or a command: MONGODB_URI, the embedded one that already runs, or our own.
import { existsSync } from 'node:fs';
import { access, constants, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './lib/server/config.ts';
import * as migrations from './lib/server/db/migrations.ts';
import { hostsIn } from './lib/server/db/uri.ts';
import * as embedded from './lib/server/embedded/index.ts';

export type OpenDatabase = {
	uri: string;
	kind: 'embedded' | 'mongodb';
	/** Which database, and where its file is: one line for people. */
	line: string;
	stop(): Promise<void>;
};

type Say = (line: string) => void;
type Known = readonly migrations.Migration[];

const stamp = () => new Date().toISOString().replace(/[:.]/g, '-');

/** While this file exists, a migration is under way and the backup it names is the last good state. */
const underWay = (dataDir: string) => join(dataDir, 'migrating');

const start = async (dataDir: string): Promise<OpenDatabase> => {
	// Asked here, where the system's own error still names the folder.
	await mkdir(dataDir, { recursive: true });
	await access(dataDir, constants.W_OK);
	const engine = await embedded.start({ dataDir });
	return {
		uri: engine.uri,
		kind: 'embedded',
		line: `Database: embedded, in ${engine.file}.`,
		stop: () => engine.stop(),
	};
};

const takeBack = async (dataDir: string): Promise<string> => {
	const backup = await readFile(underWay(dataDir), 'utf8');
	await embedded.restore({ dataDir, file: backup });
	await rm(underWay(dataDir));
	return backup;
};

/** A migration of the embedded database that fails, or is killed, leaves the data as the backup before it. */
const migrateEmbedded = async (dataDir: string, opened: OpenDatabase, known: Known, say: Say): Promise<void> => {
	const due = await migrations.withDatabase(opened.uri, (db) => migrations.pending(db, known));
	if (due.length > 0) {
		const backup = join(dataDir, 'backups', `before-migration-${due[0]!.id}-${stamp()}.db`);
		await embedded.backup({ uri: opened.uri, file: backup });
		say(`The data was written by an older version. A backup of it is in ${backup}.`);
		await writeFile(underWay(dataDir), backup);
	}
	try {
		await migrations.withDatabase(opened.uri, (db) => migrations.run(db, known, say));
	} catch (problem) {
		await opened.stop();
		if (due.length > 0) await takeBack(dataDir);
		throw new Error(
			`The migration failed and the data is as it was before: ${(problem as Error).message}. Start the older version, or report this.`,
			{
				cause: problem,
			},
		);
	}
	await rm(underWay(dataDir), { force: true });
};

/** For the server: owns the embedded database, migrated, or names the MongoDB server, migrated. */
export const openDatabase = async (
	config: Config,
	say: Say,
	known: Known = migrations.migrations,
): Promise<OpenDatabase> => {
	if (config.MONGODB_URI) {
		const uri = config.MONGODB_URI;
		await migrations.withDatabase(uri, (db) => migrations.run(db, known, say));
		return {
			uri,
			kind: 'mongodb',
			line: `Database: MongoDB at ${hostsIn(uri)}.`,
			stop: async () => {},
		};
	}
	if (existsSync(underWay(config.DATA_DIR)))
		say(`The last migration was interrupted. The data is back as in ${await takeBack(config.DATA_DIR)}.`);
	const opened = await start(config.DATA_DIR);
	await migrateEmbedded(config.DATA_DIR, opened, known, say).catch(async (problem) => {
		await opened.stop();
		throw problem;
	});
	return opened;
};

/** For a command: joins the running server's database through its socket, else opens it as a server would. */
export const joinDatabase = async (config: Config, say: Say): Promise<OpenDatabase> => {
	const running = config.MONGODB_URI ? null : await embedded.runningUri(config.DATA_DIR);
	if (!running) return openDatabase(config, say);
	return { uri: running, kind: 'embedded', line: 'Database: embedded, of the running server.', stop: async () => {} };
};

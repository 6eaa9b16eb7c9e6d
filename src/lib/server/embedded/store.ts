// The file: one SQLite database in WAL mode, every commit synced to disk before anybody hears of it.
import { chmodSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** 'heed' in ASCII marks the file as ours; the format number makes an older program refuse a newer file. */
const applicationId = 0x68656564;
const format = 1;

export class NewerFile extends Error {
	override name = 'NewerFile';
}

export class DamagedFile extends Error {
	override name = 'DamagedFile';
}

export type Statement = StatementSync;

export type Store = {
	/** A prepared statement, kept for the next time. Rows come as arrays. */
	sql(text: string): Statement;
	exec(text: string): void;
	begin(): void;
	commit(): void;
	/** Undoes the open transaction; does nothing when SQLite has already undone it by itself. */
	rollback(): void;
	isOpenTransaction(): boolean;
	close(): void;
};

export type StoreOptions = {
	isReadOnly?: boolean;
	/** Refuse to grow beyond this many pages; how tests fill a disk. */
	maxPages?: number;
	/** Refuse a missing file instead of making one. */
	mustExist?: boolean;
};

/** Opens the database file, making it when it is new. Throws NewerFile for a file of a later version. */
export function openStore(file: string, options: StoreOptions = {}): Store {
	const database = new DatabaseSync(file, { readOnly: options.isReadOnly ?? false, timeout: 5_000 });
	try {
		if (!options.isReadOnly) initialise(database, file, options);
		database.exec('PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;');
	} catch (error) {
		database.close();
		throw error;
	}
	return wrap(database);
}

function initialise(database: DatabaseSync, file: string, options: StoreOptions): void {
	refuseForeign(database, file);
	// Its log, made below, takes the same mode.
	chmodSync(file, 0o600);
	if (pragma(database, 'user_version') === 0) {
		database.exec('PRAGMA auto_vacuum = INCREMENTAL');
	}
	database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;');
	// In pages, 16 MB of log: a page that is written again meanwhile is copied into the file once, not once per 4 MB.
	database.exec('PRAGMA wal_autocheckpoint = 4000;');
	if (options.maxPages) database.exec(`PRAGMA max_page_count = ${options.maxPages}`);
	if (pragma(database, 'user_version') > 0) return;
	database.exec(`BEGIN IMMEDIATE;
		CREATE TABLE collections (id INTEGER PRIMARY KEY, db TEXT NOT NULL, name TEXT NOT NULL, uuid BLOB NOT NULL, UNIQUE (db, name));
		CREATE TABLE indexes (id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, name TEXT NOT NULL, spec BLOB NOT NULL,
			multikey INTEGER NOT NULL DEFAULT 0, UNIQUE (collection, name));
		CREATE TABLE version (catalog INTEGER NOT NULL);
		INSERT INTO version VALUES (1);
		PRAGMA application_id = ${applicationId};
		PRAGMA user_version = ${format};
		COMMIT;`);
}

/** Throws when the file is not ours or was written by a later version of this program. */
function refuseForeign(database: DatabaseSync, file: string): void {
	const version = pragma(database, 'user_version');
	const id = pragma(database, 'application_id');
	const tables = database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'];
	if (id !== applicationId && tables !== 0) {
		throw new NewerFile(`${file} is not a Heed database. Point DATA_DIR at another directory, or move the file away.`);
	}
	if (version > format) {
		throw new NewerFile(
			`${file} was written by a newer version of Heed (format ${version}; this one reads up to ${format}). Install that version or a later one, or restore an older backup.`,
		);
	}
}

/** Throws unless the file is a whole database of ours that this version can read. */
export function checkFile(file: string): void {
	let database: DatabaseSync | null = null;
	try {
		database = new DatabaseSync(file, { readOnly: true });
		refuseForeign(database, file);
		if (pragma(database, 'user_version') === 0) throw new NewerFile(`${file} is not a Heed database.`);
		const found = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
		if (found !== 'ok') throw new DamagedFile(`${file} is damaged: ${String(found)}`);
	} catch (error) {
		if (sqliteCode(error) === 0) throw error;
		if (sqliteCode(error) === notADatabase) throw new NewerFile(`${file} is not a Heed database.`);
		throw new DamagedFile(`${file} cannot be read as a database: ${(error as Error).message}`);
	} finally {
		database?.close();
	}
}

function pragma(database: DatabaseSync, name: string): number {
	return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function wrap(database: DatabaseSync): Store {
	const statements = new Map<string, Statement>();
	const sql = (text: string) => {
		let statement = statements.get(text);
		if (!statement) {
			if (statements.size > 2_000) statements.clear();
			statement = database.prepare(text);
			statement.setReturnArrays(true);
			statements.set(text, statement);
		}
		return statement;
	};
	return {
		sql,
		exec: (text) => database.exec(text),
		begin: () => void sql('BEGIN').run(),
		commit: () => void sql('COMMIT').run(),
		rollback: () => {
			if (database.isTransaction) database.exec('ROLLBACK');
		},
		isOpenTransaction: () => database.isTransaction,
		close: () => {
			statements.clear();
			database.close();
		},
	};
}

/** SQLite's primary error code behind an exception, or 0 when it is something else. */
export function sqliteCode(error: unknown): number {
	return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
}

export const diskFull = 13;
const notADatabase = 26;

// Copies of the whole file: made while the database runs, checked before they count, put back when it does not run.
import {
	chmodSync,
	closeSync,
	copyFileSync,
	existsSync,
	fsyncSync,
	linkSync,
	mkdirSync,
	openSync,
	renameSync,
	rmSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { connect } from './client.ts';
import { own } from './owner.ts';
import { checkFile, diskFull, openStore, sqliteCode } from './store.ts';

/** A copy cannot be made or put back; the message says why and what to do. */
export class BackupRefused extends Error {
	override name = 'BackupRefused';
}

/** Makes a consistent copy of the running database in `file`, and checks it. Throws when `file` exists or the copy is bad. */
export async function backup({ uri, file }: { uri: string; file: string }): Promise<void> {
	const target = resolve(file);
	const client = await connect(uri);
	try {
		await client.command({ heedBackup: 1, file: target, $db: 'admin' }).catch((problem: Error) => {
			throw new BackupRefused(problem.message);
		});
	} finally {
		client.close();
	}
}

/** What the backup command does in the server: the copy gets its name only after it was checked and synced. */
export function copyTo(source: string, file: string): void {
	if (existsSync(file)) throw new BackupRefused(`${file} exists already; name a file that does not, or move it away`);
	mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
	const partial = `${file}.partial`;
	rmSync(partial, { force: true });
	const database = new DatabaseSync(source, { readOnly: true, timeout: 5_000 });
	try {
		database.prepare('VACUUM INTO ?').run(partial);
		chmodSync(partial, 0o600);
		checkFile(partial);
		sync(partial);
		renameSync(partial, file);
		sync(dirname(file));
	} catch (error) {
		if (sqliteCode(error) !== diskFull) throw error;
		throw new BackupRefused(`there is no room for the copy in ${dirname(file)}; make room, or name another disk`);
	} finally {
		database.close();
		rmSync(partial, { force: true });
	}
}

/**
 * Puts a backup in the place of a data directory's database, which must not be running (DataDirInUse). The backup is
 * checked first. The database that was there is kept beside it as heed.db.replaced.
 */
export async function restore({ dataDir, file }: { dataDir: string; file: string }): Promise<void> {
	const source = resolve(file);
	if (!existsSync(source)) throw new BackupRefused(`${source} does not exist; name the backup to restore`);
	checkFile(source);
	const owner = own(dataDir);
	const current = join(dataDir, 'heed.db');
	const incoming = `${current}.restoring`;
	try {
		copyFileSync(source, incoming);
		chmodSync(incoming, 0o600);
		checkFile(incoming);
		sync(incoming);
		if (existsSync(current)) keepReplaced(current);
		renameSync(incoming, current);
		sync(dataDir);
	} finally {
		rmSync(incoming, { force: true });
		owner.release();
	}
}

/** At every moment there is a whole database under the old name: first a second name for it, then the new one over it. */
function keepReplaced(current: string): void {
	const replaced = `${current}.replaced`;
	for (const suffix of ['', '-wal', '-shm']) rmSync(replaced + suffix, { force: true });
	try {
		const store = openStore(current);
		store.exec('PRAGMA wal_checkpoint(TRUNCATE)');
		store.close();
	} catch {
		// A damaged file is kept as it is, with what its log holds.
		if (existsSync(`${current}-wal`)) copyFileSync(`${current}-wal`, `${replaced}-wal`);
	}
	try {
		linkSync(current, replaced);
	} catch {
		copyFileSync(current, replaced);
	}
	for (const suffix of ['-wal', '-shm']) rmSync(current + suffix, { force: true });
}

function sync(path: string): void {
	const handle = openSync(path, 'r');
	fsyncSync(handle);
	closeSync(handle);
}

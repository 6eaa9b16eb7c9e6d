// Who owns a data directory: one process at a time, held by a lock the system frees even after kill -9.
import { DatabaseSync } from 'node:sqlite';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf } from './client.ts';

/** Another process owns the data directory. The message says what to do about it. */
export class DataDirInUse extends Error {
	override name = 'DataDirInUse';
	dataDir: string;
	constructor(dataDir: string) {
		super(
			`The database in ${dataDir} is in use by another running process. Stop that process, ` +
				`or set DATA_DIR to another directory, or set MONGODB_URI to share one MongoDB between processes.`,
		);
		this.dataDir = dataDir;
	}
}

/** The longest socket path that every system takes. */
const maxSocketPathBytes = 100;
const socketName = 'heed.sock';
const addressFile = (dataDir: string) => join(dataDir, 'address');

/** Takes the data directory or throws DataDirInUse. The lock lasts until `release` or the end of the process. */
export function own(dataDir: string): { release(): void } {
	// What customers said is nobody else's business on this machine.
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const lock = lockFile(dataDir, 1_000);
	if (!lock) throw new DataDirInUse(dataDir);
	return { release: () => lock.close() };
}

function lockFile(dataDir: string, waitMs: number): DatabaseSync | null {
	const lock = new DatabaseSync(join(dataDir, 'lock.db'), { timeout: waitMs });
	try {
		lock.exec('BEGIN EXCLUSIVE');
		return lock;
	} catch (error) {
		lock.close();
		if (isBusy(error)) return null;
		throw error;
	}
}

function isBusy(error: unknown): boolean {
	const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
	return code === 5 || code === 6;
}

/** Where the owner listens. Only the owner calls it, so a socket left by a crash can be removed. */
export function prepareAddress(dataDir: string): {
	listen: string | { host: string; port: number };
	directory: string;
} {
	forgetAddress(dataDir);
	if (process.platform === 'win32') return { listen: { host: '127.0.0.1', port: 0 }, directory: '' };
	let directory = join(dataDir, 'socket');
	if (Buffer.byteLength(join(directory, socketName)) > maxSocketPathBytes) {
		directory = mkdtempSync(join(tmpdir(), 'heed-'));
	} else mkdirSync(directory, { recursive: true, mode: 0o700 });
	chmodSync(directory, 0o700);
	const path = join(directory, socketName);
	rmSync(path, { force: true });
	return { listen: path, directory };
}

/** Writes down where this owner listens, for commands that want to join it. */
export function announce(dataDir: string, uri: string, directory: string): void {
	writeFileSync(addressFile(dataDir), JSON.stringify({ uri, directory }), { mode: 0o600 });
}

/** Removes the address and the socket's directory, of this owner or of one that crashed. */
export function forgetAddress(dataDir: string): void {
	const directory = readAddress(dataDir)?.directory;
	if (directory) {
		rmSync(join(directory, socketName), { force: true });
		try {
			rmdirSync(directory);
		} catch {
			// Already gone, or it holds something that is not ours.
		}
	}
	rmSync(addressFile(dataDir), { force: true });
}

function readAddress(dataDir: string): { uri: string; directory: string } | null {
	try {
		const found: unknown = JSON.parse(readFileSync(addressFile(dataDir), 'utf8'));
		if (typeof found !== 'object' || found === null || !('uri' in found) || !('directory' in found)) return null;
		return { uri: String(found.uri), directory: String(found.directory) };
	} catch {
		return null;
	}
}

/** The URI of the process that owns `dataDir`, or null when none runs. Waits while an owner is starting. */
export async function runningUri(dataDir: string): Promise<string | null> {
	for (let attempt = 0; attempt < 100; attempt++) {
		const address = readAddress(dataDir);
		if (address && (await answers(address.uri))) return address.uri;
		if (!isOwned(dataDir)) return null;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new DataDirInUse(dataDir);
}

function isOwned(dataDir: string): boolean {
	try {
		const lock = lockFile(dataDir, 0);
		lock?.close();
		return !lock;
	} catch {
		return false;
	}
}

function answers(uri: string): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(addressOf(uri));
		socket.once('connect', () => (socket.destroy(), resolve(true)));
		socket.once('error', () => resolve(false));
	});
}

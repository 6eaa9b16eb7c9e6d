// A real database for tests: an empty one for each call, in an engine of the test process or at MONGODB_URI.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { start, type Started } from '#lib/server/embedded/index.ts';
import { faultsAskedFor } from './faults.ts';

export type FreshDatabase = {
	/** For the product. */
	uri: string;
	/** The same database for the test's own look at it, without faults; the same as `uri` where none are asked for. */
	calmUri: string;
	kind: 'embedded' | 'mongodb';
	stop(): Promise<void>;
};

const prefix = 'heed-test-';
let engine: Promise<Started> | null = null;
let users = 0;

/** An empty database of its own: `const database = await freshDatabase()` in beforeAll, `database.stop()` in afterAll. */
export async function freshDatabase(): Promise<FreshDatabase> {
	const server = process.env['MONGODB_URI'];
	if (server) return databaseAt(server);
	users++;
	engine ??= startEngine();
	const uri = named((await engine).uri, newName());
	let isStopped = false;
	// After a lost connection a driver waits half a second before it looks again; tests do not.
	const forProduct = `${uri}?appName=heed&minHeartbeatFrequencyMS=10`;
	return {
		uri: forProduct,
		calmUri: process.env['FAULTS'] === undefined ? forProduct : uri,
		kind: 'embedded',
		async stop() {
			if (isStopped) return;
			isStopped = true;
			if (--users === 0) await stopEngine();
		},
	};
}

/** `mongodb://host/shop?w=1` with another database's name in the place of `shop`. */
function named(uri: string, name: string): string {
	return uri.replace(/^([a-z+]+:\/\/[^/?]+)(\/[^?]*)?/, `$1/${name}`);
}

function newName(): string {
	return `test_${randomBytes(6).toString('hex')}`;
}

async function databaseAt(server: string): Promise<FreshDatabase> {
	const uri = named(server, newName());
	return {
		uri: `${uri}?appName=heed&minHeartbeatFrequencyMS=10`,
		calmUri: uri,
		kind: 'mongodb',
		async stop() {
			const client = await MongoClient.connect(uri);
			await client.db().dropDatabase();
			await client.close();
		},
	};
}

async function startEngine(): Promise<Started> {
	// Memory, where there is a file system in it: tests of durability make their own directory on a disk.
	const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
	removeAbandoned(parent);
	const dataDir = mkdtempSync(join(parent, `${prefix}${process.pid}-`));
	const remove = () => rmSync(dataDir, { recursive: true, force: true });
	process.once('exit', remove);
	const started = await start({ dataDir, faults: faultsAskedFor() });
	return {
		...started,
		async stop() {
			await started.stop();
			process.off('exit', remove);
			remove();
		},
	};
}

/** Directories of test processes that were killed. */
function removeAbandoned(parent: string): void {
	for (const name of readdirSync(parent)) {
		const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : 0;
		if (pid > 0 && !isRunning(pid)) rmSync(join(parent, name), { recursive: true, force: true });
	}
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

async function stopEngine(): Promise<void> {
	const stopping = engine;
	engine = null;
	await (await stopping)?.stop();
}

// A real database for tests: one engine for each test process, an empty database in it for each call.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, type Started } from '#lib/server/embedded/index.ts';

export type FreshDatabase = { uri: string; stop(): Promise<void> };

let engine: Promise<Started> | null = null;
let users = 0;

/** An empty database of its own: `const database = await freshDatabase()` in beforeAll, `database.stop()` in afterAll. */
export async function freshDatabase(): Promise<FreshDatabase> {
	users++;
	engine ??= startEngine();
	const { uri } = await engine;
	let isStopped = false;
	return {
		uri: uri.replace(/\/heed$/, `/test_${randomBytes(6).toString('hex')}`),
		async stop() {
			if (isStopped) return;
			isStopped = true;
			// The next test of the file often asks for a database at once; starting an engine takes longer than this wait.
			if (--users === 0) setTimeout(() => users === 0 && void stopEngine(), 250).unref();
		},
	};
}

async function startEngine(): Promise<Started> {
	// Memory, where there is a file system in it: tests of durability make their own directory on a disk.
	const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
	const dataDir = mkdtempSync(join(parent, 'heed-test-'));
	const remove = () => rmSync(dataDir, { recursive: true, force: true });
	process.once('exit', remove);
	const started = await start({ dataDir });
	return {
		...started,
		async stop() {
			await started.stop();
			process.off('exit', remove);
			remove();
		},
	};
}

async function stopEngine(): Promise<void> {
	const stopping = engine;
	engine = null;
	await (await stopping)?.stop();
}

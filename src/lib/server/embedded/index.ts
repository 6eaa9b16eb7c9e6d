// The database that runs when MONGODB_URI is empty: started by plain Node, spoken to through its URI by any MongoDB driver.
import { resolve } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { Faults } from './faults.ts';
import { DataDirInUse } from './owner.ts';
import { NewerFile } from './store.ts';
import { startThread } from './threads.ts';
import type { FromWorker, WorkerData } from './worker.ts';

export { backup, restore } from './backup.ts';
export type { Faults } from './faults.ts';
export { DataDirInUse, runningUri } from './owner.ts';
export { NewerFile } from './store.ts';

/** The disk is full, the file damaged, or the folder does not let one be made. The message says what to do about it. */
export class CannotOpen extends Error {
	override name = 'CannotOpen';
	constructor(dataDir: string, reason: string) {
		const remedy = /disk is full|ENOSPC/.test(reason)
			? 'Make room on its disk and start again; what was stored is still there.'
			: 'If its file is damaged, put a backup in its place (npm run heed -- restore FILE); ' +
				'else set DATA_DIR to a folder of its own that can be written.';
		super(`The database in ${dataDir} cannot be opened: ${reason}. ${remedy}`);
	}
}

export type Started = {
	/** mongodb://…/heed, for the driver. */
	uri: string;
	/** The database file. */
	file: string;
	/** Closes all connections and the file, and gives the data directory up. */
	stop(): Promise<void>;
};

export type StartOptions = {
	dataDir: string;
	/** For tests of a full disk: refuse to grow beyond this many pages of 4 KB. */
	maxPages?: number;
	/** For tests of everything that uses the database: see Faults. */
	faults?: Faults;
};

/**
 * Starts the database of a data directory in a thread of its own. Throws DataDirInUse when another process owns the
 * directory and NewerFile when a later version wrote the file. A failed commit or thread ends the process, unacknowledged.
 */
export async function start({ dataDir, maxPages, faults }: StartOptions): Promise<Started> {
	const data: WorkerData = { dataDir: resolve(dataDir), maxPages, faults };
	const worker = startThread('worker.ts', data.dataDir, data);
	const messages = listen(worker);
	const first = await messages.next();
	if (first.kind !== 'ready') {
		await worker.terminate();
		throw toError(first, data.dataDir);
	}
	let stopping: Promise<void> | null = null;
	void messages.next().then((message) => {
		if (message.kind === 'failed' || !stopping) die(message);
	});
	const stop = async () => {
		const stopped = new Promise((done) => worker.once('exit', done));
		worker.on('message', (message: FromWorker) => {
			if (message.kind === 'stopped') void worker.terminate();
		});
		worker.postMessage('stop');
		await stopped;
	};
	return { uri: first.uri, file: first.file, stop: () => (stopping ??= stop()) };
}

/** The thread's messages one after the other; a thread that errs or ends has failed. */
function listen(worker: Worker): { next: () => Promise<FromWorker> } {
	const failed = (message: string): FromWorker => ({ kind: 'failed', message });
	return {
		next: () =>
			new Promise((done) => {
				worker.once('message', done);
				worker.once('error', (error: unknown) =>
					done(failed(error instanceof Error ? (error.stack ?? error.message) : String(error))),
				);
				worker.once('exit', (code) => done(failed(`the database's thread ended with ${code}`)));
			}),
	};
}

function toError(message: FromWorker, dataDir: string): Error {
	if (message.kind === 'failed') return new Error(message.message);
	if (message.kind !== 'refused') return new Error(`unexpected message ${message.kind}`);
	if (message.name === 'DataDirInUse') return new DataDirInUse(dataDir);
	if (message.name === 'NewerFile') return new NewerFile(message.message);
	return new CannotOpen(dataDir, message.message);
}

function die(message: FromWorker): never {
	const reason = message.kind === 'failed' ? message.message : `it reported ${message.kind}`;
	process.stderr.write(
		`The embedded database failed and the process ends, so that nothing unsaved is taken for saved: ${reason}\n`,
	);
	process.exit(70);
}

// The engine's thread: owns the data directory, listens, commits. Ends by a 'stop' message or by failing as a whole.
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openCatalog } from './catalog.ts';
import type { Engine } from './commands/command.ts';
import { serve } from './connections.ts';
import { openCursors } from './cursors.ts';
import { openGroup } from './group.ts';
import { announce, forgetAddress, own, prepareAddress } from './owner.ts';
import { type Faults, withFaults } from './faults.ts';
import { openStore } from './store.ts';
import { removeExpired, shrink } from './sweep.ts';
import { openReader } from './threads.ts';

export type WorkerData = { dataDir: string; maxPages?: number | undefined; faults?: Faults | undefined };
export type FromWorker =
	| { kind: 'ready'; uri: string; file: string }
	| { kind: 'refused'; name: string; message: string }
	| { kind: 'failed'; message: string }
	| { kind: 'stopped' };

const sweepEveryMs = 60_000;

const port = parentPort;

async function main(tell: (message: FromWorker) => void): Promise<void> {
	const { dataDir, maxPages, faults } = workerData as WorkerData;
	const owner = own(dataDir);
	const file = join(dataDir, 'heed.db');
	const store = openStore(file, maxPages ? { maxPages } : {});
	const clock = () => Date.now();
	const engine: Engine = {
		store,
		catalog: openCatalog(store),
		cursors: openCursors(false, clock),
		clock,
		startedAt: clock(),
		file,
		isReader: false,
	};
	const fail = (error: unknown) =>
		tell({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
	const reader = openReader(dataDir, file, fail);
	const group = openGroup(engine, reader.forward, fail);
	const connections = serve(faults ? withFaults(group.submit, faults) : group.submit);
	const { listen, directory } = prepareAddress(dataDir);
	await new Promise<void>((resolve, reject) => {
		connections.server.once('error', reject);
		connections.server.listen(listen, () => resolve());
	});
	const address = connections.server.address();
	const host = typeof address === 'string' ? encodeURIComponent(address) : `127.0.0.1:${address?.port}`;
	const uri = `mongodb://${host}/heed`;
	announce(dataDir, uri, directory);
	setInterval(() => group.work(tidy), sweepEveryMs).unref();
	port?.on('message', () => {
		void stop();
	});
	tell({ kind: 'ready', uri, file });

	function tidy(): void {
		if (removeExpired(engine)) group.work(tidy);
		else shrink(engine);
	}

	async function stop(): Promise<void> {
		await connections.close();
		await reader.close();
		try {
			store.exec('PRAGMA wal_checkpoint(TRUNCATE)');
		} catch {
			// On a full disk the log stays, and is read at the next start.
		}
		store.close();
		forgetAddress(dataDir);
		owner.release();
		tell({ kind: 'stopped' });
	}
}

if (port) {
	const tell = (message: FromWorker) => port.postMessage(message);
	main(tell).catch((error: unknown) => {
		const { name, message } = error instanceof Error ? error : new Error(String(error));
		tell({ kind: 'refused', name, message });
	});
}

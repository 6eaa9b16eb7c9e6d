// The reader thread: what looks at many rows runs here, on its own read-only connection, so that it never delays a write.
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openCatalog } from './catalog.ts';
import type { Engine } from './commands/command.ts';
import { openCursors } from './cursors.ts';
import { CommandError } from './errors.ts';
import { failure } from './replies.ts';
import { run } from './run.ts';
import { unlimited } from './scan.ts';
import { openStore, sqliteCode } from './store.ts';
import { decode, encode } from './values.ts';

export type ToReader = { id: number; body: Uint8Array; connectionId: number };
export type FromReader = { id: number; reply: Uint8Array };

function open(file: string): Engine {
	const store = openStore(file, { isReadOnly: true });
	const clock = () => Date.now();
	return {
		store,
		catalog: openCatalog(store),
		cursors: openCursors(true, clock),
		clock,
		startedAt: clock(),
		file,
		isReader: true,
	};
}

/** One command or batch sees one state of the file, which is at least as new as every write acknowledged before it was sent. */
function answer(engine: Engine, asked: ToReader): Uint8Array {
	engine.store.begin();
	try {
		engine.catalog.refresh();
		return run(
			engine,
			{ command: decode(asked.body), sequences: new Map(), connectionId: asked.connectionId },
			unlimited(),
		);
	} catch (error) {
		if (isDropped(error)) {
			return encode(
				failure(new CommandError('QueryPlanKilled', 'query plan killed: a collection or index was dropped')),
			);
		}
		console.error('The embedded database failed on a read:', error);
		return encode(failure(error));
	} finally {
		engine.store.rollback();
	}
}

/** The tables under a cursor are gone when its collection or index was dropped; their names are never given again. */
function isDropped(error: unknown): boolean {
	return sqliteCode(error) === 1 && error instanceof Error && error.message.startsWith('no such table');
}

/** Lets the writing thread go first where processors are few. Linux only: there a thread has a priority of its own. */
function stepBack(): void {
	try {
		setPriority(Number(basename(readlinkSync('/proc/thread-self'))), 5);
	} catch {
		// Another system; the threads share the processors as they come.
	}
}

const port = parentPort;
if (port) {
	stepBack();
	const engine = open((workerData as { file: string }).file);
	setInterval(() => engine.cursors.closeIdle(engine.clock()), 30_000).unref();
	port.on('message', (asked: ToReader) => {
		const reply = answer(engine, asked);
		port.postMessage({ id: asked.id, reply } satisfies FromReader);
	});
}

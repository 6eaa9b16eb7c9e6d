// How the engine's threads are started, and how requests get to the reader's and back.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Request } from './group.ts';
import type { FromReader, ToReader } from './reader.ts';

/** Starts a module of this room in a thread of its own, with compiled code cached in the data directory. */
export function startThread(name: 'worker.ts' | 'reader.ts', dataDir: string, data: object): Worker {
	const module = new URL(`./${name}`, import.meta.url).href;
	const cacheDir = join(dataDir, 'compiled');
	return new Worker(new URL('./thread.js', import.meta.url), { workerData: { ...data, module, cacheDir } });
}

export type Reader = { forward(request: Request): void; close(): Promise<void> };

/** The reader's thread and the requests it has not answered yet. It starts with the first request there is for it. */
export function openReader(dataDir: string, file: string, fail: (error: unknown) => void): Reader {
	const pending = new Map<number, Request>();
	let worker: Worker | null = null;
	let last = 0;
	let isClosing = false;

	function open(): Worker {
		const thread = startThread('reader.ts', dataDir, { file });
		thread.on('message', ({ id, reply }: FromReader) => {
			const request = pending.get(id);
			pending.delete(id);
			request?.answer(reply);
		});
		thread.on('error', fail);
		thread.on('exit', () => {
			if (!isClosing) fail(new Error('the reader thread ended'));
		});
		return thread;
	}

	return {
		forward(request) {
			pending.set(++last, request);
			worker ??= open();
			worker.postMessage({ id: last, body: request.body, connectionId: request.connectionId } satisfies ToReader);
		},
		async close() {
			isClosing = true;
			await worker?.terminate();
		},
	};
}

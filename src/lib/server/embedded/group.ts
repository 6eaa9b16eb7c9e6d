// Group commit: every request read in one turn of the event loop, in one transaction, with one sync to disk, then all answers.
import type { Engine } from './commands/command.ts';
import { CommandError } from './errors.ts';
import { failure } from './replies.ts';
import { type Asked, kindOf, run } from './run.ts';
import { TooManyRows, unlimited } from './scan.ts';
import { diskFull, sqliteCode } from './store.ts';
import { decode, type Doc, encode } from './values.ts';

export type Request = Asked & {
	body: Uint8Array;
	answer: (reply: Uint8Array) => void;
	/** Ends the connection without an answer. */
	hangUp: () => void;
};

export type Group = {
	submit(request: Request): void;
	/** Runs the engine's own work as part of the next group; a full disk leaves it undone. */
	work(act: () => void): void;
};

/** Sends a request to the reader; the answer comes when it has one. */
export type Forward = (request: Request) => void;

/** Rows a read may look at where writes run: what it takes no longer than a sync to disk. */
const inlineRows = 400;

/** Takes requests, one at a time from each connection. `fail` ends the process: a commit failed and nothing was acknowledged. */
export function openGroup(engine: Engine, forward: Forward, fail: (error: unknown) => void): Group {
	let waiting: Request[] = [];
	const own: (() => void)[] = [];

	let hasFailed = false;

	function turn(): void {
		// What is in memory may not be what is in the file; until the process has ended, nobody gets an answer.
		if (hasFailed) return;
		const requests = waiting;
		waiting = [];
		const writes: Request[] = [];
		try {
			for (const request of requests) {
				const kind = kindOf(request.command);
				if (kind === 'write' || request.gathered) writes.push(request);
				else if (kind === 'gather') gather(request);
				else if (kind === 'reader') forward(request);
				else read(request);
			}
			if (writes.length + own.length > 0) commit(writes);
		} catch (error) {
			hasFailed = true;
			fail(error);
		}
	}

	function read(request: Request): void {
		try {
			request.answer(run(engine, request, { rowsLeft: inlineRows, deadline: Infinity }));
		} catch (error) {
			if (error instanceof TooManyRows) return forward(request);
			console.error('The embedded database failed on a read:', error);
			request.answer(encode(failure(error)));
		}
	}

	/** Has the reader look for what is to be written, however long that takes, and then writes it as any other request. */
	function gather(request: Request): void {
		forward({
			...request,
			answer(reply) {
				const { cursor } = decode(reply) as { cursor?: { firstBatch: Doc[] } };
				if (cursor) submit({ ...request, gathered: cursor.firstBatch });
				else request.answer(reply);
			},
		});
	}

	function submit(request: Request): void {
		if (waiting.push(request) + own.length === 1) setImmediate(turn);
	}

	function commit(requests: Request[]): void {
		let answers: Uint8Array[];
		try {
			engine.store.begin();
			answers = requests.map((request) => run(engine, request, unlimited()));
			for (const act of own.splice(0)) act();
			engine.store.commit();
		} catch (error) {
			if (sqliteCode(error) !== diskFull) throw error;
			engine.store.rollback();
			engine.catalog.reload();
			const full = new CommandError('OutOfDiskSpace', 'the disk is full: nothing of this request was stored');
			answers = requests.map(() => encode(failure(full)));
		}
		for (const [at, request] of requests.entries()) request.answer(answers[at]!);
	}

	return {
		submit,
		work(act) {
			if (own.push(act) + waiting.length === 1) setImmediate(turn);
		},
	};
}

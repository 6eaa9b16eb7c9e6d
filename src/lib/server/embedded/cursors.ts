// Results that are fetched in batches. A cursor nobody asks for is closed after ten minutes.
import { randomBytes } from 'node:crypto';
import { cursorNotFound } from './errors.ts';
import { cursorReply } from './replies.ts';
import { TooManyRows } from './scan.ts';
import { maxDocumentBytes } from './wire.ts';

export type Results = Iterator<Uint8Array>;

type Cursor = { namespace: string; results: Results; held: Uint8Array | null; usedAt: number };

export type Cursors = {
	/** The reply with the first batch; what is left stays open for `more`. */
	open(namespace: string, results: Results, batchSize: number, isSingleBatch: boolean): Uint8Array;
	more(id: bigint, namespace: string, batchSize: number): Uint8Array;
	/** Whether a cursor of that name was there to be closed. */
	close(id: bigint): boolean;
	closeIdle(now: number): void;
	count(): number;
};

const idleMs = 10 * 60_000;
export const firstBatchSize = 101;

/** Cursors of one thread. Where none can stay open, results that do not fit the first batch are TooManyRows. */
export function openCursors(canStayOpen: boolean, clock: () => number): Cursors {
	const cursors = new Map<bigint, Cursor>();

	function fill(cursor: Cursor, batchSize: number): { batch: Uint8Array[]; isDone: boolean } {
		const batch: Uint8Array[] = [];
		let bytes = 0;
		while (batch.length < batchSize) {
			const next = cursor.held ?? take(cursor.results);
			cursor.held = null;
			if (!next) return { batch, isDone: true };
			if (batch.length > 0 && bytes + next.length > maxDocumentBytes) {
				cursor.held = next;
				return { batch, isDone: false };
			}
			batch.push(next);
			bytes += next.length;
		}
		if (batchSize > 0) cursor.held = take(cursor.results);
		return { batch, isDone: batchSize > 0 && !cursor.held };
	}

	return {
		open(namespace, results, batchSize, isSingleBatch) {
			const cursor: Cursor = { namespace, results, held: null, usedAt: clock() };
			const { batch, isDone } = fill(cursor, batchSize);
			if (isDone || isSingleBatch) return cursorReply('firstBatch', batch, 0n, namespace);
			if (!canStayOpen) throw new TooManyRows();
			const id = (randomBytes(8).readBigUInt64LE() >> 1n) | 1n;
			cursors.set(id, cursor);
			return cursorReply('firstBatch', batch, id, namespace);
		},
		more(id, namespace, batchSize) {
			const cursor = cursors.get(id);
			if (!cursor || cursor.namespace !== namespace) throw cursorNotFound(`cursor id ${id} not found`);
			cursor.usedAt = clock();
			try {
				const { batch, isDone } = fill(cursor, batchSize);
				if (isDone) cursors.delete(id);
				return cursorReply('nextBatch', batch, isDone ? 0n : id, namespace);
			} catch (error) {
				cursors.delete(id);
				throw error;
			}
		},
		close: (id) => cursors.delete(id),
		closeIdle(now) {
			for (const [id, cursor] of cursors) if (now - cursor.usedAt > idleMs) cursors.delete(id);
		},
		count: () => cursors.size,
	};
}

function take(results: Results): Uint8Array | null {
	const next = results.next();
	return next.done ? null : next.value;
}

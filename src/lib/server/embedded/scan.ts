// Reading a plan's rows, a chunk at a time: no statement stays open between chunks, so nothing holds up the log's checkpoint.
import type { Collection } from './catalog.ts';
import { CommandError } from './errors.ts';
import type { IndexPlan, Interval, Plan } from './planner.ts';
import type { Row } from './records.ts';
import type { Store } from './store.ts';

/** What one command may spend: rows before it has to move to the reader, and time before it is given up. */
export type Budget = { rowsLeft: number; deadline: number };

/** Thrown when a read looks at more rows than it may where it runs. */
export class TooManyRows extends Error {}

export const unlimited = (): Budget => ({ rowsLeft: Infinity, deadline: Infinity });

/** The rows of a plan, in its order, each document once. */
export function* scan(store: Store, collection: Collection, plan: Plan, budget: Budget): Generator<Row> {
	let looked = 0;
	for (const row of rowsOf(store, collection, plan)) {
		if (--budget.rowsLeft < 0) throw new TooManyRows();
		if ((++looked & 255) === 0 && performance.now() > budget.deadline) {
			throw new CommandError('MaxTimeMSExpired', 'operation exceeded time limit');
		}
		yield row;
	}
}

function rowsOf(store: Store, collection: Collection, plan: Plan): Iterable<Row> {
	if (plan.kind === 'scan') return scanAll(store, collection, plan.isReverse);
	if (plan.kind === 'union') return once(plan.plans.map((part) => scanIndex(store, collection, part)));
	const rows = scanIndex(store, collection, plan);
	const canRepeat = plan.index.multikey !== 0;
	return canRepeat ? once([rows]) : rows;
}

function* once(sources: Iterable<Row>[]): Generator<Row> {
	const seen = new Set<number>();
	for (const rows of sources) {
		for (const row of rows) {
			if (seen.has(row.rid)) continue;
			seen.add(row.rid);
			yield row;
		}
	}
}

const firstChunk = 32;
const chunkBytes = 1 << 20;
const largestChunk = 512;

/** How many rows to read next, so that a chunk stays near a megabyte whatever the documents' size. */
function nextChunk(bytes: number, rows: number): number {
	return Math.max(1, Math.min(largestChunk, Math.floor(chunkBytes / Math.max(1, bytes / rows))));
}

function* scanAll(store: Store, collection: Collection, isReverse: boolean): Generator<Row> {
	const [beyond, order] = isReverse ? ['<', 'DESC'] : ['>', 'ASC'];
	const statement = store.sql(
		`SELECT rid, doc FROM c${collection.id} WHERE rid ${beyond} ? ORDER BY rid ${order} LIMIT ?`,
	);
	let last = isReverse ? Number.MAX_SAFE_INTEGER : -1;
	let limit = firstChunk;
	for (;;) {
		const rows = statement.all(last, limit) as unknown as [number, Uint8Array][];
		let size = 0;
		for (const [rid, bytes] of rows) {
			last = rid;
			size += bytes.length;
			yield { rid, bytes };
		}
		if (rows.length < limit) return;
		limit = nextChunk(size, rows.length);
	}
}

function* scanIndex(store: Store, collection: Collection, plan: IndexPlan): Generator<Row> {
	const intervals = plan.isReverse ? plan.intervals.toReversed() : plan.intervals;
	for (const interval of intervals) yield* scanInterval(store, collection, plan, interval);
}

function* scanInterval(store: Store, collection: Collection, plan: IndexPlan, interval: Interval): Generator<Row> {
	const select = `SELECT k.key, k.rid, d.doc FROM i${plan.index.id} AS k CROSS JOIN c${collection.id} AS d ON d.rid = k.rid WHERE `;
	const order = plan.isReverse ? ' ORDER BY k.key DESC, k.rid DESC LIMIT ?' : ' ORDER BY k.key, k.rid LIMIT ?';
	const { from, to } = interval;
	const position = plan.index.isUnique ? ['k.key', '?'] : ['(k.key, k.rid)', '(?, ?)'];
	const first = store.sql(`${select}k.key >= ?${to ? ' AND k.key < ?' : ''}${order}`);
	const beyond = plan.isReverse
		? `${position[0]} < ${position[1]} AND k.key >= ?`
		: `${position[0]} > ${position[1]}${to ? ' AND k.key < ?' : ''}`;
	let limit = firstChunk;
	let rows = first.all(...(to ? [from, to, limit] : [from, limit])) as unknown as [Uint8Array, number, Uint8Array][];
	for (;;) {
		let size = 0;
		for (const [, rid, bytes] of rows) {
			size += bytes.length;
			yield { rid, bytes };
		}
		const last = rows.at(-1);
		if (!last || rows.length < limit) return;
		limit = nextChunk(size, rows.length);
		const at = plan.index.isUnique ? [last[0]] : [last[0], last[1]];
		const bound = plan.isReverse ? [from] : to ? [to] : [];
		rows = store.sql(select + beyond + order).all(...at, ...bound, limit) as unknown as [
			Uint8Array,
			number,
			Uint8Array,
		][];
	}
}

/** One document by its place, or null when it is gone. */
export function fetch(store: Store, collection: Collection, rid: number): Uint8Array | null {
	const row = store.sql(`SELECT doc FROM c${collection.id} WHERE rid = ?`).get(rid) as unknown as
		[Uint8Array] | undefined;
	return row ? row[0] : null;
}

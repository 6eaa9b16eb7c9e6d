// What the engine does by itself every minute: let expired documents go, and give empty pages back to the disk.
import type { Collection } from './catalog.ts';
import type { Engine } from './commands/command.ts';
import type { Index } from './indexes.ts';
import { select } from './query.ts';
import { remove } from './records.ts';
import { unlimited } from './scan.ts';
import type { Doc } from './values.ts';

/** The most documents one transaction removes, so that requests never wait long for it. */
const most = 500;

/** Removes documents that a TTL index has let expire. Returns whether there may be more. Runs inside a transaction. */
export function removeExpired(engine: Engine): boolean {
	let left = most;
	for (const db of engine.catalog.databases()) {
		for (const collection of engine.catalog.list(db)) {
			for (const index of collection.indexes) {
				if (index.expireAfterSeconds !== undefined)
					left -= expire(engine, collection, index, index.expireAfterSeconds, left);
				if (left <= 0) return true;
			}
		}
	}
	return false;
}

function expire(engine: Engine, collection: Collection, index: Index, seconds: number, limit: number): number {
	const before = new Date(engine.clock() - seconds * 1000);
	const isExpired: Doc = { [index.names[0]!]: { $lte: before } };
	const filter = index.partial ? { $and: [index.partial, isExpired] } : isExpired;
	const rows = [...select(engine.store, collection, { filter, hint: index.name, limit }, unlimited())];
	for (const { rid, doc } of rows) remove(engine.store, collection, rid, doc);
	return rows.length;
}

/** Pages of 4 KB given back at a time, once a fifth of the file is empty. */
const pagesAtATime = 256;

export function shrink(engine: Engine): void {
	const [free, all] = ['freelist_count', 'page_count'].map((name) =>
		Number((engine.store.sql(`PRAGMA ${name}`).get() as unknown as [number])[0]),
	);
	if (free! > pagesAtATime && free! > all! / 5) engine.store.exec(`PRAGMA incremental_vacuum(${pagesAtATime})`);
}

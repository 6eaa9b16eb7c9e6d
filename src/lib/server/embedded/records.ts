// The documents of a collection, and the one place where a document and its index entries change together.
import type { Catalog, Collection } from './catalog.ts';
import { CommandError, duplicateKey } from './errors.ts';
import { arrayMask, type Index, keysFor, keyValue } from './indexes.ts';
import type { Store } from './store.ts';
import { type Doc, show } from './values.ts';
import { maxDocumentBytes } from './wire.ts';

/** A stored document: its place in the collection and its bytes. */
export type Row = { rid: number; bytes: Uint8Array };

type Entry = { index: Index; key: Buffer };

/** Adds a document. Throws a duplicate-key error, leaving nothing behind, when a unique index has its key. */
export function insert(store: Store, catalog: Catalog, collection: Collection, doc: Doc, bytes: Uint8Array): void {
	refuseTooLarge(bytes);
	const entries = entriesOf(collection, doc);
	const { lastInsertRowid } = store.sql(`INSERT INTO c${collection.id} (doc) VALUES (?)`).run(bytes);
	const rid = Number(lastInsertRowid);
	try {
		addEntries(store, collection, entries, rid, doc);
	} catch (error) {
		if (error instanceof CommandError) store.sql(`DELETE FROM c${collection.id} WHERE rid = ?`).run(rid);
		throw error;
	}
	markArrays(catalog, collection, doc);
}

/** Puts `doc` in the place of `old`. Throws a duplicate-key error, leaving everything as it was. */
export function replace(
	store: Store,
	catalog: Catalog,
	collection: Collection,
	rid: number,
	old: Doc,
	doc: Doc,
	bytes: Uint8Array,
): void {
	refuseTooLarge(bytes);
	const added: Entry[] = [];
	const removed: Entry[] = [];
	for (const index of collection.indexes) {
		if (index.heads.every((name) => old[name] === doc[name])) continue;
		const before = keysFor(index, old);
		const now = keysFor(index, doc);
		for (const key of now) if (!before.some((other) => other.equals(key))) added.push({ index, key });
		for (const key of before) if (!now.some((other) => other.equals(key))) removed.push({ index, key });
	}
	addEntries(store, collection, added, rid, doc);
	removeEntries(store, removed, rid);
	store.sql(`UPDATE c${collection.id} SET doc = ? WHERE rid = ?`).run(bytes, rid);
	markArrays(catalog, collection, doc);
}

/** Removes a document and its entries. */
export function remove(store: Store, collection: Collection, rid: number, doc: Doc): void {
	removeEntries(store, entriesOf(collection, doc), rid);
	store.sql(`DELETE FROM c${collection.id} WHERE rid = ?`).run(rid);
}

/** Fills a new index from the documents that are there. Throws a duplicate-key error when two have the same key. */
export function build(
	store: Store,
	catalog: Catalog,
	collection: Collection,
	index: Index,
	decode: (bytes: Uint8Array) => Doc,
): void {
	let last = -1;
	for (;;) {
		const rows = store.sql(`SELECT rid, doc FROM c${collection.id} WHERE rid > ? ORDER BY rid LIMIT 512`).all(last);
		for (const [rid, bytes] of rows as unknown as [number, Uint8Array][]) {
			const doc = decode(bytes);
			const entries = keysFor(index, doc).map((key) => ({ index, key }));
			addEntries(store, collection, entries, rid, doc);
			const mask = arrayMask(index, doc);
			if ((mask & ~index.multikey) !== 0) catalog.setMultikey(index, mask);
			last = rid;
		}
		if (rows.length < 512) return;
	}
}

function refuseTooLarge(bytes: Uint8Array): void {
	if (bytes.length <= maxDocumentBytes) return;
	throw new CommandError(
		'BSONObjectTooLarge',
		`object to insert too large. size in bytes: ${bytes.length}, max size: ${maxDocumentBytes}`,
	);
}

function entriesOf(collection: Collection, doc: Doc): Entry[] {
	const entries: Entry[] = [];
	for (const index of collection.indexes) for (const key of keysFor(index, doc)) entries.push({ index, key });
	return entries;
}

/** Unique indexes go first, because only they can refuse; what was added before a refusal is taken out again. */
function addEntries(store: Store, collection: Collection, entries: Entry[], rid: number, doc: Doc): void {
	const unique = entries.filter((entry) => entry.index.isUnique);
	for (let at = 0; at < unique.length; at++) {
		const { index, key } = unique[at]!;
		if (store.sql(`INSERT OR IGNORE INTO i${index.id} (key, rid) VALUES (?, ?)`).run(key, rid).changes) continue;
		removeEntries(store, unique.slice(0, at), rid);
		const value = keyValue(index, doc, key);
		throw duplicateKey(collection.namespace, index.name, index.spec['key'] as Doc, value, show(value));
	}
	for (const { index, key } of entries) {
		if (!index.isUnique) store.sql(`INSERT INTO i${index.id} (key, rid) VALUES (?, ?)`).run(key, rid);
	}
}

function removeEntries(store: Store, entries: Entry[], rid: number): void {
	for (const { index, key } of entries) store.sql(`DELETE FROM i${index.id} WHERE key = ? AND rid = ?`).run(key, rid);
}

function markArrays(catalog: Catalog, collection: Collection, doc: Doc): void {
	for (const index of collection.indexes) {
		const mask = arrayMask(index, doc);
		if ((mask & ~index.multikey) !== 0) catalog.setMultikey(index, mask);
	}
}

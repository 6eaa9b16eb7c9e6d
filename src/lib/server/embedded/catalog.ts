// The catalog: which collections and indexes there are. Kept in the file, mirrored in memory, reloaded after a rollback.
import { randomUUID } from 'node:crypto';
import { CommandError, namespaceExists } from './errors.ts';
import { defineIndex, type Index } from './indexes.ts';
import type { Store } from './store.ts';
import { decode, type Doc, encode } from './values.ts';

export type Collection = { id: number; db: string; name: string; namespace: string; uuid: Buffer; indexes: Index[] };

export type Catalog = {
	find(db: string, name: string): Collection | undefined;
	list(db: string): Collection[];
	databases(): string[];
	create(db: string, name: string): Collection;
	drop(collection: Collection): void;
	rename(collection: Collection, db: string, name: string): void;
	addIndex(collection: Collection, spec: Doc): Index;
	dropIndex(collection: Collection, index: Index): void;
	setSpec(index: Index, spec: Doc): void;
	/** Remembers that a field of the index holds arrays; never forgotten until the index is dropped. */
	setMultikey(index: Index, mask: number): void;
	/** Reads the file again when it changed since the last time. */
	refresh(): void;
	reload(): void;
};

export function openCatalog(store: Store): Catalog {
	let collections = new Map<string, Collection>();
	let version = -1;

	const readVersion = () => Number((store.sql('SELECT catalog FROM version').get() as unknown as [number])[0]);
	const changed = () => {
		store.sql('UPDATE version SET catalog = catalog + 1').run();
		version = readVersion();
	};
	/** The number of a new table: what a dropped one was called is never used again, for a cursor may still be on it. */
	const newId = () => {
		changed();
		return version;
	};

	function reload(): void {
		version = readVersion();
		collections = new Map();
		const byId = new Map<number, Collection>();
		const rows = store.sql('SELECT id, db, name, uuid FROM collections ORDER BY id').all();
		for (const [id, db, name, uuid] of rows as unknown as [number, string, string, Uint8Array][]) {
			const collection = { id, db, name, namespace: `${db}.${name}`, uuid: Buffer.from(uuid), indexes: [] };
			byId.set(id, collection);
			collections.set(collection.namespace, collection);
		}
		const specs = store.sql('SELECT id, collection, spec, multikey FROM indexes ORDER BY id').all();
		for (const [id, owner, spec, multikey] of specs as unknown as [number, number, Uint8Array, number][]) {
			byId.get(owner)?.indexes.push(defineIndex(id, decode(spec), multikey));
		}
	}

	function create(db: string, name: string): Collection {
		refuseBadName(db, name);
		if (collections.has(`${db}.${name}`)) throw namespaceExists(`Collection ${db}.${name} already exists.`);
		const uuid = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
		const id = newId();
		store.sql('INSERT INTO collections (id, db, name, uuid) VALUES (?, ?, ?, ?)').run(id, db, name, uuid);
		store.exec(`CREATE TABLE c${id} (rid INTEGER PRIMARY KEY, doc BLOB NOT NULL)`);
		const collection: Collection = { id, db, name, namespace: `${db}.${name}`, uuid, indexes: [] };
		collections.set(collection.namespace, collection);
		addIndex(collection, { v: 2, key: { _id: 1 }, name: '_id_' });
		return collection;
	}

	function addIndex(collection: Collection, spec: Doc): Index {
		const id = newId();
		store
			.sql('INSERT INTO indexes (id, collection, name, spec) VALUES (?, ?, ?, ?)')
			.run(id, collection.id, String(spec['name']), encode(spec));
		const index = defineIndex(id, decode(encode(spec)), 0);
		store.exec(
			`CREATE TABLE i${index.id} (key BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (${index.isUnique ? 'key' : 'key, rid'})) WITHOUT ROWID`,
		);
		collection.indexes.push(index);
		return index;
	}

	function dropIndex(collection: Collection, index: Index): void {
		store.exec(`DROP TABLE i${index.id}`);
		store.sql('DELETE FROM indexes WHERE id = ?').run(index.id);
		collection.indexes = collection.indexes.filter((other) => other !== index);
		changed();
	}

	reload();
	return {
		find: (db, name) => collections.get(`${db}.${name}`),
		list: (db) => [...collections.values()].filter((collection) => collection.db === db),
		databases: () => [...new Set([...collections.values()].map((collection) => collection.db))].sort(),
		create,
		drop(collection) {
			for (const index of collection.indexes) dropIndex(collection, index);
			store.exec(`DROP TABLE c${collection.id}`);
			store.sql('DELETE FROM collections WHERE id = ?').run(collection.id);
			collections.delete(collection.namespace);
			changed();
		},
		rename(collection, db, name) {
			refuseBadName(db, name);
			store.sql('UPDATE collections SET db = ?, name = ? WHERE id = ?').run(db, name, collection.id);
			collections.delete(collection.namespace);
			Object.assign(collection, { db, name, namespace: `${db}.${name}` });
			collections.set(collection.namespace, collection);
			changed();
		},
		addIndex,
		dropIndex,
		setSpec(index, spec) {
			store.sql('UPDATE indexes SET spec = ? WHERE id = ?').run(encode(spec), index.id);
			Object.assign(index, defineIndex(index.id, spec, index.multikey));
			changed();
		},
		setMultikey(index, mask) {
			index.multikey |= mask;
			store.sql('UPDATE indexes SET multikey = ? WHERE id = ?').run(index.multikey, index.id);
			changed();
		},
		refresh() {
			if (readVersion() !== version) reload();
		},
		reload,
	};
}

/** Names a collection or a database cannot have. */
function refuseBadName(db: string, name: string): void {
	const isBadDb = db === '' || Buffer.byteLength(db) > 63 || /[/\\. "$\0]/.test(db);
	if (isBadDb) throw new CommandError('InvalidNamespace', `Invalid database name: '${db}'`);
	const isBadName =
		name === '' || name.includes('$') || name.includes('\0') || name.startsWith('.') || name.startsWith('system.');
	if (isBadName || Buffer.byteLength(`${db}.${name}`) > 255) {
		throw new CommandError('InvalidNamespace', `Invalid collection name: '${db}.${name}'`);
	}
}

// Looks at a database file from outside: is it whole, and does every index hold exactly what a scan says it should?
import { openCatalog } from '#lib/server/embedded/catalog.ts';
import { keysFor } from '#lib/server/embedded/indexes.ts';
import { checkFile, openStore } from '#lib/server/embedded/store.ts';
import { decode } from '#lib/server/embedded/values.ts';

/** The number of documents. Throws when the file is damaged or an index differs from the documents. */
export function checkWhole(file: string): number {
	const store = openStore(file, { isReadOnly: true });
	let count = 0;
	try {
		checkFile(file);
		const catalog = openCatalog(store);
		for (const collection of catalog.databases().flatMap((db) => catalog.list(db))) {
			const rows = store.sql(`SELECT rid, doc FROM c${collection.id}`).all() as unknown as [number, Uint8Array][];
			const documents = rows.map(([rid, bytes]) => ({ rid, doc: decode(bytes) }));
			count += documents.length;
			for (const index of collection.indexes) {
				const entry = (key: Uint8Array, rid: number) => `${Buffer.from(key).toString('hex')} ${rid}`;
				const expected = documents.flatMap(({ rid, doc }) => keysFor(index, doc).map((key) => entry(key, rid))).sort();
				const stored = store.sql(`SELECT key, rid FROM i${index.id}`).all() as unknown as [Uint8Array, number][];
				const found = stored.map(([key, rid]) => entry(key, rid)).sort();
				if (expected.join() !== found.join()) {
					throw new Error(
						`index ${index.name} of ${collection.namespace} has ${found.length} entries, a scan gives ${expected.length}`,
					);
				}
			}
		}
	} finally {
		store.close();
	}
	return count;
}

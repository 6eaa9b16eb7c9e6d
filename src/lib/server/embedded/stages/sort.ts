// Sorting a stream: all of it within the memory limit, or only as many documents as are wanted from its start.
import type { Sort } from '../sort.ts';
import type { Doc } from '../values.ts';
import { Budget, sizeOf } from './memory.ts';

interface Entry {
	key: readonly unknown[];
	doc: Doc;
	bytes: number;
}

/** The documents in order; equal ones stay as they came. With a limit no more than twice as many are ever held. */
export function* sortDocs(docs: Iterable<Doc>, sort: Sort, limit = Infinity): Iterable<Doc> {
	const budget = new Budget('$sort');
	const held = Math.max(2 * limit, 1000);
	const inOrder = (a: Entry, b: Entry) => sort.compareKeys(a.key, b.key);
	const entries: Entry[] = [];
	for (const doc of docs) {
		const bytes = sizeOf(doc) + 64;
		budget.take(bytes);
		entries.push({ key: sort.keyOf(doc), doc, bytes });
		if (entries.length <= held) continue;
		entries.sort(inOrder);
		for (const dropped of entries.splice(limit)) budget.release(dropped.bytes);
	}
	entries.sort(inOrder);
	for (let at = 0; at < Math.min(limit, entries.length); at++) yield (entries[at] as Entry).doc;
}

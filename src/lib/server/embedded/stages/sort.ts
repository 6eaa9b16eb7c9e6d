// Sorting a stream: all of it within the memory limit, or only as many as are wanted from its start.
import type { Sort } from '../sort.ts';
import type { Doc } from '../values.ts';
import { Budget, sizeOf } from './memory.ts';

/** How much may pile up beyond what is wanted before the rest is dropped. */
const slackBytes = 16 * 1024 * 1024;

/** The rows in order; equal ones stay as they came. Beyond `limit` rows, only what is worth dropping at once is held. */
export function* sortRows<Row extends { doc: Doc }>(
	rows: Iterable<Row>,
	sort: Sort,
	bytesOf: (row: Row) => number,
	limit = Infinity,
): Generator<Row> {
	const budget = new Budget('$sort');
	const most = Math.max(2 * limit, 1000);
	const held: { key: readonly unknown[]; row: Row }[] = [];
	let added = 0;
	const order = () => held.sort((a, b) => sort.compareKeys(a.key, b.key));
	for (const row of rows) {
		const bytes = bytesOf(row);
		budget.take(bytes);
		added += bytes;
		held.push({ key: sort.keyOf(row.doc), row });
		if (held.length <= limit || (held.length <= most && added <= slackBytes)) continue;
		order();
		for (const { row: dropped } of held.splice(limit)) budget.release(bytesOf(dropped));
		added = 0;
	}
	order();
	for (const { row } of limit < held.length ? held.slice(0, limit) : held) yield row;
}

/** Documents in order. */
export function* sortDocs(docs: Iterable<Doc>, sort: Sort, limit?: number): Generator<Doc> {
	for (const { doc } of sortRows(wrapped(docs), sort, (row) => sizeOf(row.doc) + 64, limit)) yield doc;
}

function* wrapped(docs: Iterable<Doc>): Generator<{ doc: Doc }> {
	for (const doc of docs) yield { doc };
}

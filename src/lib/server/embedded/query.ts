// Selecting documents: plan, filter, sort, skip and limit, one document at a time wherever the order allows it.
import type { Collection } from './catalog.ts';
import { type Names, namesOf, pick } from './elements.ts';
import { both, type Fields, filterFields, headsOf } from './fields.ts';
import { compileFilter } from './matcher.ts';
import { plan } from './planner.ts';
import type { Row } from './records.ts';
import { type Budget, scan } from './scan.ts';
import { compileSort } from './sort.ts';
import { sortRows } from './stages/sort.ts';
import type { Store } from './store.ts';
import { decode, type Doc } from './values.ts';

export type Query = {
	filter: Doc;
	sort?: Doc | undefined;
	skip?: number;
	limit?: number;
	hint?: unknown;
	/** The fields of the documents that whoever asks looks at; all when it does not say. */
	fields?: Fields;
};

/** A stored document that was selected; `doc` has the fields asked for, `bytes` has all. */
export type Selected = Row & { doc: Doc };

/** The documents a query selects. The query is checked even when there is no collection. */
export function select(
	store: Store,
	collection: Collection | undefined,
	query: Query,
	budget: Budget,
): Iterable<Selected> {
	const matches = compileFilter(query.filter);
	const spec = query.sort ?? {};
	const natural = spec['$natural'];
	const sort = compileSort(natural === undefined ? spec : {});
	if (!collection) return [];
	const chosen = plan(collection, query.filter, {
		hint: natural === undefined ? query.hint : { $natural: natural },
		sort: sort.keys.map(({ path, direction }) => ({ name: path.join('.'), isDescending: direction < 0 })),
	});
	const skip = query.skip ?? 0;
	const limit = query.limit || Infinity;
	const isSorted = sort.keys.length === 0 || (chosen.kind === 'index' && chosen.isSorted);
	const read = both(query.fields ?? null, both(filterFields(query.filter), headsOf(Object.keys(spec))));
	const matching = filtered(scan(store, collection, chosen, budget), matches, read && namesOf(read));
	return slice(
		isSorted ? matching : sortRows(matching, sort, ({ bytes }) => bytes.length + 64, skip + limit),
		skip,
		limit,
	);
}

function* filtered(rows: Iterable<Row>, matches: (doc: Doc) => boolean, names: Names | null): Generator<Selected> {
	for (const { rid, bytes } of rows) {
		const doc = names ? (names.length > 0 ? decode(pick(bytes, names)) : {}) : decode(bytes);
		if (matches(doc)) yield { rid, bytes, doc };
	}
}

function* slice(rows: Iterable<Selected>, skip: number, limit: number): Generator<Selected> {
	let at = 0;
	for (const row of rows) {
		if (at++ < skip) continue;
		yield row;
		if (at - skip >= limit) return;
	}
}

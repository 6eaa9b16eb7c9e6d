// The order of a sort: arrays count by their smallest element going up and by their largest going down.
import { compare } from './compare.ts';
import { badValue, CommandError, unsupported } from './errors.ts';
import { toNumber } from './numbers.ts';
import { fieldPath, keyTuples } from './paths.ts';
import { type Doc, field, isDoc } from './values.ts';

export interface SortKey {
	path: readonly string[];
	direction: 1 | -1;
}

/** A compiled sort: `keyOf` once a document, then `compareKeys`, or both at once with `compareDocs`. */
export interface Sort {
	keys: readonly SortKey[];
	keyOf: (doc: Doc) => readonly unknown[];
	compareKeys: (a: readonly unknown[], b: readonly unknown[]) => number;
	compareDocs: (a: Doc, b: Doc) => number;
}

/** Compiles `{ score: -1, answeredAt: 1 }`. An empty specification keeps every order. */
export function compileSort(spec: Doc): Sort {
	const keys = Object.entries(spec).map(([name, direction]) => ({
		path: parsePath(name),
		direction: parseDirection(direction),
	}));
	const paths = keys.map((key) => key.path);
	const compareKeys = (a: readonly unknown[], b: readonly unknown[]) => {
		for (let at = 0; at < keys.length; at++) {
			const order = compare(a[at], b[at]);
			if (order !== 0) return order * (keys[at] as SortKey).direction;
		}
		return 0;
	};
	const keyOf = (doc: Doc): readonly unknown[] => {
		const simple = simpleKey(doc, paths);
		if (simple) return simple;
		const tuples = sortTuples(doc, paths).map((tuple) => tuple.map(nullForMissing));
		return tuples.reduce((least, tuple) => (compareKeys(tuple, least) < 0 ? tuple : least));
	};
	return { keys, keyOf, compareKeys, compareDocs: (a, b) => compareKeys(keyOf(a), keyOf(b)) };
}

const nullForMissing = (value: unknown) => (value === undefined ? null : value);

/** The key of a document that has no array on any path, or undefined. */
function simpleKey(doc: Doc, paths: readonly (readonly string[])[]): unknown[] | undefined {
	const key: unknown[] = [];
	for (const path of paths) {
		let value: unknown = doc;
		for (const name of path) {
			value = isDoc(value) ? field(value, name) : undefined;
			if (Array.isArray(value)) return undefined;
		}
		key.push(nullForMissing(value));
	}
	return key;
}

function sortTuples(doc: Doc, paths: readonly (readonly string[])[]): unknown[][] {
	try {
		return keyTuples(doc, paths);
	} catch (error) {
		if (error instanceof CommandError) throw badValue('cannot sort with keys that are parallel arrays');
		throw error;
	}
}

function parsePath(name: string): string[] {
	if (name === '$natural') throw unsupported('sort key', name);
	return fieldPath(name);
}

function parseDirection(value: unknown): 1 | -1 {
	if (isDoc(value)) throw unsupported('sort by expression', Object.keys(value)[0] ?? '{}');
	const number = toNumber(value);
	if (number === undefined) throw new CommandError(15974, '$sort key ordering must be a number');
	if (number !== 1 && number !== -1)
		throw new CommandError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
	return number;
}

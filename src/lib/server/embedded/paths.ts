// Dotted paths: how they reach through documents and arrays for queries, for expressions and for keys of indexes and sorts.
import { CommandError } from './errors.ts';
import { type Doc, emptyArrayKey, field, isDoc } from './values.ts';

/** The array position a path component names ("0", "12"; not "01"), or -1. */
export const positionOf = (component: string): number =>
	/^(0|[1-9]\d{0,8})$/.test(component) ? Number(component) : -1;

/** Splits the path that a projection, a sort, a stage or an expression names a field by, refusing one that names none. */
export function fieldPath(name: string): string[] {
	if (name === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
	if (name.endsWith('.')) throw new CommandError(40353, `FieldPath must not end with a '.': '${name}'`);
	const path = name.split('.');
	if (path.includes('')) throw new CommandError(15998, `FieldPath field names may not be empty strings: '${name}'`);
	if (path.some((part) => part.startsWith('$')))
		throw new CommandError(16410, `FieldPath field names may not start with '$': '${name}'`);
	return path;
}

/** What a query sees at a path; returning true stops the walk. `index` is the position in the outermost array passed. */
export type Visit = (value: unknown, index: number) => boolean;

/**
 * Visits every value a query's path stands for. An array on the way is entered through each of its documents and, when the next
 * component is a number, at that position; an array at the end is visited element by element and then, when `leaves`, as a whole.
 * A missing field is visited once, as undefined.
 */
export function visit(doc: Doc, path: readonly string[], expandLeaf: boolean, see: Visit): boolean {
	return visitFrom(doc, path, 0, expandLeaf, -1, see);
}

function visitFrom(
	start: Doc,
	path: readonly string[],
	from: number,
	expandLeaf: boolean,
	index: number,
	see: Visit,
): boolean {
	let value: unknown = start;
	let at = from;
	while (at < path.length && isDoc(value)) value = field(value, path[at++] as string);
	if (Array.isArray(value)) return visitArray(value, path, at, expandLeaf, index, see);
	return see(at < path.length && !isDoc(value) ? undefined : value, index);
}

function visitArray(
	array: unknown[],
	path: readonly string[],
	at: number,
	expandLeaf: boolean,
	index: number,
	see: Visit,
): boolean {
	if (at === path.length) {
		if (expandLeaf) {
			for (let position = 0; position < array.length; position++) {
				if (see(array[position], index < 0 ? position : index)) return true;
			}
		}
		return see(array, index);
	}
	const wanted = positionOf(path[at] as string);
	for (let position = 0; position < array.length; position++) {
		const element = array[position];
		const outer = index < 0 ? position : index;
		if (isDoc(element) && visitFrom(element, path, at, expandLeaf, outer, see)) return true;
		if (position !== wanted) continue;
		if (at + 1 === path.length) {
			if (see(element, outer)) return true;
		} else if (isDoc(element)) {
			if (visitFrom(element, path, at + 1, expandLeaf, outer, see)) return true;
		} else if (Array.isArray(element) && visitArray(element, path, at + 1, expandLeaf, outer, see)) return true;
	}
	return false;
}

/** What an expression's "$a.b" stands for: arrays are mapped over, missing elements left out, numbers are plain names. */
export function valueAt(start: unknown, path: readonly string[], from = 0): unknown {
	let value = start;
	for (let at = from; at < path.length; at++) {
		if (Array.isArray(value)) {
			const found: unknown[] = [];
			for (const element of value) {
				const inner = isDoc(element) ? valueAt(element, path, at) : undefined;
				if (inner !== undefined) found.push(inner);
			}
			return found;
		}
		if (!isDoc(value)) return undefined;
		value = field(value, path[at] as string);
	}
	return value;
}

interface Pending {
	value: unknown;
	/** How many components of the path are used up. */
	at: number;
	isElement: boolean;
}

/**
 * The keys a document has under a compound pattern: one tuple, or one for each element of the array that the paths share.
 * A missing field is undefined, an empty array `emptyArrayKey`. Two different arrays at once are refused.
 */
export function keyTuples(doc: Doc, paths: readonly (readonly string[])[]): unknown[][] {
	return expand(
		paths.map(() => ({ value: doc, at: 0, isElement: false })),
		paths,
	);
}

function expand(pending: readonly Pending[], paths: readonly (readonly string[])[]): unknown[][] {
	let shared: unknown[] | undefined;
	const walked = pending.map((start, which) => {
		const reached = walk(start, paths[which] as readonly string[]);
		if (Array.isArray(reached.value) && !reached.isElement) {
			if (shared !== undefined && shared !== reached.value) {
				throw new CommandError(
					'CannotIndexParallelArrays',
					`cannot index parallel arrays: ${paths.map((path) => `[${path.join('.')}]`).join(' ')}`,
				);
			}
			shared = reached.value;
		}
		return reached;
	});
	if (shared === undefined) return [walked.map((reached) => reached.value)];
	const array = shared;
	const isSame = (reached: Pending) => reached.value === array && !reached.isElement;
	const with_ = (element: unknown) =>
		walked.map((reached, which) => {
			if (!isSame(reached)) return reached;
			const isLeaf = reached.at === (paths[which] as readonly string[]).length;
			if (isLeaf) return { value: element, at: reached.at, isElement: true };
			return { value: isDoc(element) ? element : undefined, at: reached.at, isElement: false };
		});
	if (array.length === 0) return expand(with_(emptyArrayKey), paths);
	return array.flatMap((element) => expand(with_(element), paths));
}

function walk(start: Pending, path: readonly string[]): Pending {
	let { value, at } = start;
	if (start.isElement) return start;
	while (at < path.length) {
		if (isDoc(value)) value = field(value, path[at++] as string);
		else if (Array.isArray(value)) {
			const position = positionOf(path[at] as string);
			if (position < 0) break;
			value = value[position];
			at++;
		} else return { value: undefined, at: path.length, isElement: false };
	}
	return { value, at, isElement: false };
}

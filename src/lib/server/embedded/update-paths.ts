// Where an update writes: dotted paths with positional parts, resolved for one document and changed copy-on-write.
import { conflictingUpdate, dollarPrefixed, emptyFieldName, pathNotViable, badValue } from './errors.ts';
import { compareStrings } from './compare.ts';
import { positionOf } from './paths.ts';
import { type Doc, field, isDoc, setField, show } from './values.ts';

export type UpdatePath = readonly string[];

/** Splits and checks the path of an update operator: `answers.$[].score`. */
export function parseUpdatePath(name: string): UpdatePath {
	if (name === '') throw emptyFieldName('An empty update path is not valid.');
	const path = name.split('.');
	for (const [at, part] of path.entries()) {
		if (part === '')
			throw emptyFieldName(`The update path '${name}' contains an empty field name, which is not allowed.`);
		if (!part.startsWith('$')) continue;
		if (at === 0) {
			if (part === '$' || part.startsWith('$[')) {
				throw badValue(`Cannot have positional (i.e. '$') element in the first position in path '${name}'`);
			}
			throw dollarPrefixed(
				`The dollar ($) prefixed field '${part}' in '${name}' is not allowed in the context of an update's path.`,
			);
		}
		if (part !== '$' && !/^\$\[(?:[a-z][A-Za-z0-9]*)?\]$/.test(part)) {
			throw dollarPrefixed(`The dollar ($) prefixed field '${part}' in '${name}' is not valid for storage.`);
		}
	}
	if (path.filter((part) => part === '$').length > 1)
		throw badValue(`Too many positional (i.e. '$') elements found in path '${name}'`);
	return path;
}

export const isPositional = (path: UpdatePath): boolean => path.some((part) => part.startsWith('$'));

/** The order in which updates are applied, and so new fields appear: by name, positions as numbers. */
export function comparePaths(a: UpdatePath, b: UpdatePath): number {
	for (let at = 0; at < a.length && at < b.length; at++) {
		const left = a[at] as string;
		const right = b[at] as string;
		const bothNumbers = /^\d+$/.test(left) && /^\d+$/.test(right);
		const order = (bothNumbers ? Number(left) - Number(right) : 0) || compareStrings(left, right);
		if (order !== 0) return order;
	}
	return a.length - b.length;
}

/** Refuses two updates of which one writes at or below the other. */
export function refuseConflicts(paths: readonly UpdatePath[]): void {
	const written = new Set<string>();
	for (const path of paths) {
		const name = path.join('.');
		if (written.has(name)) throw conflict(name, name);
		written.add(name);
	}
	for (const path of paths) {
		for (let depth = 1; depth < path.length; depth++) {
			const above = path.slice(0, depth).join('.');
			if (written.has(above)) throw conflict(path.join('.'), above);
		}
	}
}

const conflict = (name: string, at: string) =>
	conflictingUpdate(`Updating the path '${name}' would create a conflict at '${at}'`);

/** What the positional parts of a path stand for in the document at hand. */
export interface Positions {
	/** The array position the query matched, -1 without one. */
	matched: () => number;
	/** The test behind each `$[identifier]`. */
	filters: ReadonlyMap<string, (element: unknown) => boolean>;
}

/** Replaces `$`, `$[]` and `$[identifier]` by the positions they stand for. */
export function resolve(path: UpdatePath, doc: Doc, positions: Positions): UpdatePath[] {
	if (!isPositional(path)) return [path];
	return resolveFrom(path, 0, doc, positions);
}

function resolveFrom(path: UpdatePath, at: number, value: unknown, positions: Positions): UpdatePath[] {
	if (at === path.length) return [[]];
	const part = path[at] as string;
	const below = (name: string, inner: unknown) =>
		resolveFrom(path, at + 1, inner, positions).map((rest) => [name, ...rest]);
	if (!part.startsWith('$')) return below(part, child(value, part));
	if (part === '$') {
		const index = positions.matched();
		if (index < 0) throw badValue('The positional operator did not find the match needed from the query.');
		return below(String(index), child(value, String(index)));
	}
	if (!Array.isArray(value)) {
		const where = path.slice(0, at).join('.');
		if (value === undefined)
			throw badValue(`The path '${where}' must exist in the document in order to apply array updates.`);
		throw badValue(`Cannot apply array updates to non-array element ${path[at - 1]}: ${show(value)}`);
	}
	const filter = part === '$[]' ? undefined : positions.filters.get(part.slice(2, -1));
	return value.flatMap((element: unknown, index) => (!filter || filter(element) ? below(String(index), element) : []));
}

function child(value: unknown, name: string): unknown {
	if (Array.isArray(value)) return positionOf(name) < 0 ? undefined : (value as unknown[])[positionOf(name)];
	return isDoc(value) ? field(value, name) : undefined;
}

/** The value at a path, numbers being positions where they meet an array. */
export const read = (value: unknown, path: UpdatePath): unknown => path.reduce<unknown>(child, value);

/** Computes the value to store from the one that is there; undefined stands for no field. */
export type Change = (old: unknown) => unknown;

/**
 * Changes the value at a path and returns the new document, or the same one when nothing changed. A change that removes or keeps
 * things (`isCreating` false) passes over paths that lead nowhere; one that creates makes documents on the way.
 */
export function changeAt(doc: Doc, path: UpdatePath, change: Change, isCreating: boolean): Doc {
	return changeDoc(doc, path, 0, change, isCreating);
}

function changeDoc(doc: Doc, path: UpdatePath, at: number, change: Change, isCreating: boolean): Doc {
	const name = path[at] as string;
	const old = field(doc, name);
	const value = changeValue(old, path, at + 1, change, isCreating);
	if (value === old) return doc;
	const copy = { ...doc };
	if (value === undefined) delete copy[name];
	else setField(copy, name, value);
	return copy;
}

function changeValue(old: unknown, path: UpdatePath, at: number, change: Change, isCreating: boolean): unknown {
	if (at === path.length) return change(old);
	if (isDoc(old)) return changeDoc(old, path, at, change, isCreating);
	if (Array.isArray(old)) return changeArray(old, path, at, change, isCreating);
	if (!isCreating) return old;
	if (old === undefined) {
		const made = changeDoc({}, path, at, change, isCreating);
		return Object.keys(made).length === 0 ? undefined : made;
	}
	throw pathNotViable(`Cannot create field '${path[at]}' in element {${path[at - 1]}: ${show(old)}}`);
}

const backfillLimit = 1_500_000;

function changeArray(array: unknown[], path: UpdatePath, at: number, change: Change, isCreating: boolean): unknown[] {
	const position = positionOf(path[at] as string);
	if (position < 0) {
		if (!isCreating) return array;
		throw pathNotViable(`Cannot create field '${path[at]}' in element {${path[at - 1]}: ${show(array)}}`);
	}
	const old = array[position];
	if (old === undefined && !isCreating) return array;
	const value = changeValue(old, path, at + 1, change, isCreating) ?? null;
	if (value === old) return array;
	if (position > array.length + backfillLimit)
		throw badValue(`cannot backfill array to larger than ${backfillLimit} elements`);
	const copy = array.slice();
	while (copy.length < position) copy.push(null);
	copy[position] = value;
	return copy;
}

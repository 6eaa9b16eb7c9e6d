// $merge: what becomes of each document a pipeline hands to another collection. The writing is the caller's.
import { CommandError, failedToParse, immutableField, unsupported } from '../errors.ts';
import type { Scope } from '../expressions/scope.ts';
import { isEqual } from '../compare.ts';
import { valueAt } from '../paths.ts';
import { type Doc, isDoc, show } from '../values.ts';

/** A compiled $merge. For each document: find by `filterFor`, and write what `combine` answers. */
export interface Merge {
	/** Undefined for the database the pipeline runs on. */
	database: string | undefined;
	collection: string;
	/** The fields that identify a document; the collection needs a unique index on exactly these. */
	on: readonly string[];
	filterFor: (doc: Doc) => Doc;
	/** The document to store in place of the existing one, or to insert when there is none; undefined to leave things be. */
	combine: (doc: Doc, existing: Doc | undefined) => Doc | undefined;
}

type Matched = (existing: Doc, doc: Doc) => Doc | undefined;

const matchedModes: Record<string, Matched> = {
	replace: (existing, doc) => ({ _id: existing._id, ...doc }),
	keepExisting: () => undefined,
	merge: (existing, doc) => ({ ...existing, ...doc }),
	fail: (_existing, doc) => {
		throw new CommandError(
			'DuplicateKey',
			`$merge with whenMatched: fail found an existing document for ${show(doc._id)}`,
		);
	},
};

const unmatchedModes: Record<string, (doc: Doc) => Doc | undefined> = {
	insert: (doc) => doc,
	discard: () => undefined,
	fail: (doc) => {
		throw new CommandError(
			13113,
			`$merge could not find a matching document in the target collection for ${show(doc._id)}`,
		);
	},
};

export function compileMerge(
	operand: unknown,
	scope: Scope,
	compileUpdate: (pipeline: unknown, scope: Scope) => (doc: Doc) => Doc,
): Merge {
	const spec: Doc = isDoc(operand) ? operand : { into: operand };
	for (const name of Object.keys(spec)) {
		if (name === 'let') throw unsupported('option of $merge', name);
		if (!['into', 'on', 'whenMatched', 'whenNotMatched'].includes(name))
			throw failedToParse(`BSON field '$merge.${name}' is an unknown field.`);
	}
	const { into, on = '_id', whenMatched = 'merge', whenNotMatched = 'insert' } = spec;
	const target: Doc = isDoc(into) ? into : { coll: into };
	const isTarget = (name: string) => (name === 'coll' || name === 'db') && typeof target[name] === 'string';
	if (!Object.keys(target).every(isTarget) || !target.coll)
		throw failedToParse("$merge needs 'into' to be a collection's name, or { db, coll }");
	const names = identifiersOf(on);
	const matched = compileMatched(whenMatched, scope, compileUpdate);
	const unmatched =
		typeof whenNotMatched === 'string' && Object.hasOwn(unmatchedModes, whenNotMatched)
			? unmatchedModes[whenNotMatched]
			: undefined;
	if (!unmatched) throw failedToParse(`$merge does not know whenNotMatched: ${show(whenNotMatched)}`);
	return {
		database: target.db as string | undefined,
		collection: target.coll as string,
		on: names,
		filterFor: (doc) => Object.fromEntries(names.map((name) => [name, { $eq: identifying(doc, name) }])),
		combine: (doc, existing) => (existing ? keepId(existing, matched(existing, doc)) : unmatched(doc)),
	};
}

function identifiersOf(on: unknown): string[] {
	const names: unknown[] = Array.isArray(on) ? on : [on];
	if (names.some((name) => typeof name !== 'string'))
		throw new CommandError(51186, "$merge 'on' must be a string or an array of strings");
	if (names.length === 0) throw new CommandError(51187, "If explicitly specifying $merge 'on', must name a field");
	const again = names.find((name, at) => names.indexOf(name) !== at);
	if (again !== undefined) throw new CommandError(31465, `Found a duplicate field '${show(again)}' in $merge 'on'`);
	return names as string[];
}

function identifying(doc: Doc, name: string): unknown {
	const value = valueAt(doc, name.split('.'));
	if (value === undefined || value === null)
		throw new CommandError(51132, `$merge write error: 'on' field '${name}' cannot be missing, null or undefined`);
	if (Array.isArray(value))
		throw new CommandError(51185, `$merge write error: 'on' field '${name}' cannot be an array`);
	return value;
}

function keepId(existing: Doc, next: Doc | undefined): Doc | undefined {
	if (next && !isEqual(existing._id, next._id))
		throw immutableField(`$merge would change the immutable field '_id' of ${show(existing._id)}`);
	return next;
}

function compileMatched(
	mode: unknown,
	scope: Scope,
	compileUpdate: (pipeline: unknown, scope: Scope) => (doc: Doc) => Doc,
): Matched {
	if (Array.isArray(mode)) {
		const { scope: inner, cells } = scope.declare(['new']);
		const update = compileUpdate(mode, inner);
		return (existing, doc) => {
			for (const cell of cells) cell.value = doc;
			return update(existing);
		};
	}
	const matched = typeof mode === 'string' && Object.hasOwn(matchedModes, mode) ? matchedModes[mode] : undefined;
	if (!matched) throw failedToParse(`$merge does not know whenMatched: ${show(mode)}`);
	return matched;
}

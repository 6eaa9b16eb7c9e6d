// An index: from its specification to the keys a document has in it.
import { isDeepStrictEqual } from 'node:util';
import { demandsOf } from './bounds.ts';
import { CommandError, failedToParse, indexKeySpecsConflict, indexOptionsConflict, unsupported } from './errors.ts';
import { keyOf } from './keys.ts';
import { compileFilter } from './matcher.ts';
import { toNumber } from './numbers.ts';
import { keyTuples, positionOf } from './paths.ts';
import { type Doc, field, isDoc } from './values.ts';

export type Index = {
	id: number;
	name: string;
	spec: Doc;
	names: string[];
	paths: string[][];
	descending: boolean[];
	isUnique: boolean;
	isSparse: boolean;
	partial: Doc | undefined;
	/** Whether a document belongs in the index at all, as far as its partial filter says. */
	includes: (doc: Doc) => boolean;
	expireAfterSeconds: number | undefined;
	/** The top-level fields that keys are made of: while they stay the same, so do the keys. */
	heads: string[];
	/** A bit for each field under which some document holds an array. */
	multikey: number;
};

/** The index behind a stored specification. */
export function defineIndex(id: number, spec: Doc, multikey: number): Index {
	const key = spec['key'] as Doc;
	const names = Object.keys(key);
	const partial = spec['partialFilterExpression'] as Doc | undefined;
	const expires = spec['expireAfterSeconds'];
	return {
		id,
		name: String(spec['name']),
		spec,
		names,
		paths: names.map((name) => name.split('.')),
		descending: names.map((name) => toNumber(key[name])! < 0),
		isUnique: isOn(spec['unique']) || spec['name'] === '_id_',
		isSparse: isOn(spec['sparse']),
		partial,
		includes: partial ? compileFilter(partial) : () => true,
		expireAfterSeconds: expires === undefined ? undefined : toNumber(expires),
		heads: [...names, ...(partial ? [...demandsOf(partial).paths.keys()] : [])].map((name) => name.split('.')[0]!),
		multikey,
	};
}

const isOn = (value: unknown) => value === true || (toNumber(value) ?? 0) !== 0;

/** The document's keys in the index, each once. Throws when two arrays meet in one compound key. */
export function keysFor(index: Index, doc: Doc): Buffer[] {
	if (index.partial && !index.includes(doc)) return [];
	if (arrayMask(index, doc) === 0) {
		const values = index.paths.map((path) => valueOn(doc, path));
		if (index.isSparse && values.every((value) => value === undefined)) return [];
		return [keyOf(values, index.descending)];
	}
	const keys = new Map<string, Buffer>();
	for (const values of keyTuples(doc, index.paths)) {
		if (index.isSparse && values.every((value) => value === undefined)) continue;
		const key = keyOf(values, index.descending);
		keys.set(key.toString('latin1'), key);
	}
	return [...keys.values()];
}

/** The values behind a key, for the message about a duplicate. */
export function keyValue(index: Index, doc: Doc, key: Buffer): Doc {
	const values = keyTuples(doc, index.paths).find((tuple) => keyOf(tuple, index.descending).equals(key)) ?? [];
	return Object.fromEntries(index.names.map((name, at) => [name, values[at] === undefined ? null : values[at]]));
}

/** A bit for each field of the index on whose path this document holds an array. */
export function arrayMask(index: Index, doc: Doc): number {
	let mask = 0;
	for (let at = 0; at < index.paths.length; at++) {
		let value: unknown = doc;
		for (const name of index.paths[at]!) {
			if (!isDoc(value)) break;
			value = field(value, name);
		}
		if (Array.isArray(value)) mask |= 1 << at;
	}
	return mask;
}

function valueOn(doc: Doc, path: readonly string[]): unknown {
	let value: unknown = doc;
	for (const name of path) {
		if (!isDoc(value)) return undefined;
		value = field(value, name);
	}
	return value;
}

const knownOptions = new Set([
	'v',
	'key',
	'name',
	'unique',
	'sparse',
	'partialFilterExpression',
	'expireAfterSeconds',
	'background',
	'ns',
]);
const partialOperators = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in']);

/** Checks what somebody asks for in createIndexes and gives back the specification to store. */
export function specify(asked: Doc): Doc {
	const cannot = (message: string) => new CommandError('CannotCreateIndex', message);
	const { key, name } = asked;
	if (key === undefined || name === undefined)
		throw failedToParse(
			`The '${key === undefined ? 'key' : 'name'}' field is a required property of an index specification`,
		);
	if (!isDoc(key) || Object.keys(key).length === 0) throw cannot('Index keys cannot be empty.');
	for (const option of Object.keys(asked)) {
		if (option === 'collation' && isDoc(asked[option]) && asked[option]['locale'] === 'simple') continue;
		if (!knownOptions.has(option) && asked[option] !== null) throw unsupported('index option', option);
	}
	if (Object.keys(key).length > 31) throw cannot('An index can have at most 31 fields.');
	for (const [field, direction] of Object.entries(key)) {
		if (typeof direction === 'string') throw unsupported('index type', direction);
		if (field.includes('$**')) throw unsupported('index type', 'wildcard');
		const number = toNumber(direction);
		if (!number)
			throw cannot(`Values in the index key pattern must be 1 or -1, not ${String(direction)} for '${field}'`);
		const parts = field.split('.');
		if (parts.includes('') || parts.some((part) => part.startsWith('$')))
			throw cannot(`Index key '${field}' is not a valid path`);
		if (parts.some((part) => positionOf(part) >= 0)) throw unsupported('index on an array position', field);
	}
	if (typeof name !== 'string' || name === '') throw cannot('An index needs a name.');
	const spec: Doc = { v: 2, key, name };
	if (isOn(asked['unique'])) spec['unique'] = true;
	if (isOn(asked['sparse'])) spec['sparse'] = true;
	const isId = Object.keys(key).join() === '_id';
	const partial = asked['partialFilterExpression'];
	if (partial !== undefined && partial !== null) {
		if (!isDoc(partial)) throw cannot('partialFilterExpression must be a document');
		if (spec['sparse'] === true) throw cannot('cannot mix partialFilterExpression and sparse options');
		if (isId) throw cannot('_id index cannot be a partial index');
		refuseUnprovable(partial);
		compileFilter(partial);
		spec['partialFilterExpression'] = partial;
	}
	const expires = asked['expireAfterSeconds'];
	if (expires !== undefined && expires !== null) {
		const seconds = toNumber(expires);
		if (seconds === undefined || !(seconds >= 0) || seconds > 2147483647) {
			throw cannot('expireAfterSeconds must be a number of seconds from 0 to 2147483647');
		}
		if (Object.keys(key).length > 1)
			throw cannot('TTL indexes are single-field indexes, compound indexes do not support TTL');
		if (isId) throw cannot('the field expireAfterSeconds is not valid for an _id index specification');
		spec['expireAfterSeconds'] = expires;
	}
	return spec;
}

/** A partial index is only used for queries that provably stay inside it, so its filter must be of simple conditions. */
function refuseUnprovable(filter: Doc): void {
	for (const [name, condition] of Object.entries(filter)) {
		if (name === '$and' && Array.isArray(condition)) {
			for (const part of condition) if (isDoc(part)) refuseUnprovable(part);
			continue;
		}
		const operators = isDoc(condition) ? Object.keys(condition).filter((part) => part.startsWith('$')) : [];
		const refused = name.startsWith('$') ? name : operators.find((operator) => !partialOperators.has(operator));
		const isAbsence = isDoc(condition) && '$exists' in condition && !isOn(condition['$exists']);
		if (refused || isAbsence) {
			throw new CommandError(
				'CannotCreateIndex',
				`Expression not supported in partial index: ${refused ?? '$exists: false'}`,
			);
		}
	}
}

/** What tells two indexes apart; the rest may differ between two definitions of one. */
const identifying = ['key', 'unique', 'sparse', 'partialFilterExpression'];

/** Whether an index like this is already there; throws when one with the same name or key differs. */
export function isAlreadyThere(existing: readonly Index[], spec: Doc): boolean {
	const sameName = existing.find((index) => index.name === spec['name']);
	const sameKey = existing.find(
		(index) =>
			isSame(index.spec['key'], spec['key']) &&
			isSame(index.spec['partialFilterExpression'], spec['partialFilterExpression']),
	);
	if (sameName) {
		if (isSameIndex(sameName.spec, spec)) return true;
		if (identifying.some((option) => !isSame(sameName.spec[option], spec[option]))) {
			throw indexKeySpecsConflict(
				`An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(sameName.spec)}`,
			);
		}
		throw indexOptionsConflict(
			`An equivalent index already exists with the same name but different options. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(sameName.spec)}`,
		);
	}
	if (sameKey) {
		if (sameKey.name === '_id_') return true;
		throw indexOptionsConflict(`Index already exists with a different name: ${sameKey.name}`);
	}
	return false;
}

const isSameIndex = (a: Doc, b: Doc) => isSame({ ...a, name: '' }, { ...b, name: '' });

function isSame(a: unknown, b: unknown): boolean {
	return isDeepStrictEqual(plain(a), plain(b));
}

/** Numbers are compared by value, and fields in their order, since the order of a key's fields matters. */
function plain(value: unknown): unknown {
	const number = toNumber(value);
	if (number !== undefined) return number;
	if (Array.isArray(value)) return value.map(plain);
	return isDoc(value) ? Object.entries(value).map(([name, inner]) => [name, plain(inner)]) : value;
}

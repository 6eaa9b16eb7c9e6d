// BSON values in memory: one encoding for the whole engine that keeps every numeric type apart, and their type names.
import { deserialize, serialize, type Document } from 'bson';

export type Doc = Record<string, unknown>;

/** Decodes one document; int, long, double and decimal stay four different types. */
export const decode = (bytes: Uint8Array): Doc =>
	deserialize(bytes, { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true }) as Doc;

export const encode = (doc: Doc): Uint8Array => serialize(doc as Document, { ignoreUndefined: true });

/** The BSON type number of a value; 0 stands for a missing field. A bare JS number counts as it would be encoded. */
export function typeOf(value: unknown): number {
	switch (typeof value) {
		case 'string':
			return 2;
		case 'number':
			return isInt32(value) ? 16 : 1;
		case 'boolean':
			return 8;
		case 'bigint':
			return 18;
		case 'object':
			return value === null ? 10 : objectType(value);
		case 'symbol':
			return 6;
		default:
			return 0;
	}
}

const bsonTypes: Record<string, number> = {
	Int32: 16,
	Double: 1,
	Long: 18,
	ObjectId: 7,
	Decimal128: 19,
	Binary: 5,
	BSONRegExp: 11,
	Timestamp: 17,
	MinKey: -1,
	MaxKey: 127,
	BSONSymbol: 14,
	DBRef: 3,
};

function objectType(value: object): number {
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype === Object.prototype || prototype === null) return 3;
	if (Array.isArray(value)) return 4;
	if (value instanceof Date) return 9;
	if (value instanceof RegExp) return 11;
	if (value instanceof Uint8Array) return 5;
	const name = (value as { _bsontype?: string })._bsontype ?? '';
	if (name === 'Code') return (value as { scope?: unknown }).scope ? 15 : 13;
	return bsonTypes[name] ?? 3;
}

const isInt32 = (value: number) => value === (value | 0) && !Object.is(value, -0);

/** A plain document: neither an array nor one of BSON's own types. */
export function isDoc(value: unknown): value is Doc {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}

/** What an empty array contributes to an index key or a sort: it comes before null. */
export const emptyArrayKey = Symbol('undefined');

const typeNames: Record<number, string> = {
	[-1]: 'minKey',
	0: 'missing',
	1: 'double',
	2: 'string',
	3: 'object',
	4: 'array',
	5: 'binData',
	6: 'undefined',
	7: 'objectId',
	8: 'bool',
	9: 'date',
	10: 'null',
	11: 'regex',
	12: 'dbPointer',
	13: 'javascript',
	14: 'symbol',
	15: 'javascriptWithScope',
	16: 'int',
	17: 'timestamp',
	18: 'long',
	19: 'decimal',
	127: 'maxKey',
};

const typeNumbers = new Map(Object.entries(typeNames).map(([number, name]) => [name, Number(number)]));

/** The alias `$type` uses for a value: 'int', 'string', 'missing' … */
export const typeName = (value: unknown): string => typeNames[typeOf(value)] ?? 'object';

/** The type number behind an alias, or undefined when there is no such alias. */
export const typeNumberOf = (alias: string): number | undefined =>
	alias === 'missing' ? undefined : typeNumbers.get(alias);

/** Whether a number is the number of a BSON type. */
export const isTypeNumber = (number: number): boolean => number !== 0 && number in typeNames;

/** Reads one field; names that every JS object inherits count only when the document has them. */
export function field(doc: Doc, name: string): unknown {
	const value = doc[name];
	if (typeof value === 'function' || name === '__proto__') return Object.hasOwn(doc, name) ? doc[name] : undefined;
	return value;
}

/** Sets one field of a document under construction, `__proto__` included. */
export function setField(doc: Doc, name: string, value: unknown): void {
	if (name === '__proto__')
		Object.defineProperty(doc, name, { value, enumerable: true, writable: true, configurable: true });
	else doc[name] = value;
}

/** A value as it appears in messages: { a: 1, b: "x" }. */
export function show(value: unknown): string {
	switch (typeOf(value)) {
		case 0:
			return 'missing';
		case 1:
		case 16:
			return String(Number(value));
		case 2:
			return JSON.stringify(value);
		case 3:
			return Object.keys(value as Doc).length === 0
				? '{}'
				: `{ ${Object.entries(value as Doc)
						.map(([name, inner]) => `${name}: ${show(inner)}`)
						.join(', ')} }`;
		case 4:
			return (value as unknown[]).length === 0 ? '[]' : `[ ${(value as unknown[]).map(show).join(', ')} ]`;
		case 7:
			return `ObjectId('${String(value)}')`;
		case 9:
			return `new Date(${(value as Date).getTime()})`;
		default:
			return String(value);
	}
}

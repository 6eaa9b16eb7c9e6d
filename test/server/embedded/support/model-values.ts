// A plain second reading of values, for the fuzz tests: documents as maps, numbers with their kind beside them.
import { Double, Int32, Long } from 'bson';

export type Kind = 'int' | 'long' | 'double';
export class Numeric {
	readonly kind: Kind;
	readonly value: number | bigint;
	constructor(kind: Kind, value: number | bigint) {
		this.kind = kind;
		this.value = value;
	}
}
export type Fields = Map<string, Value>;
export type Value = null | boolean | string | Numeric | Value[] | Fields;
export const missing = Symbol('missing');
export type Found = Value | typeof missing;

export function fromBson(value: unknown): Value {
	if (value instanceof Int32) return new Numeric('int', BigInt(value.value));
	if (value instanceof Long) return new Numeric('long', value.toBigInt());
	if (value instanceof Double) return new Numeric('double', value.value);
	if (Array.isArray(value)) return value.map(fromBson);
	if (typeof value === 'object' && value !== null)
		return new Map(Object.entries(value).map(([name, inner]) => [name, fromBson(inner)]));
	return value as null | boolean | string;
}

export function text(value: Found): string {
	if (value === missing) return 'missing';
	if (value instanceof Numeric) return `${value.kind}(${Object.is(value.value, -0) ? '-0' : value.value})`;
	if (Array.isArray(value)) return `[${value.map(text).join()}]`;
	if (value instanceof Map) return `{${[...value].map(([name, inner]) => `${name}:${text(inner)}`).join()}}`;
	return JSON.stringify(value);
}

const rank = (value: Value): number => {
	if (value === null) return 1;
	if (value instanceof Numeric) return 2;
	if (typeof value === 'string') return 3;
	if (value instanceof Map) return 4;
	return Array.isArray(value) ? 5 : 6;
};

export const sameType = (a: Value, b: Value): boolean => rank(a) === rank(b);

/** The order of two values; the fuzz keeps to whole numbers below 2^53 where doubles are concerned. */
export function order(a: Value, b: Value): number {
	if (rank(a) !== rank(b)) return rank(a) - rank(b);
	if (a instanceof Numeric && b instanceof Numeric) return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
	if (typeof a === 'string' || typeof a === 'boolean') return a === b ? 0 : a < (b as string) ? -1 : 1;
	if (a instanceof Map && b instanceof Map) return orderLists([...a].map(pairOf), [...b].map(pairOf));
	if (Array.isArray(a) && Array.isArray(b))
		return orderLists(
			a.map((value) => [value]),
			b.map((value) => [value]),
		);
	return 0;
}

/** A field as what it is compared by, in turn: the type of its value, its name, its value. */
const pairOf = ([name, value]: [string, Value]): Value[] => [new Numeric('int', rank(value)), name, value];

function orderLists(a: Value[][], b: Value[][]): number {
	for (let at = 0; at < Math.max(a.length, b.length); at++) {
		const [left, right] = [a[at], b[at]];
		if (!left || !right) return left ? 1 : -1;
		for (const [part, value] of left.entries()) {
			const difference = order(value, right[part] as Value);
			if (difference !== 0) return difference;
		}
	}
	return 0;
}

export const copy = (value: Value): Value => {
	if (Array.isArray(value)) return value.map(copy);
	return value instanceof Map ? new Map([...value].map(([name, inner]) => [name, copy(inner)])) : value;
};

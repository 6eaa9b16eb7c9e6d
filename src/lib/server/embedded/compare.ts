// The one order of all BSON values, across types and across numeric types; equality is what this order calls equal.
import type { Binary, BSONRegExp, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { compareDecimals } from './decimals.ts';
import { type Doc, typeOf } from './values.ts';

const ranks: Record<number, number> = {
	[-1]: -1, // MinKey
	0: 0, // missing
	6: 3, // an empty array's key
	10: 5, // null
	1: 10,
	16: 10,
	18: 10,
	19: 10,
	2: 15,
	14: 15,
	3: 20,
	4: 25,
	5: 30,
	7: 35,
	8: 40,
	9: 45,
	17: 47,
	11: 50,
	12: 55,
	13: 60,
	15: 65,
	127: 127,
};

/** Where a value's type stands in the order; values with equal rank are compared with each other by range queries. */
export const rankOf = (value: unknown): number => ranks[typeOf(value)] ?? 20;

/** Negative, zero or positive: the order MongoDB sorts by. 1, 1.0 and Long 1 are equal; NaN is the smallest number. */
export function compare(a: unknown, b: unknown): number {
	if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
	const typeA = typeOf(a);
	const typeB = typeOf(b);
	const rank = (ranks[typeA] ?? 20) - (ranks[typeB] ?? 20);
	if (rank !== 0) return rank;
	switch (typeA) {
		case 1:
		case 16:
		case 18:
		case 19:
			return compareNumbers(a, typeA, b, typeB);
		case 3:
			return compareDocs(a as Doc, b as Doc);
		case 4:
			return compareArrays(a as unknown[], b as unknown[]);
		case 5:
			return compareBinaries(a as Binary, b as Binary);
		case 7:
			return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
		case 8:
			return Number(a) - Number(b);
		case 9:
			return (a as Date).getTime() - (b as Date).getTime();
		case 17: {
			const left = (a as Timestamp).toBigInt();
			const right = (b as Timestamp).toBigInt();
			return left < right ? -1 : left > right ? 1 : 0;
		}
		case 11:
			return compareStrings(regexText(a), regexText(b));
		case 2:
		case 13:
		case 14:
		case 15:
			return compareStrings(codeText(a), codeText(b));
		default:
			return 0;
	}
}

export const isEqual = (a: unknown, b: unknown): boolean => compare(a, b) === 0;

/** Whether two values are the same bytes: equal, of the same numeric types, fields in the same order. */
export function isIdentical(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	const type = typeOf(a);
	if (type !== typeOf(b)) return false;
	if (type === 3) {
		const left = Object.entries(a as Doc);
		const right = Object.entries(b as Doc);
		return (
			left.length === right.length &&
			left.every(([name, value], at) => right[at]?.[0] === name && isIdentical(value, right[at]?.[1]))
		);
	}
	if (type === 4) {
		const left = a as unknown[];
		const right = b as unknown[];
		return left.length === right.length && left.every((value, at) => isIdentical(value, right[at]));
	}
	if (type === 19) return String(a) === String(b);
	if (type === 1) return Object.is(Number(a), Number(b));
	return compare(a, b) === 0;
}

/** Strings are ordered by their UTF-8 bytes, which differs from JS only where surrogate pairs are involved. */
export function compareStrings(a: string, b: string): number {
	if (a === b) return 0;
	const length = Math.min(a.length, b.length);
	for (let at = 0; at < length; at++) {
		const left = a.charCodeAt(at);
		const right = b.charCodeAt(at);
		if (left === right) continue;
		const bothHigh = left >= 0xd800 && right >= 0xd800;
		return bothHigh ? codePointOrder(left) - codePointOrder(right) : left - right;
	}
	return a.length - b.length;
}

const codePointOrder = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

function compareNumbers(a: unknown, typeA: number, b: unknown, typeB: number): number {
	if (typeA === 19 || typeB === 19) return compareDecimals(a, b);
	if (typeA === 18 || typeB === 18) {
		if (typeA !== 1 && typeB !== 1) return Number(bigOf(a) > bigOf(b)) - Number(bigOf(a) < bigOf(b));
		return typeA === 1 ? -compareLongToDouble(bigOf(b), numberOf(a)) : compareLongToDouble(bigOf(a), numberOf(b));
	}
	const left = numberOf(a);
	const right = numberOf(b);
	if (left < right) return -1;
	if (left > right) return 1;
	if (left === right) return 0;
	return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : (value as Int32 | Double).value);

function bigOf(value: unknown): bigint {
	if (typeof value === 'bigint') return value;
	if (typeof value === 'number') return BigInt(value);
	const wrapped = value as Int32 | Long;
	return wrapped._bsontype === 'Long' ? wrapped.toBigInt() : BigInt(wrapped.value);
}

function compareLongToDouble(long: bigint, double: number): number {
	if (Number.isNaN(double)) return 1;
	if (double === Infinity) return -1;
	if (double === -Infinity) return 1;
	const whole = BigInt(Math.trunc(double));
	if (long !== whole) return long < whole ? -1 : 1;
	const fraction = double - Math.trunc(double);
	return fraction > 0 ? -1 : fraction < 0 ? 1 : 0;
}

/** Documents are compared field by field in their order: by the value's type, then the name, then the value. */
function compareDocs(a: Doc, b: Doc): number {
	const left = Object.entries(a);
	const right = Object.entries(b);
	for (let at = 0; at < left.length && at < right.length; at++) {
		const [nameA, valueA] = left[at] as [string, unknown];
		const [nameB, valueB] = right[at] as [string, unknown];
		const order = rankOf(valueA) - rankOf(valueB) || compareStrings(nameA, nameB) || compare(valueA, valueB);
		if (order !== 0) return order;
	}
	return left.length - right.length;
}

function compareArrays(a: unknown[], b: unknown[]): number {
	for (let at = 0; at < a.length && at < b.length; at++) {
		const order = compare(a[at], b[at]);
		if (order !== 0) return order;
	}
	return a.length - b.length;
}

function compareBinaries(a: Binary | Uint8Array, b: Binary | Uint8Array): number {
	const left = a instanceof Uint8Array ? { bytes: a, subtype: 0 } : { bytes: a.value(), subtype: a.sub_type };
	const right = b instanceof Uint8Array ? { bytes: b, subtype: 0 } : { bytes: b.value(), subtype: b.sub_type };
	return (
		left.bytes.length - right.bytes.length || left.subtype - right.subtype || Buffer.compare(left.bytes, right.bytes)
	);
}

function regexText(value: unknown): string {
	if (value instanceof RegExp) return `${value.source}\0${value.flags}`;
	const regex = value as BSONRegExp;
	return `${regex.pattern}\0${regex.options}`;
}

const codeText = (value: unknown): string =>
	typeof value === 'string'
		? value
		: String((value as { value?: unknown; code?: unknown }).value ?? (value as { code?: unknown }).code);

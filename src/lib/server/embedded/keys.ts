// Order-preserving bytes: comparing two keys byte by byte gives the order `compare` gives their values.
import type { Binary, BSONRegExp, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { exactOf } from './decimals.ts';
import { illegalOperation } from './errors.ts';
import { type Doc, emptyArrayKey, typeOf } from './values.ts';

/** The first byte of a value, in the order of BSON types; 0x01 ends a document or an array and so sorts before every type. */
const end = 0x01;
const ranks: Record<number, number> = {
	[-1]: 0x08, // MinKey
	6: 0x10, // an empty array's key
	0: 0x18, // missing, the same as null
	10: 0x18,
	1: 0x20,
	16: 0x20,
	18: 0x20,
	19: 0x20,
	2: 0x28,
	14: 0x28,
	3: 0x30,
	4: 0x38,
	5: 0x40,
	7: 0x48,
	8: 0x50,
	9: 0x58,
	17: 0x60,
	11: 0x68,
	13: 0x78,
	127: 0xf0, // MaxKey
};

let bytes = Buffer.allocUnsafe(1 << 16);
let length = 0;

function room(count: number): void {
	if (length + count <= bytes.length) return;
	const larger = Buffer.allocUnsafe((length + count) * 2);
	bytes.copy(larger, 0, 0, length);
	bytes = larger;
}

function put(byte: number): void {
	room(1);
	bytes[length++] = byte;
}

/** The key of a tuple of values; where `descending` says so, a field's bytes are inverted. */
export function keyOf(values: readonly unknown[], descending: readonly boolean[]): Buffer {
	length = 0;
	for (let at = 0; at < values.length; at++) {
		const start = length;
		putValue(values[at]);
		if (descending[at]) for (let i = start; i < length; i++) bytes[i] = ~bytes[i]! & 0xff;
	}
	return Buffer.from(bytes.subarray(0, length));
}

/** The lowest and the first-above byte of all values of the type of `value`, ascending. */
export function typeRange(value: unknown): { from: Buffer; to: Buffer } {
	const rank = rankByte(value);
	return { from: Buffer.of(rank), to: Buffer.of(rank + 1) };
}

/** The first key after all keys that start with `prefix`; null when there is none. */
export function after(prefix: Buffer): Buffer | null {
	let last = prefix.length - 1;
	while (last >= 0 && prefix[last] === 0xff) last--;
	if (last < 0) return null;
	const next = Buffer.from(prefix.subarray(0, last + 1));
	next[last]!++;
	return next;
}

function rankByte(value: unknown): number {
	const rank = ranks[typeOf(value)] ?? (value === emptyArrayKey ? ranks[6] : undefined);
	if (rank === undefined) throw illegalOperation('a value of a deprecated BSON type cannot be part of an index key');
	return rank;
}

function putValue(value: unknown): void {
	const rank = rankByte(value);
	put(rank);
	switch (rank) {
		case 0x20:
			return putNumber(value);
		case 0x28:
			return putText(typeof value === 'string' ? value : String(value));
		case 0x30:
			return putDocument(value as Doc);
		case 0x38:
			for (const element of value as unknown[]) putValue(element);
			return put(end);
		case 0x40:
			return putBinary(value as Binary | Uint8Array);
		case 0x48: {
			room(12);
			bytes.set((value as ObjectId).id, length);
			length += 12;
			return;
		}
		case 0x50:
			return put(Number(value));
		case 0x58:
			return putBig(BigInt.asUintN(64, BigInt((value as Date).getTime()) + (1n << 63n)));
		case 0x60:
			return putBig((value as Timestamp).toBigInt());
		case 0x68: {
			const regex = value as BSONRegExp | RegExp;
			putText(regex instanceof RegExp ? regex.source : regex.pattern);
			return putText(regex instanceof RegExp ? regex.flags : regex.options);
		}
		case 0x78:
			return putText(String((value as { code: unknown }).code));
	}
}

function putBig(value: bigint): void {
	room(8);
	bytes.writeBigUInt64BE(value, length);
	length += 8;
}

const stringEnd = 0x01;
const zeroInString = 0xff;

/** UTF-8, whose byte order is the code points' order; a zero inside is escaped so that the end sorts before it. */
function putText(text: string): void {
	room(text.length * 3 + 2);
	const start = length;
	length += bytes.write(text, length, 'utf8');
	if (bytes.subarray(start, length).includes(0)) {
		const raw = Buffer.from(bytes.subarray(start, length));
		length = start;
		for (const byte of raw) {
			put(byte);
			if (byte === 0) put(zeroInString);
		}
	}
	put(0);
	put(stringEnd);
}

function putDocument(doc: Doc): void {
	for (const name of Object.keys(doc)) {
		put(rankByte(doc[name]));
		putText(name);
		putValue(doc[name]);
	}
	put(end);
}

function putBinary(value: Binary | Uint8Array): void {
	const data = value instanceof Uint8Array ? value : value.value();
	room(5 + data.length);
	length = bytes.writeUInt32BE(data.length, length);
	bytes[length++] = value instanceof Uint8Array ? 0 : value.sub_type;
	bytes.set(data, length);
	length += data.length;
}

const exact = 0x80;

/** A number is its nearest double, in eight ordered bytes, and then what that double leaves over. */
function putNumber(value: unknown): void {
	const type = typeOf(value);
	const near =
		type === 18 ? (value as Long).toNumber() : type === 19 ? Number((value as Decimal128).toString()) : plain(value);
	putDouble(near);
	if (type === 18 && !Number.isSafeInteger(near)) return putRest((value as Long).toBigInt() - BigInt(near), 0);
	if (type === 19 && Number.isFinite(near)) return putDecimalRest(value as Decimal128, near);
	if (type === 19 && !Number.isNaN(near)) {
		// A decimal beyond the largest double stands between it and infinity, and is not infinite itself.
		if (!(value as Decimal128).toString().includes('Infinity'))
			throw illegalOperation(`the decimal ${value} is too large for an index`);
	}
	put(exact);
}

const plain = (value: unknown): number => (typeof value === 'number' ? value : (value as Int32 | Double).value);

function putDouble(value: number): void {
	room(9);
	if (Number.isNaN(value)) {
		bytes.fill(0, length, length + 8);
	} else {
		bytes.writeDoubleBE(value === 0 ? 0 : value, length);
		if (bytes[length]! & 0x80) for (let i = 0; i < 8; i++) bytes[length + i] = ~bytes[length + i]! & 0xff;
		else bytes[length]! |= 0x80;
	}
	length += 8;
}

function putDecimalRest(value: Decimal128, near: number): void {
	const left = exactOf(value);
	const right = exactOf(near);
	const exponent = Math.min(left.exponent, right.exponent);
	const difference =
		left.coefficient * 10n ** BigInt(left.exponent - exponent) -
		right.coefficient * 10n ** BigInt(right.exponent - exponent);
	putRest(difference, exponent);
}

/** coefficient × 10^exponent as: sign, where its first digit stands, its digits. */
function putRest(coefficient: bigint, exponent: number): void {
	if (coefficient === 0n) return put(exact);
	const isNegative = coefficient < 0n;
	const digits = String(isNegative ? -coefficient : coefficient);
	const start = length;
	put(0x81);
	room(2);
	length = bytes.writeUInt16BE(digits.length + exponent + 0x8000, length);
	for (const digit of digits.replace(/0+$/, '')) put(Number(digit) + 1);
	put(0);
	if (isNegative) for (let i = start; i < length; i++) bytes[i] = ~bytes[i]! & 0xff;
}

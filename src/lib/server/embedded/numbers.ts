// Arithmetic on BSON numbers: types are kept, and promoted int to long to double only as far as the result needs.
import { Decimal128, Double, Int32, Long } from 'bson';
import { typeOf } from './values.ts';

export type NumberType = 'int' | 'long' | 'double' | 'decimal';

/** Which of the four numeric types a value has, or undefined when it is not a number. */
export function numberType(value: unknown): NumberType | undefined {
	switch (typeOf(value)) {
		case 16:
			return 'int';
		case 1:
			return 'double';
		case 18:
			return 'long';
		case 19:
			return 'decimal';
		default:
			return undefined;
	}
}

/** The value as a JS number (a long beyond 2^53 is rounded), or undefined when it is not a number. */
export function toNumber(value: unknown): number | undefined {
	switch (typeOf(value)) {
		case 1:
		case 16:
			return typeof value === 'number' ? value : (value as Int32 | Double).value;
		case 18:
			return typeof value === 'bigint' ? Number(value) : (value as Long).toNumber();
		case 19:
			return Number((value as Decimal128).toString());
		default:
			return undefined;
	}
}

/** The exact integer behind an int, a long or a whole double or decimal; undefined for every other value. */
export function toInteger(value: unknown): bigint | undefined {
	const type = numberType(value);
	if (type === 'long') return typeof value === 'bigint' ? value : (value as Long).toBigInt();
	const number = toNumber(value);
	return number !== undefined && Number.isInteger(number) ? BigInt(number) : undefined;
}

const minLong = -(2n ** 63n);
export const maxLong = 2n ** 63n - 1n;
export const fitsLong = (value: bigint) => value >= minLong && value <= maxLong;
export const fitsInt = (value: bigint) => value >= -2147483648n && value <= 2147483647n;

export const asLong = (value: bigint) => Long.fromBigInt(value);
export const asInt = (value: number) => new Int32(value);
export const asDouble = (value: number) => new Double(value);

// Comparing Decimal128 with the other numbers, exactly. Arithmetic on decimals is refused elsewhere, by name.
import type { Decimal128, Long } from 'bson';
import { typeOf } from './values.ts';

/** A finite number as coefficient × 10^exponent. */
export interface Exact {
	coefficient: bigint;
	exponent: number;
}

/** Compares two numbers of which at least one is a decimal; NaN comes first and equals itself. */
export function compareDecimals(a: unknown, b: unknown): number {
	const left = special(a);
	const right = special(b);
	if (left !== undefined || right !== undefined) return (left ?? 0) - (right ?? 0);
	return compareExact(exactOf(a), exactOf(b));
}

/** -2 for NaN, -1 and 1 for the infinities, undefined for a finite number. */
function special(value: unknown): number | undefined {
	const type = typeOf(value);
	const number = type === 19 ? Number((value as Decimal128).toString()) : type === 1 ? Number(value) : 0;
	if (Number.isNaN(number)) return -2;
	if (Number.isFinite(number)) return undefined;
	if (type === 19 && !(value as Decimal128).toString().includes('Infinity')) return undefined;
	return number > 0 ? 1 : -1;
}

/** The exact value of a finite number. */
export function exactOf(value: unknown): Exact {
	switch (typeOf(value)) {
		case 19:
			return parse((value as Decimal128).toString());
		case 18:
			return { coefficient: typeof value === 'bigint' ? value : (value as Long).toBigInt(), exponent: 0 };
		default:
			return exactDouble(Number(value));
	}
}

function parse(text: string): Exact {
	const [, sign, whole = '', fraction = '', exponent = '0'] = /^(-?)(\d*)\.?(\d*)(?:E([+-]?\d+))?$/i.exec(text) ?? [];
	const coefficient = BigInt(whole + fraction || '0');
	return { coefficient: sign ? -coefficient : coefficient, exponent: Number(exponent) - fraction.length };
}

/** Every finite double is a whole number of 2^-1074, and dividing by 2 is multiplying by 5 and shifting the point. */
export function exactDouble(double: number): Exact {
	let scaled = double;
	let halvings = 0;
	while (!Number.isInteger(scaled)) {
		scaled *= 2;
		halvings++;
	}
	return { coefficient: BigInt(scaled) * 5n ** BigInt(halvings), exponent: -halvings };
}

function compareExact(a: Exact, b: Exact): number {
	const signA = a.coefficient < 0n ? -1 : a.coefficient > 0n ? 1 : 0;
	const signB = b.coefficient < 0n ? -1 : b.coefficient > 0n ? 1 : 0;
	if (signA !== signB || signA === 0) return signA - signB;
	const exponent = Math.min(a.exponent, b.exponent);
	const left = a.coefficient * 10n ** BigInt(a.exponent - exponent);
	const right = b.coefficient * 10n ** BigInt(b.exponent - exponent);
	return left < right ? -1 : left > right ? 1 : 0;
}

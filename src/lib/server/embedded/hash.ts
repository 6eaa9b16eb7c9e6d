// A string for every value that is the same for equal values and for no others: what groups and sets are keyed by.
import type { Binary, BSONRegExp, Decimal128, ObjectId } from 'bson';
import { compareDecimals, exactOf } from './decimals.ts';
import { toInteger, toNumber } from './numbers.ts';
import { type Doc, typeOf } from './values.ts';

/** 1, 1.0 and Long 1 have one key; { a: 1, b: 2 } and { b: 2, a: 1 } have two; missing and null have two. */
export function hashKey(value: unknown): string {
	switch (typeOf(value)) {
		case 0:
			return 'm';
		case 1:
		case 16:
			return numberKey(Number(value));
		case 18: {
			const number = toNumber(value) as number;
			return Number.isSafeInteger(number) ? numberKey(number) : `n${toInteger(value)}`;
		}
		case 19:
			return decimalKey(value as Decimal128);
		case 2:
		case 14:
			return text('s', String(value));
		case 3:
			return `{${Object.entries(value as Doc)
				.map(([name, inner]) => text('', name) + hashKey(inner))
				.join('')}}`;
		case 4:
			return `[${(value as unknown[]).map(hashKey).join(',')}]`;
		case 5: {
			const [bytes, subtype] =
				value instanceof Uint8Array ? [value, 0] : [(value as Binary).value(), (value as Binary).sub_type];
			return `b${subtype}:${Buffer.from(bytes).toString('base64')}`;
		}
		case 7:
			return `o${(value as ObjectId).toHexString()}`;
		case 8:
			return value ? 't' : 'f';
		case 9:
			return `d${(value as Date).getTime()}`;
		case 10:
			return 'z';
		case 11:
			return value instanceof RegExp
				? text('r', value.source) + value.flags
				: text('r', (value as BSONRegExp).pattern) + (value as BSONRegExp).options;
		default:
			return text(`x${typeOf(value)}`, String((value as { code?: unknown } | null)?.code ?? String(value)));
	}
}

/** Length first, so that no text can look like the end of itself. */
const text = (tag: string, value: string) => `${tag}${value.length}:${value}`;

function numberKey(number: number): string {
	if (number === 0) return 'n0';
	// Beyond 2^53 the shortest digits of a double are not its exact value, which is what a long is compared with.
	return Number.isInteger(number) && !Number.isSafeInteger(number) ? `n${BigInt(number)}` : `n${number}`;
}

/** A decimal that some double equals has that double's key; the others are written without trailing zeros. */
function decimalKey(decimal: Decimal128): string {
	const near = Number(decimal.toString());
	if (compareDecimals(decimal, near) === 0) return numberKey(near);
	let { coefficient, exponent } = exactOf(decimal);
	while (coefficient % 10n === 0n) {
		coefficient /= 10n;
		exponent++;
	}
	return exponent >= 0 ? `n${coefficient * 10n ** BigInt(exponent)}` : `n${coefficient}e${exponent}`;
}

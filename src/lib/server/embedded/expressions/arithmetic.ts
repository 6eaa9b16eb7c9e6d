// Sums, differences, products and powers. Int grows to long and long to double; decimals are refused by name.
import { CommandError, typeMismatch, unsupported } from '../errors.ts';
import { asDouble, asInt, asLong, fitsInt, fitsLong, numberType, toInteger, toNumber } from '../numbers.ts';
import { typeName } from '../values.ts';
import { binary, isNullish, unaryOrNull, untilNull, variadic } from './operands.ts';
import type { Operator } from './scope.ts';
import { Sum } from './sum.ts';

/** Refuses what is not a number, and decimals. */
export function requireNumeric(value: unknown, name: string): 'int' | 'long' | 'double' {
	const type = numberType(value);
	if (type === 'decimal') throw unsupported('arithmetic on decimals by', name);
	if (type === undefined) throw typeMismatch(`${name} only supports numeric types, not ${typeName(value)}`);
	return type;
}

/** A whole number as an int, or as a long when it is wide or came from one; beyond that as a double. */
export function whole(value: bigint, isLong: boolean): unknown {
	if (!fitsLong(value)) return asDouble(Number(value));
	return isLong || !fitsInt(value) ? asLong(value) : asInt(Number(value));
}

const big = (value: unknown) => toInteger(value) as bigint;
const float = (value: unknown) => toNumber(value) as number;

function add(values: unknown[], name: string): unknown {
	const sum = new Sum();
	let date: Date | undefined;
	for (const value of values) {
		if (isNullish(value)) return null;
		if (value instanceof Date) {
			if (date) throw new CommandError(16612, 'only one date allowed in an $add expression');
			date = value;
			continue;
		}
		requireNumeric(value, name);
		sum.add(value);
	}
	return date ? shifted(date, float(sum.result())) : sum.result();
}

/** A date some milliseconds later; fractions are rounded. */
function shifted(date: Date, milliseconds: number): Date {
	const moved = new Date(date.getTime() + Math.round(milliseconds));
	if (Number.isNaN(moved.getTime())) throw new CommandError('Overflow', 'date overflow in addition');
	return moved;
}

function subtract(left: unknown, right: unknown, name: string): unknown {
	if (isNullish(left) || isNullish(right)) return null;
	if (left instanceof Date) {
		if (right instanceof Date) return asLong(BigInt(left.getTime() - right.getTime()));
		requireNumeric(right, name);
		return shifted(left, -float(right));
	}
	const types = [requireNumeric(left, name), requireNumeric(right, name)];
	if (types.includes('double')) return asDouble(float(left) - float(right));
	const difference = big(left) - big(right);
	if (!fitsLong(difference)) throw new CommandError('Overflow', 'long overflow in $subtract');
	return whole(difference, types.includes('long'));
}

function multiply(values: unknown[], name: string): unknown {
	const types = untilNull(values, (value) => requireNumeric(value, name));
	if (!types) return null;
	if (types.includes('double')) return asDouble(values.reduce<number>((product, value) => product * float(value), 1));
	const product = values.reduce<bigint>((so, value) => so * big(value), 1n);
	return whole(product, types.includes('long'));
}

function divide(left: unknown, right: unknown, name: string): unknown {
	if (isNullish(left) || isNullish(right)) return null;
	requireNumeric(left, name);
	requireNumeric(right, name);
	if (float(right) === 0) throw new CommandError('BadValue', "can't $divide by zero");
	return asDouble(float(left) / float(right));
}

function modulo(left: unknown, right: unknown, name: string): unknown {
	if (isNullish(left) || isNullish(right)) return null;
	const types = [requireNumeric(left, name), requireNumeric(right, name)];
	if (float(right) === 0) throw new CommandError(16610, "can't $mod by zero");
	if (types[0] === 'double' || toInteger(right) === undefined) return asDouble(float(left) % float(right));
	return whole(big(left) % big(right), types.includes('long'));
}

function power(base: unknown, exponent: unknown, name: string): unknown {
	if (isNullish(base) || isNullish(exponent)) return null;
	const types = [requireNumeric(base, name), requireNumeric(exponent, name)];
	if (float(base) === 0 && float(exponent) < 0)
		throw new CommandError(28764, '$pow cannot take a base of 0 and a negative exponent');
	const result = Math.pow(float(base), float(exponent));
	const isWhole = !types.includes('double') && (float(exponent) >= 0 || Math.abs(float(base)) === 1);
	if (!isWhole || Math.abs(result) >= 2 ** 64) return asDouble(result);
	const even = big(exponent) % 2n === 0n ? 1n : big(base);
	return whole(float(exponent) < 0 ? even : big(base) ** big(exponent), types.includes('long'));
}

function absolute(value: unknown, name: string): unknown {
	const type = requireNumeric(value, name);
	if (type === 'double') return asDouble(Math.abs(float(value)));
	const positive = big(value) < 0n ? -big(value) : big(value);
	if (!fitsLong(positive)) throw new CommandError(28680, "can't take $abs of long long min");
	return whole(positive, type === 'long');
}

/** A function of doubles with the domain it is defined on. */
const real = (
	compute: (x: number) => number,
	isAllowed: (x: number) => boolean,
	code: number,
	domain: string,
): Operator =>
	unaryOrNull((value, name) => {
		requireNumeric(value, name);
		const x = float(value);
		if (!Number.isNaN(x) && !isAllowed(x))
			throw new CommandError(code, `${name}'s argument must be ${domain}, but is ${x}`);
		return asDouble(compute(x));
	});

function logarithm(value: unknown, base: unknown, name: string): unknown {
	if (isNullish(value) || isNullish(base)) return null;
	requireNumeric(value, name);
	requireNumeric(base, name);
	if (float(value) <= 0)
		throw new CommandError(28758, `$log's argument must be a positive number, but is ${float(value)}`);
	if (float(base) <= 0 || float(base) === 1)
		throw new CommandError(28759, `$log's base must be a positive number not equal to 1, but is ${float(base)}`);
	return asDouble(Math.log(float(value)) / Math.log(float(base)));
}

export const arithmetic: Record<string, Operator> = {
	$add: variadic(add),
	$subtract: binary(subtract),
	$multiply: variadic(multiply),
	$divide: binary(divide),
	$mod: binary(modulo),
	$pow: binary(power),
	$abs: unaryOrNull(absolute),
	$sqrt: real(Math.sqrt, (x) => x >= 0, 28714, 'greater than or equal to 0'),
	$exp: real(Math.exp, () => true, 0, ''),
	$ln: real(Math.log, (x) => x > 0, 28766, 'a positive number'),
	$log10: real(Math.log10, (x) => x > 0, 28761, 'a positive number'),
	$log: binary(logarithm),
};

// $round, $trunc, $ceil and $floor on the exact value of a number, so that 2.675 rounds to 2.67 and not to 2.68.
import { CommandError } from '../errors.ts';
import { exactDouble } from '../decimals.ts';
import { asDouble, asInt, numberType, toInteger, toNumber } from '../numbers.ts';
import { requireNumeric, whole } from './arithmetic.ts';
import { isNullish, positional, unaryOrNull } from './operands.ts';
import type { Expression, Operator } from './scope.ts';

type Rounding = 'even' | 'zero';

/** Divides, rounding halves to the even neighbour or cutting off. */
function divideRounded(value: bigint, by: bigint, rounding: Rounding): bigint {
	const quotient = value / by;
	if (rounding === 'zero') return quotient;
	const twice = 2n * (value - quotient * by);
	const magnitude = twice < 0n ? -twice : twice;
	const isUp = magnitude > by || (magnitude === by && quotient % 2n !== 0n);
	return isUp ? quotient + (value < 0n ? -1n : 1n) : quotient;
}

function roundDouble(value: number, place: number, rounding: Rounding): number {
	if (!Number.isFinite(value) || value === 0) return value;
	const { coefficient, exponent } = exactDouble(value);
	if (exponent >= -place) return value;
	const rounded = divideRounded(coefficient, 10n ** BigInt(-place - exponent), rounding);
	if (rounded === 0n) return value < 0 ? -0 : 0;
	return Number(`${rounded}e${-place}`);
}

function roundWhole(value: bigint, place: number, rounding: Rounding): bigint {
	if (place >= 0) return value;
	const step = 10n ** BigInt(-place);
	return divideRounded(value, step, rounding) * step;
}

const rounder =
	(rounding: Rounding): Operator =>
	(operand, scope, name) => {
		const [number, places = () => asInt(0)] = positional(name, operand, scope, 1, 2) as [Expression, Expression?];
		return (doc) => {
			const value = number(doc);
			const placeValue = places(doc);
			if (isNullish(value) || isNullish(placeValue)) return null;
			const type = requireNumeric(value, name);
			const place = toNumber(placeValue);
			if (place === undefined || !Number.isInteger(place))
				throw new CommandError(51082, `precision argument to ${name} must be an integral value`);
			if (place < -20 || place > 100)
				throw new CommandError(51083, `cannot apply ${name} with precision value ${place} value must be in [-20, 100]`);
			if (type === 'double') return asDouble(roundDouble(toNumber(value) as number, place, rounding));
			return whole(roundWhole(toInteger(value) as bigint, place, rounding), type === 'long');
		};
	};

const toWhole = (compute: (x: number) => number): Operator =>
	unaryOrNull((value, name) => {
		requireNumeric(value, name);
		return numberType(value) === 'double' ? asDouble(compute(toNumber(value) as number)) : value;
	});

export const rounding: Record<string, Operator> = {
	$round: rounder('even'),
	$trunc: rounder('zero'),
	$ceil: toWhole(Math.ceil),
	$floor: toWhole(Math.floor),
};

// The tests a query makes on one value: equality, ranges, membership, types. Each is compiled once into a closure.
import type { ObjectId } from 'bson';
import { compare, isEqual, rankOf } from './compare.ts';
import { exactOf } from './decimals.ts';
import { badValue, CommandError, failedToParse } from './errors.ts';
import { hashKey } from './hash.ts';
import { fitsLong, toNumber } from './numbers.ts';
import { compileRegex, isRegex, optionsOf } from './regex.ts';
import { isDoc, isTypeNumber, show, typeNumberOf, typeOf } from './values.ts';

/** A test of one value; undefined stands for a missing field. */
export type Predicate = (value: unknown) => boolean;

/** Equality as `{ a: value }` means it: null also stands for missing, and numbers are equal across their types. */
export function equals(target: unknown): Predicate {
	switch (typeOf(target)) {
		case 0:
			throw badValue('cannot compare to undefined');
		case 10:
			return (value) => value === null || value === undefined;
		case 2:
			return (value) => value === target || (typeOf(value) === 14 && isEqual(value, target));
		case 8:
			return (value) => value === target;
		case 7: {
			const id = (target as ObjectId).toHexString();
			return (value) => typeOf(value) === 7 && (value as ObjectId).toHexString() === id;
		}
		default:
			return (value) => value !== undefined && compare(value, target) === 0;
	}
}

type Comparison = '$gt' | '$gte' | '$lt' | '$lte';

/** A range: only values of the target's type are in it, and NaN is in no range but its own. */
export function compares(operator: Comparison, target: unknown): Predicate {
	const isInclusive = operator === '$gte' || operator === '$lte';
	const sign = operator === '$gt' || operator === '$gte' ? 1 : -1;
	const type = typeOf(target);
	if (type === 0) throw badValue('cannot compare to undefined');
	if (isRegex(target)) throw badValue(`Can't have RegEx as arg to predicate over field with ${operator}.`);
	if (type === 10) return isInclusive ? equals(null) : () => false;
	const passes = (order: number) => (order === 0 ? isInclusive : order * sign > 0);
	if (type === -1 || type === 127) return (value) => passes(compare(value === undefined ? null : value, target));
	const rank = rankOf(target);
	if (rank !== 10) return (value) => rankOf(value) === rank && passes(compare(value, target));
	const isNaNWanted = Number.isNaN(toNumber(target));
	return (value) => {
		if (rankOf(value) !== 10) return false;
		if (Number.isNaN(toNumber(value)) || isNaNWanted) return isInclusive && compare(value, target) === 0;
		return passes(compare(value, target));
	};
}

/** Membership; a null in the list stands for missing too, and a regular expression matches strings. */
export function isIn(operator: string, list: unknown): Predicate {
	if (!Array.isArray(list)) throw badValue(`${operator} needs an array`);
	const known = new Set<string>();
	const patterns: Predicate[] = [];
	for (const item of list as unknown[]) {
		if (isDoc(item) && Object.keys(item)[0]?.startsWith('$')) throw badValue(`cannot nest $ under ${operator}`);
		if (isRegex(item)) patterns.push(matchesRegex(item));
		else known.add(hashKey(item));
	}
	const hasContainers = (list as unknown[]).some((item) => rankOf(item) === 20 || rankOf(item) === 25);
	return (value) => {
		const isContainer = Array.isArray(value) || isDoc(value);
		return (
			(isContainer && !hasContainers ? false : known.has(hashKey(value ?? null))) ||
			patterns.some((test) => test(value))
		);
	};
}

/** A string that matches the pattern, or the same pattern stored as a value. */
export function matchesRegex(value: unknown, options?: string): Predicate {
	if (optionsOf(value) !== '' && options !== undefined)
		throw new CommandError(51075, 'options set in both $regex and $options');
	const regex = compileRegex(value, options);
	return (candidate) =>
		typeof candidate === 'string'
			? regex.test(candidate)
			: isRegex(candidate) && isRegex(value) && isEqual(candidate, value);
}

/** `$type` by number, alias, 'number', or a list of them. */
export function hasType(operand: unknown): Predicate {
	const wanted = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(typeNumbers));
	if (wanted.size === 0) throw failedToParse('a must match at least one type');
	return (value) => value !== undefined && wanted.has(typeOf(value));
}

function typeNumbers(operand: unknown): number[] {
	if (operand === 'number') return [1, 16, 18, 19];
	if (typeof operand === 'string') {
		const number = typeNumberOf(operand);
		if (number === undefined) throw badValue(`Unknown type name alias: ${operand}`);
		return [number];
	}
	const number = toNumber(operand);
	if (number === undefined) throw failedToParse('type must be represented as a number or a string');
	if (!isTypeNumber(number)) throw badValue(`Invalid numerical type code: ${number}`);
	return [number];
}

/** `$mod: [divisor, remainder]`; fractions of both and of the value are cut off. */
export function hasRemainder(operand: unknown): Predicate {
	if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array');
	if (operand.length !== 2) throw badValue(`malformed mod, ${operand.length < 2 ? 'not enough' : 'too many'} elements`);
	const [divisor, remainder] = operand.map((part: unknown) => {
		const number = truncated(part);
		if (number === undefined) throw badValue('malformed mod, divisor and remainder must be finite numbers');
		return number;
	}) as [bigint, bigint];
	if (divisor === 0n) throw badValue('divisor cannot be 0');
	return (value) => {
		const number = truncated(value);
		return number !== undefined && number % divisor === remainder;
	};
}

/** A number without its fraction; undefined for what is not finite or no 64-bit integer holds. */
function truncated(value: unknown): bigint | undefined {
	const number = toNumber(value);
	if (number === undefined || !Number.isFinite(number)) return undefined;
	const { coefficient, exponent } = exactOf(value);
	const whole = exponent < 0 ? coefficient / 10n ** BigInt(-exponent) : coefficient * 10n ** BigInt(exponent);
	return fitsLong(whole) ? whole : undefined;
}

/** `$size`: an array of exactly that many elements. */
export function hasSize(operand: unknown): Predicate {
	const size = toNumber(operand);
	if (size === undefined) throw failedToParse(`Failed to parse $size. Expected a number in: $size: ${show(operand)}`);
	if (!Number.isInteger(size))
		throw failedToParse(`Failed to parse $size. Expected an integer: $size: ${show(operand)}`);
	if (size < 0)
		throw failedToParse(`Failed to parse $size. Expected a non-negative number in: $size: ${show(operand)}`);
	return (value) => Array.isArray(value) && value.length === size;
}

/** Whether an operand counts as true, as `$exists` reads it: everything but false, null, 0 and nothing. */
export function isTruthy(value: unknown): boolean {
	if (value === undefined || value === null || value === false) return false;
	return toNumber(value) !== 0;
}

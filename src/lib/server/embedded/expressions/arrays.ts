// Arrays: taking elements and parts, joining, searching and sorting.
import { compare, isEqual } from '../compare.ts';
import { CommandError } from '../errors.ts';
import { asInt, toInteger, toNumber } from '../numbers.ts';
import { compileSort } from '../sort.ts';
import { isTruthy } from '../predicates.ts';
import { type Doc, isDoc, typeName } from '../values.ts';
import { binary, fieldsOf, isNullish, namedOperands, unary, unaryOrNull, untilNull, variadic } from './operands.ts';
import type { Expression, Operator, Scope } from './scope.ts';

export function requireArray(value: unknown, name: string, code: number): unknown[] {
	if (Array.isArray(value)) return value as unknown[];
	throw new CommandError(code, `${name} requires an array argument, found: ${typeName(value)}`);
}

export function requireWhole(value: unknown, name: string, code: number): number {
	const number = toInteger(value);
	if (number === undefined)
		throw new CommandError(code, `${name} requires a whole number, found: ${typeName(value)} ${String(value)}`);
	return Number(number);
}

function elementAt(array: unknown, position: unknown, name: string): unknown {
	if (isNullish(array) || isNullish(position)) return null;
	return requireArray(array, name, 28689).at(requireWhole(position, name, 28691));
}

function slice(values: unknown[], name: string): unknown {
	if (values.some(isNullish)) return null;
	const array = requireArray(values[0], name, 28724);
	const first = requireWhole(values[1], name, 28725);
	if (values.length === 2) return first < 0 ? array.slice(first) : array.slice(0, first);
	const count = requireWhole(values[2], name, 28727);
	if (count <= 0) throw new CommandError(28729, `Third argument to $slice must be positive: ${count}`);
	const from = first < 0 ? Math.max(array.length + first, 0) : first;
	return array.slice(from, from + count);
}

function concatArrays(values: unknown[], name: string): unknown {
	return untilNull(values, (value) => requireArray(value, name, 28664))?.flat() ?? null;
}

function indexOf(values: unknown[], name: string): unknown {
	if (isNullish(values[0])) return null;
	const array = requireArray(values[0], name, 40090);
	const [from = 0, to = array.length] = values.slice(2).map((bound) => requireWhole(bound, name, 40096));
	if (from < 0 || to < 0) throw new CommandError(40097, `${name} requires a nonnegative index`);
	for (let at = from; at < Math.min(to, array.length); at++) if (isEqual(array[at], values[1])) return asInt(at);
	return asInt(-1);
}

const rangeLimit = 5_000_000;

function range(values: unknown[], name: string): unknown[] {
	const [start, end, step = 1] = values.map((value) => {
		const number = requireWhole(value, name, 34444);
		if (number !== (number | 0)) throw new CommandError(34444, `${name} requires 32-bit integers, found: ${number}`);
		return number;
	}) as [number, number, number?];
	if (step === 0) throw new CommandError(34449, '$range requires a non-zero step value');
	const length = Math.max(0, Math.ceil((end - start) / step));
	if (length > rangeLimit)
		throw new CommandError(
			'QueryExceededMemoryLimitNoDiskUseAllowed',
			`$range would make more than ${rangeLimit} numbers`,
		);
	return Array.from({ length }, (_, at) => asInt(start + at * step));
}

function compileZip(operand: unknown, scope: Scope, name: string): Expression {
	const fields = fieldsOf(name, operand, ['inputs'], ['useLongestLength', 'defaults']);
	if (!Array.isArray(fields.inputs)) throw new CommandError(34461, 'inputs must be an array of expressions');
	if (fields.inputs.length === 0) throw new CommandError(34465, '$zip requires at least one input array');
	const isLongest = fields.useLongestLength === true;
	const { defaults: fillers } = fields;
	if (fillers !== undefined && !isLongest)
		throw new CommandError(34466, 'cannot specify defaults unless useLongestLength is true');
	if (fillers !== undefined && (!Array.isArray(fillers) || fillers.length !== fields.inputs.length)) {
		throw new CommandError(34467, 'defaults and inputs must have the same length');
	}
	const inputs = fields.inputs.map((input: unknown) => scope.compile(input));
	const defaults = ((fillers as unknown[] | undefined) ?? []).map((filler) => scope.compile(filler));
	return (doc) => {
		const values = inputs.map((input) => input(doc));
		if (values.some(isNullish)) return null;
		const arrays = values.map((value) => requireArray(value, name, 34468));
		const lengths = arrays.map((array) => array.length);
		const length = isLongest ? Math.max(...lengths) : Math.min(...lengths);
		const fill = defaults.map((filler) => filler(doc));
		return Array.from({ length }, (_, at) =>
			arrays.map((array, which) => (at < array.length ? array[at] : (fill[which] ?? null))),
		);
	};
}

function compileSortArray(operand: unknown, scope: Scope, name: string): Expression {
	const { sortBy } = fieldsOf(name, operand, ['input', 'sortBy']);
	const { input } = namedOperands(name, { input: (operand as Doc).input }, scope, ['input']);
	const order = isDoc(sortBy) ? byFields(sortBy) : byValue(sortBy);
	return (doc) => {
		const array = input(doc);
		return isNullish(array) ? null : requireArray(array, name, 2942504).slice().sort(order);
	};
}

function byValue(direction: unknown): (a: unknown, b: unknown) => number {
	const sign = toNumber(direction);
	if (sign !== 1 && sign !== -1) throw new CommandError(2942507, '$sortArray sortBy must be 1, -1 or a document');
	return (a, b) => compare(a, b) * sign;
}

function byFields(spec: Doc): (a: unknown, b: unknown) => number {
	const { compareDocs } = compileSort(spec);
	return (a, b) => compareDocs(isDoc(a) ? a : {}, isDoc(b) ? b : {});
}

const contains = (value: unknown, array: unknown, name: string) =>
	requireArray(array, name, 40081).some((element) => isEqual(element, value));

export const arrays: Record<string, Operator> = {
	$arrayElemAt: binary(elementAt),
	$first: unaryOrNull((value, name) => requireArray(value, name, 28689)[0]),
	$last: unaryOrNull((value, name) => requireArray(value, name, 28689).at(-1)),
	$slice: variadic(slice, 2, 3),
	$size: unary((value, name) => asInt(requireArray(value, name, 17124).length)),
	$isArray: unary((value) => Array.isArray(value)),
	$concatArrays: variadic(concatArrays),
	$in: binary(contains),
	$indexOfArray: variadic(indexOf, 2, 4),
	$range: variadic(range, 2, 3),
	$reverseArray: unaryOrNull((value, name) => requireArray(value, name, 34435).slice().reverse()),
	$zip: compileZip,
	$sortArray: compileSortArray,
	$allElementsTrue: unary((value, name) => requireArray(value, name, 17040).every(isTruthy)),
	$anyElementTrue: unary((value, name) => requireArray(value, name, 17041).some(isTruthy)),
};

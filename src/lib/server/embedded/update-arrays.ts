// The array operators of updates: $push with its modifiers, $addToSet, $pop, $pull and $pullAll.
import { compare, isEqual } from './compare.ts';
import { badValue, failedToParse, typeMismatch } from './errors.ts';
import { hashKey } from './hash.ts';
import { compileFilter, compileValueFilter, isOperators, refuseExpression } from './matcher.ts';
import { numberType, toInteger, toNumber } from './numbers.ts';
import { isRegex } from './regex.ts';
import { read } from './update-paths.ts';
import { isDoc, show, typeName } from './values.ts';

/** Computes the new array (or undefined for none) from the old value and the _id of its document, for messages. */
export type ArrayChange = (old: unknown, id: unknown) => unknown;

/** `$push: value` or `$push: { $each, $position, $sort, $slice }`: put in, then sort, then cut. */
export function compilePush(name: string, operand: unknown): ArrayChange {
	const modifiers = isDoc(operand) && '$each' in operand ? operand : { $each: [refuseModifiers('$push', operand)] };
	for (const key of Object.keys(modifiers)) {
		if (!['$each', '$position', '$sort', '$slice'].includes(key))
			throw badValue(`Unrecognized clause in $push: ${key}`);
	}
	const added = listOf('$push', modifiers.$each);
	const position = wholeNumber('$position', modifiers.$position);
	const slice = wholeNumber('$slice', modifiers.$slice);
	const order = '$sort' in modifiers ? compileElementSort(modifiers.$sort) : undefined;
	return (old, id) => {
		const array = arrayFor(name, old, id);
		if (added.length === 0 && slice === undefined && !order) return old ?? [];
		const at = position === undefined ? array.length : position;
		const next = array.slice();
		next.splice(at, 0, ...added);
		if (order) next.sort(order);
		if (slice === undefined) return next;
		return slice < 0 ? next.slice(slice) : next.slice(0, slice);
	};
}

function wholeNumber(modifier: string, value: unknown): number | undefined {
	if (value === undefined) return undefined;
	const number = toInteger(value);
	if (number === undefined)
		throw badValue(`The value for ${modifier} must be an integer value but was given type: ${typeName(value)}`);
	return Number(number);
}

function listOf(operator: string, each: unknown): unknown[] {
	if (Array.isArray(each)) return each;
	const refuse = operator === '$addToSet' ? typeMismatch : badValue;
	throw refuse(`The argument to $each in ${operator} must be an array but it was of type ${typeName(each)}`);
}

function refuseModifiers(operator: string, operand: unknown): unknown {
	if (isOperators(operand))
		throw badValue(`The clauses of ${operator} need $each, which is missing beside ${Object.keys(operand)[0]}`);
	return operand;
}

function arrayFor(name: string, old: unknown, id: unknown): unknown[] {
	if (old === undefined) return [];
	if (Array.isArray(old)) return old;
	throw badValue(`The field '${name}' must be an array but is of type ${typeName(old)} in document {_id: ${show(id)}}`);
}

function compileElementSort(spec: unknown): (a: unknown, b: unknown) => number {
	if (!isDoc(spec)) {
		const direction = directionOf(spec);
		return (a, b) => compare(a, b) * direction;
	}
	const keys = Object.entries(spec).map(([name, direction]) => {
		if (name === '' || name.split('.').includes('')) throw badValue('The $sort field name must not be empty');
		return { path: name.split('.'), direction: directionOf(direction) };
	});
	if (keys.length === 0) throw badValue('The $sort pattern is empty when it should be a set of fields.');
	return (a, b) => {
		for (const { path, direction } of keys) {
			const order = compare(valueIn(a, path), valueIn(b, path)) * direction;
			if (order !== 0) return order;
		}
		return 0;
	};
}

const valueIn = (element: unknown, path: string[]): unknown => read(element, path) ?? null;

function directionOf(value: unknown): number {
	const number = toNumber(value);
	if (number !== 1 && number !== -1) throw badValue('The $sort element value must be either 1 or -1');
	return number;
}

/** `$addToSet: value` or `{ $each }`: adds what no element equals yet; 1 and 1.0 are equal, field order matters. */
export function compileAddToSet(name: string, operand: unknown): ArrayChange {
	const hasEach = isDoc(operand) && '$each' in operand;
	if (hasEach && Object.keys(operand).length > 1) {
		throw badValue(
			`Found unexpected fields after $each in $addToSet: ${Object.keys(operand)
				.filter((key) => key !== '$each')
				.join(', ')}`,
		);
	}
	const added = hasEach ? listOf('$addToSet', operand.$each) : [refuseModifiers('$addToSet', operand)];
	return (old, id) => {
		if (old !== undefined && !Array.isArray(old)) {
			throw badValue(
				`Cannot apply $addToSet to non-array field. Field named '${name}' has non-array type ${typeName(old)} in document {_id: ${show(id)}}`,
			);
		}
		const array: unknown[] = old ?? [];
		const known = new Set(array.map(hashKey));
		const missing = added.filter((value) => {
			const key = hashKey(value);
			const isNew = !known.has(key);
			known.add(key);
			return isNew;
		});
		return missing.length === 0 && old !== undefined ? old : [...array, ...missing];
	};
}

/** `$pop: 1` drops the last element, `-1` the first. */
export function compilePop(name: string, operand: unknown): ArrayChange {
	if (!numberType(operand)) throw failedToParse(`Expected a number in: ${name}: ${show(operand)}`);
	const end = toNumber(operand);
	if (end !== 1 && end !== -1) throw failedToParse(`$pop expects 1 or -1, found: ${show(operand)}`);
	return (old) => {
		if (old === undefined) return undefined;
		if (!Array.isArray(old))
			throw typeMismatch(`Path '${name}' contains an element of non-array type '${typeName(old)}'`);
		if (old.length === 0) return old;
		return end === 1 ? old.slice(0, -1) : old.slice(1);
	};
}

/** `$pull`: operators are tried on each element, a document is a query on the documents among them, all else is equality. */
export function compilePull(operand: unknown): ArrayChange {
	return remove('$pull', pullTest(operand));
}

function pullTest(operand: unknown): (element: unknown) => boolean {
	if (isRegex(operand)) return compileValueFilter({ $in: [operand] });
	if (isOperators(operand) && !['$and', '$or', '$nor'].includes(Object.keys(operand)[0] as string))
		return compileValueFilter(operand);
	if (!isDoc(operand)) return (element) => isEqual(element, operand);
	refuseExpression(operand, '$pull');
	const match = compileFilter(operand);
	return (element) => isDoc(element) && match(element);
}

/** `$pullAll: [values]`: removes every element equal to one of them. */
export function compilePullAll(operand: unknown): ArrayChange {
	if (!Array.isArray(operand))
		throw badValue(`$pullAll requires an array argument but was given a ${typeName(operand)}`);
	return remove('$pullAll', (element) => operand.some((value) => isEqual(element, value)));
}

const remove =
	(operator: string, isUnwanted: (element: unknown) => boolean): ArrayChange =>
	(old) => {
		if (old === undefined) return undefined;
		if (!Array.isArray(old)) throw badValue(`Cannot apply ${operator} to a non-array value`);
		const kept = old.filter((element) => !isUnwanted(element));
		return kept.length === old.length ? old : kept;
	};

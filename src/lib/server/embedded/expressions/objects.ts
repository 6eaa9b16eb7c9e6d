// Documents: merging, reading and setting fields by name, and turning them into arrays and back.
import { CommandError } from '../errors.ts';
import { type Doc, field, isDoc, setField, typeName } from '../values.ts';
import { requireArray } from './arrays.ts';
import { fieldsOf, isNullish, unaryOrNull, variadic } from './operands.ts';
import type { Expression, Operator, Scope } from './scope.ts';

function requireDoc(value: unknown, name: string, code: number): Doc {
	if (isDoc(value)) return value;
	throw new CommandError(code, `${name} requires object inputs, but input is of type ${typeName(value)}`);
}

function merge(values: unknown[], name: string): Doc {
	const merged: Doc = {};
	for (const value of values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values) {
		if (isNullish(value)) continue;
		for (const [key, inner] of Object.entries(requireDoc(value, name, 40400))) setField(merged, key, inner);
	}
	return merged;
}

/** The name of a field, which must be written out: a string or a `$literal` of one. */
function constantName(operand: unknown, name: string): string {
	const literal = isDoc(operand) && '$literal' in operand ? operand.$literal : operand;
	if (typeof literal !== 'string')
		throw new CommandError(5654602, `${name} requires 'field' to evaluate to a constant string`);
	if (literal.startsWith('$') && literal === operand)
		throw new CommandError(5654600, `${name} requires 'field' to evaluate to a constant, not a path`);
	return literal;
}

function compileGetField(operand: unknown, scope: Scope, name: string): Expression {
	const isLong = isDoc(operand) && !Object.keys(operand)[0]?.startsWith('$');
	const fields = isLong ? fieldsOf(name, operand, ['field', 'input']) : { field: operand, input: '$$CURRENT' };
	const key = constantName(fields.field, name);
	const input = scope.compile(fields.input);
	return (doc) => {
		const value = input(doc);
		if (isDoc(value)) return field(value, key);
		return value === null ? null : undefined;
	};
}

function compileSetField(operand: unknown, scope: Scope, name: string): Expression {
	const required = name === '$setField' ? ['field', 'input', 'value'] : ['field', 'input'];
	const fields = fieldsOf(name, operand, required);
	const key = constantName(fields.field, name);
	const input = scope.compile(fields.input);
	const value = name === '$setField' ? scope.compile(fields.value) : () => undefined;
	return (doc) => {
		const target = input(doc);
		if (isNullish(target)) return null;
		const copy = { ...requireDoc(target, name, 4161105) };
		const computed = value(doc);
		if (computed === undefined) delete copy[key];
		else setField(copy, key, computed);
		return copy;
	};
}

function fromPairs(value: unknown, name: string): Doc {
	const made: Doc = {};
	const pairs = requireArray(value, name, 40386);
	const isOfArrays = Array.isArray(pairs[0]);
	for (const pair of pairs) {
		const [key, inner] = isOfArrays ? listed(pair, name) : keyed(pair, name);
		if (typeof key !== 'string')
			throw new CommandError(
				isOfArrays ? 40395 : 40394,
				`${name} requires keys to be strings, found: ${typeName(key)}`,
			);
		setField(made, key, inner);
	}
	return made;
}

function listed(pair: unknown, name: string): unknown[] {
	if (!Array.isArray(pair))
		throw new CommandError(40396, `${name}: Elements must all be arrays or all be objects, found: ${typeName(pair)}`);
	if (pair.length !== 2) throw new CommandError(40397, `${name} requires arrays of size 2, found size: ${pair.length}`);
	return pair;
}

function keyed(pair: unknown, name: string): unknown[] {
	if (!isDoc(pair))
		throw new CommandError(40391, `${name}: Elements must all be arrays or all be objects, found: ${typeName(pair)}`);
	if (Object.keys(pair).length !== 2 || !('k' in pair) || !('v' in pair))
		throw new CommandError(40392, `${name} requires objects with the fields 'k' and 'v' and no others`);
	return [pair.k, pair.v];
}

export const objects: Record<string, Operator> = {
	$mergeObjects: variadic(merge),
	$getField: compileGetField,
	$setField: compileSetField,
	$unsetField: compileSetField,
	$objectToArray: unaryOrNull((value, name) =>
		Object.entries(requireDoc(value, name, 40390)).map(([k, v]) => ({ k, v })),
	),
	$arrayToObject: unaryOrNull(fromPairs),
};

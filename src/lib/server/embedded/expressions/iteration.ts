// Expressions that name values: $let, and $map, $filter and $reduce over the elements of an array.
import { CommandError } from '../errors.ts';
import { isTruthy } from '../predicates.ts';
import { isDoc } from '../values.ts';
import { requireArray, requireWhole } from './arrays.ts';
import { fieldsOf, isNullish } from './operands.ts';
import type { Cell, Expression, Operator, Scope } from './scope.ts';

function compileLet(operand: unknown, scope: Scope, name: string): Expression {
	const { vars, in: body } = fieldsOf(name, operand, ['vars', 'in']);
	if (!isDoc(vars)) throw new CommandError(16874, 'invalid parameter: expected an object (vars)');
	const values = Object.values(vars).map((value) => scope.compile(value));
	const { scope: inner, cells } = scope.declare(Object.keys(vars));
	const result = inner.compile(body);
	return (doc) => {
		const computed = values.map((value) => value(doc));
		for (const [at, cell] of cells.entries()) cell.value = computed[at];
		return result(doc);
	};
}

/** The name an element goes by: `this` unless `as` says otherwise. */
function elementName(as: unknown): string {
	if (as === undefined) return 'this';
	if (typeof as !== 'string') throw new CommandError('FailedToParse', "the 'as' parameter must be a string");
	return as;
}

function compileMap(operand: unknown, scope: Scope, name: string): Expression {
	const { input, as, in: body } = fieldsOf(name, operand, ['input', 'in'], ['as']);
	const array = scope.compile(input);
	const { scope: inner, cells } = scope.declare([elementName(as)]);
	const [element] = cells as [Cell];
	const result = inner.compile(body);
	return (doc) => {
		const elements = array(doc);
		if (isNullish(elements)) return null;
		return requireArray(elements, name, 16883).map((value) => {
			element.value = value;
			return result(doc) ?? null;
		});
	};
}

function compileFilterOver(operand: unknown, scope: Scope, name: string): Expression {
	const { input, as, cond, limit } = fieldsOf(name, operand, ['input', 'cond'], ['as', 'limit']);
	const array = scope.compile(input);
	const most = limit === undefined ? undefined : scope.compile(limit);
	const { scope: inner, cells } = scope.declare([elementName(as)]);
	const [element] = cells as [Cell];
	const test = inner.compile(cond);
	return (doc) => {
		const elements = array(doc);
		if (isNullish(elements)) return null;
		const limitValue = most?.(doc);
		const count = isNullish(limitValue) ? Infinity : requireWhole(limitValue, name, 327391);
		if (count < 1) throw new CommandError(327392, '$filter: limit must be greater than 0');
		const kept: unknown[] = [];
		for (const value of requireArray(elements, name, 28651)) {
			if (kept.length === count) break;
			element.value = value;
			if (isTruthy(test(doc))) kept.push(value);
		}
		return kept;
	};
}

function compileReduce(operand: unknown, scope: Scope, name: string): Expression {
	const { input, initialValue, in: body } = fieldsOf(name, operand, ['input', 'initialValue', 'in']);
	const array = scope.compile(input);
	const initial = scope.compile(initialValue);
	const { scope: inner, cells } = scope.declare(['this', 'value']);
	const [element, soFar] = cells as [Cell, Cell];
	const combine = inner.compile(body);
	return (doc) => {
		const elements = array(doc);
		if (isNullish(elements)) return null;
		return requireArray(elements, name, 40080).reduce((value, current) => {
			element.value = current;
			soFar.value = value;
			return combine(doc);
		}, initial(doc));
	};
}

export const iteration: Record<string, Operator> = {
	$let: compileLet,
	$map: compileMap,
	$filter: compileFilterOver,
	$reduce: compileReduce,
};

// Comparison, logic and choice.
import { compare } from '../compare.ts';
import { CommandError } from '../errors.ts';
import { asInt } from '../numbers.ts';
import { isTruthy } from '../predicates.ts';
import { binary, fieldsOf, isNullish, namedOperands, positional } from './operands.ts';
import type { Expression, Operator, Scope } from './scope.ts';
import { isDoc } from '../values.ts';

const ordered = (passes: (order: number) => boolean): Operator => binary((left, right) => passes(compare(left, right)));

function compileSwitch(operand: unknown, scope: Scope, name: string): Expression {
	const { branches, default: otherwise } = fieldsOf(name, operand, ['branches'], ['default']);
	if (!Array.isArray(branches)) throw new CommandError(40060, "$switch expected an array for 'branches'");
	if (branches.length === 0) throw new CommandError(40068, '$switch requires at least one branch.');
	const cases = branches.map((branch: unknown) => namedOperands(name, branch, scope, ['case', 'then']));
	const fallback = isDoc(operand) && 'default' in operand ? scope.compile(otherwise) : undefined;
	return (doc) => {
		const taken = cases.find((branch) => isTruthy(branch.case(doc)));
		if (taken) return taken.then(doc);
		if (fallback) return fallback(doc);
		throw new CommandError(
			40066,
			'$switch could not find a matching branch for an input, and no default was specified.',
		);
	};
}

export const conditionals: Record<string, Operator> = {
	$cmp: binary((left, right) => asInt(Math.sign(compare(left, right)))),
	$eq: ordered((order) => order === 0),
	$ne: ordered((order) => order !== 0),
	$gt: ordered((order) => order > 0),
	$gte: ordered((order) => order >= 0),
	$lt: ordered((order) => order < 0),
	$lte: ordered((order) => order <= 0),
	$and: (operand, scope, name) => {
		const terms = positional(name, operand, scope, 0, Infinity);
		return (doc) => terms.every((term) => isTruthy(term(doc)));
	},
	$or: (operand, scope, name) => {
		const terms = positional(name, operand, scope, 0, Infinity);
		return (doc) => terms.some((term) => isTruthy(term(doc)));
	},
	$not: (operand, scope, name) => {
		const [term] = positional(name, operand, scope, 1) as [Expression];
		return (doc) => !isTruthy(term(doc));
	},
	$cond: (operand, scope, name) => {
		const named = isDoc(operand) ? namedOperands(name, operand, scope, ['if', 'then', 'else']) : undefined;
		const [test, yes, no] = (named ? [named.if, named.then, named.else] : positional(name, operand, scope, 3)) as [
			Expression,
			Expression,
			Expression,
		];
		return (doc) => (isTruthy(test(doc)) ? yes(doc) : no(doc));
	},
	$ifNull: (operand, scope, name) => {
		const choices = positional(name, operand, scope, 2, Infinity);
		const last = choices.pop() as Expression;
		return (doc) => {
			for (const choice of choices) {
				const value = choice(doc);
				if (!isNullish(value)) return value;
			}
			return last(doc);
		};
	},
	$switch: compileSwitch,
	$literal: (operand) => () => operand,
};

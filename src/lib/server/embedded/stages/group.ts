// $group and the stages that are groups: $sortByCount, $bucket and $count. Streams, holding one state for each group.
import { compare, rankOf } from '../compare.ts';
import { CommandError, unsupported } from '../errors.ts';
import type { Expression, Scope } from '../expressions/scope.ts';
import { hashKey } from '../hash.ts';
import { isOperators } from '../matcher.ts';
import { asInt } from '../numbers.ts';
import { type Doc, isDoc, setField, show } from '../values.ts';
import { type Accumulator, accumulators } from './accumulators.ts';
import { Budget, sizeOf } from './memory.ts';
import { sortDocs } from './sort.ts';
import type { Stage, StageContext } from './stage.ts';
import { compileSort } from '../sort.ts';

interface Gathered {
	name: string;
	make: () => Accumulator;
	value: Expression;
}

export function compileGroup(operand: unknown, { scope }: StageContext): Stage {
	if (!isDoc(operand)) throw new CommandError(15947, "a group's fields must be specified in an object");
	if (!('_id' in operand)) throw new CommandError(15955, 'a group specification must include an _id');
	const { _id, ...fields } = operand;
	return group(scope.compile(_id), gatheredFields(fields, scope), '$group');
}

function gatheredFields(fields: Doc, scope: Scope): Gathered[] {
	return Object.entries(fields).map(([name, operand]) => {
		if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
		if (name.startsWith('$')) throw new CommandError(40236, `The field name '${name}' cannot be an operator name`);
		if (!isDoc(operand)) throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
		const [operator, ...others] = Object.keys(operand);
		if (operator === undefined || others.length > 0)
			throw new CommandError(40238, `The field '${name}' must specify one accumulator`);
		const make = Object.hasOwn(accumulators, operator) ? accumulators[operator] : undefined;
		if (!make) throw unsupported('accumulator', operator);
		return { name, make, value: accumulated(operator, operand[operator], scope) };
	});
}

function accumulated(operator: string, operand: unknown, scope: Scope): Expression {
	if (operator === '$count') {
		if (isDoc(operand) && Object.keys(operand).length === 0) return () => null;
		throw new CommandError('TypeMismatch', '$count takes no arguments, i.e. $count:{}');
	}
	if (!Array.isArray(operand)) return scope.compile(operand);
	const [only, ...others] = operand as unknown[];
	if (only === undefined || others.length > 0)
		throw new CommandError(40237, `The ${operator} accumulator is a unary operator`);
	return scope.compile(only);
}

function group(id: Expression, fields: Gathered[], stage: string): Stage {
	return function* (docs) {
		const budget = new Budget(stage);
		const groups = new Map<string, { id: unknown; states: Accumulator[] }>();
		for (const doc of docs) {
			const value = id(doc) ?? null;
			const key = hashKey(value);
			let found = groups.get(key);
			if (!found) {
				found = { id: value, states: fields.map(({ make }) => make()) };
				groups.set(key, found);
				budget.take(sizeOf(value) + 2 * key.length + 128 + 96 * fields.length);
			}
			for (let at = 0; at < fields.length; at++) {
				const added = (found.states[at] as Accumulator).add((fields[at] as Gathered).value(doc));
				if (added > 0) budget.take(added);
			}
		}
		for (const { id: _id, states } of groups.values()) {
			const out: Doc = { _id };
			for (const [at, { name }] of fields.entries()) setField(out, name, states[at]?.result() ?? null);
			yield out;
		}
	};
}

const counting = (name: string): Gathered => ({
	name,
	make: accumulators.$count as () => Accumulator,
	value: () => null,
});

export function compileCount(operand: unknown): Stage {
	if (typeof operand !== 'string' || operand === '')
		throw new CommandError(40156, 'the count field must be a non-empty string');
	if (operand.startsWith('$')) throw new CommandError(40158, 'the count field cannot be a $-prefixed path');
	if (operand.includes('.')) throw new CommandError(40160, "the count field cannot contain '.'");
	return function* (docs) {
		let count = 0;
		for (const _ of docs) count++;
		if (count > 0) yield { [operand]: asInt(count) };
	};
}

const isPathOrExpression = (operand: unknown) =>
	typeof operand === 'string' ? operand.startsWith('$') : isOperators(operand);

/** Whether an operand names neither a field nor a variable. */
function isConstant(operand: unknown): boolean {
	if (typeof operand === 'string') return !operand.startsWith('$');
	if (Array.isArray(operand)) return operand.every(isConstant);
	return !isDoc(operand) || '$literal' in operand || Object.values(operand).every(isConstant);
}

export function compileSortByCount(operand: unknown, { scope }: StageContext): Stage {
	if (!isPathOrExpression(operand))
		throw new CommandError(
			40148,
			'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
		);
	const counts = group(scope.compile(operand), [counting('count')], '$sortByCount');
	const sort = compileSort({ count: -1 });
	return (docs) => sortDocs(counts(docs), sort);
}

export function compileBucket(operand: unknown, { scope }: StageContext): Stage {
	if (!isDoc(operand)) throw new CommandError(40201, 'Argument to $bucket stage must be an object');
	const unknown = Object.keys(operand).find((name) => !['groupBy', 'boundaries', 'default', 'output'].includes(name));
	if (unknown !== undefined) throw new CommandError(40197, `Unrecognized option to $bucket: ${unknown}.`);
	if (!('groupBy' in operand) || !('boundaries' in operand))
		throw new CommandError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
	const boundaries = boundariesOf(operand.boundaries, scope);
	if (!isPathOrExpression(operand.groupBy))
		throw new CommandError(40202, "The $bucket 'groupBy' field must be a $-prefixed path or an expression");
	if ('default' in operand && !isConstant(operand.default))
		throw new CommandError(
			40195,
			`The $bucket 'default' field must be a constant, but found: ${show(operand.default)}`,
		);
	const fallback = 'default' in operand ? scope.compile(operand.default)({}) : undefined;
	const [lowest, highest] = [boundaries[0], boundaries.at(-1)];
	if ('default' in operand && compare(fallback, lowest) >= 0 && compare(fallback, highest) < 0) {
		throw new CommandError(
			40199,
			"The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
		);
	}
	const groupBy = scope.compile(operand.groupBy);
	const id: Expression = (doc) => {
		const value = groupBy(doc);
		const at = boundaries.findLastIndex((boundary) => compare(value, boundary) >= 0);
		if (at >= 0 && at < boundaries.length - 1) return boundaries[at];
		if ('default' in operand) return fallback;
		throw new CommandError(40066, `$bucket has no bucket for ${show(value)}, and no default was specified.`);
	};
	if ('output' in operand && !isDoc(operand.output))
		throw new CommandError(40196, "The $bucket 'output' field must be an object");
	const fields = isDoc(operand.output) ? gatheredFields(operand.output, scope) : [counting('count')];
	const buckets = group(id, fields, '$bucket');
	const sort = compileSort({ _id: 1 });
	return (docs) => sortDocs(buckets(docs), sort);
}

function boundariesOf(operand: unknown, scope: Scope): unknown[] {
	if (!Array.isArray(operand)) throw new CommandError(40200, "The $bucket 'boundaries' field must be an array");
	if (operand.length < 2) throw new CommandError(40192, "The $bucket 'boundaries' field must have at least 2 values");
	const computed = operand.find((boundary: unknown) => !isConstant(boundary)) as unknown;
	if (computed !== undefined)
		throw new CommandError(40191, `The $bucket 'boundaries' must be constants, but found: ${show(computed)}`);
	const boundaries = operand.map((boundary: unknown) => scope.compile(boundary)({}));
	if (boundaries.some((boundary) => rankOf(boundary) !== rankOf(boundaries[0])))
		throw new CommandError(40193, "All values in the 'boundaries' option to $bucket must have the same type.");
	for (let at = 1; at < boundaries.length; at++) {
		if (compare(boundaries[at - 1], boundaries[at]) >= 0)
			throw new CommandError(40194, "The 'boundaries' option to $bucket must be sorted.");
	}
	return boundaries;
}

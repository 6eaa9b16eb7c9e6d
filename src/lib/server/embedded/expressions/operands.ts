// Reading an operator's operands: how many there are, which names they have, and what a null among them does.
import { CommandError } from '../errors.ts';
import { isDoc } from '../values.ts';
import type { Expression, Operator, Scope } from './scope.ts';

export const isNullish = (value: unknown): value is null | undefined => value === null || value === undefined;

/** Reads operands in their order, of which the first that is null or missing ends it and makes the result null. */
export function untilNull<Read>(values: readonly unknown[], read: (value: unknown) => Read): Read[] | null {
	const taken: Read[] = [];
	for (const value of values) {
		if (isNullish(value)) return null;
		taken.push(read(value));
	}
	return taken;
}

/** Compiles the operands of an operator that takes from `least` to `most` of them; a lone one needs no array. */
export function positional(name: string, operand: unknown, scope: Scope, least: number, most = least): Expression[] {
	const operands: unknown[] = Array.isArray(operand) ? operand : [operand];
	if (operands.length < least || operands.length > most) {
		throw least === most
			? new CommandError(
					16020,
					`Expression ${name} takes exactly ${least} arguments. ${operands.length} were passed in.`,
				)
			: new CommandError(
					28667,
					`Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${operands.length} were passed in.`,
				);
	}
	return operands.map((one) => scope.compile(one));
}

/** An operator of one value. */
export const unary =
	(compute: (value: unknown, name: string) => unknown): Operator =>
	(operand, scope, name) => {
		const [only] = positional(name, operand, scope, 1) as [Expression];
		return (doc) => compute(only(doc), name);
	};

/** An operator of one value that makes null of nothing. */
export const unaryOrNull = (compute: (value: unknown, name: string) => unknown): Operator =>
	unary((value, name) => (isNullish(value) ? null : compute(value, name)));

/** An operator of two values. */
export const binary =
	(compute: (left: unknown, right: unknown, name: string) => unknown): Operator =>
	(operand, scope, name) => {
		const [left, right] = positional(name, operand, scope, 2) as [Expression, Expression];
		return (doc) => compute(left(doc), right(doc), name);
	};

/** An operator of any number of values. */
export const variadic =
	(compute: (values: unknown[], name: string) => unknown, least = 0, most = Infinity): Operator =>
	(operand, scope, name) => {
		const expressions = positional(name, operand, scope, least, most);
		return (doc) =>
			compute(
				expressions.map((expression) => expression(doc)),
				name,
			);
	};

/** Checks that an operand is a document of these fields, and returns it. */
export function fieldsOf(
	name: string,
	operand: unknown,
	required: readonly string[],
	optional: readonly string[] = [],
): Record<string, unknown> {
	if (!isDoc(operand)) throw new CommandError('FailedToParse', `${name} only supports an object as its argument`);
	for (const key of Object.keys(operand)) {
		if (!required.includes(key) && !optional.includes(key))
			throw new CommandError('FailedToParse', `Unrecognized argument to ${name}: ${key}`);
	}
	for (const key of required) {
		if (!(key in operand)) throw new CommandError('FailedToParse', `Missing '${key}' parameter to ${name}`);
	}
	return operand;
}

/** Compiles an operand that is a document of named expressions; those left out are undefined when evaluated. */
export function namedOperands<Name extends string>(
	name: string,
	operand: unknown,
	scope: Scope,
	required: readonly Name[],
	optional: readonly Name[] = [],
): Record<Name, Expression> {
	const fields = fieldsOf(name, operand, required, optional);
	const compiled = {} as Record<Name, Expression>;
	for (const key of [...required, ...optional])
		compiled[key] = key in fields ? scope.compile(fields[key]) : () => undefined;
	return compiled;
}

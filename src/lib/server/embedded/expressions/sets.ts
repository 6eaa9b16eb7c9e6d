// Arrays as sets: order and repetition do not count.
import { CommandError } from '../errors.ts';
import { hashKey } from '../hash.ts';
import { typeName } from '../values.ts';
import { isNullish, variadic } from './operands.ts';
import type { Operator } from './scope.ts';

function setOf(value: unknown, name: string): Map<string, unknown> {
	if (!Array.isArray(value))
		throw new CommandError(
			17048,
			`All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`,
		);
	return new Map(value.map((element: unknown) => [hashKey(element), element] as const));
}

const combined = (combine: (sets: Map<string, unknown>[]) => unknown): Operator =>
	variadic((values, name) => (values.some(isNullish) ? null : combine(values.map((value) => setOf(value, name)))));

const isSubset = (inner: Map<string, unknown>, outer: Map<string, unknown>) =>
	[...inner.keys()].every((key) => outer.has(key));

const pair = (compute: (a: Map<string, unknown>, b: Map<string, unknown>) => unknown, isNullable: boolean): Operator =>
	variadic(
		([left, right], name) =>
			isNullable && (isNullish(left) || isNullish(right)) ? null : compute(setOf(left, name), setOf(right, name)),
		2,
		2,
	);

export const sets: Record<string, Operator> = {
	$setUnion: combined((sets) => [...new Map(sets.flatMap((set) => [...set])).values()]),
	$setIntersection: combined(([first = new Map<string, unknown>(), ...rest]) =>
		[...first].filter(([key]) => rest.every((set) => set.has(key))).map(([, value]) => value),
	),
	$setDifference: pair((a, b) => [...a].filter(([key]) => !b.has(key)).map(([, value]) => value), true),
	$setIsSubset: pair(isSubset, false),
	$setEquals: variadic((values, name) => {
		const [first, ...rest] = values.map((value) => setOf(value, name)) as [
			Map<string, unknown>,
			...Map<string, unknown>[],
		];
		return rest.every((set) => set.size === first.size && isSubset(set, first));
	}, 2),
};

// Arrays as sets: order and repetition do not count.
import { CommandError } from '../errors.ts';
import { hashKey } from '../hash.ts';
import { typeName } from '../values.ts';
import { binary, isNullish, untilNull, variadic } from './operands.ts';
import type { Operator } from './scope.ts';

function setOf(value: unknown, name: string, code: number): Map<string, unknown> {
	if (!Array.isArray(value))
		throw new CommandError(code, `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`);
	return distinct(value);
}

/** Of equal values the first is kept. */
function distinct(values: readonly unknown[]): Map<string, unknown> {
	const kept = new Map<string, unknown>();
	for (const value of values) {
		const key = hashKey(value);
		if (!kept.has(key)) kept.set(key, value);
	}
	return kept;
}

const combined = (code: number, combine: (sets: Map<string, unknown>[]) => unknown): Operator =>
	variadic((values, name) => {
		const sets = untilNull(values, (value) => setOf(value, name, code));
		return sets && combine(sets);
	});

const isSubset = (inner: Map<string, unknown>, outer: Map<string, unknown>) =>
	[...inner.keys()].every((key) => outer.has(key));

export const sets: Record<string, Operator> = {
	$setUnion: combined(17043, (sets) => [...distinct(sets.flatMap((set) => [...set.values()])).values()]),
	$setIntersection: combined(17047, ([first = new Map<string, unknown>(), ...rest]) =>
		[...first].filter(([key]) => rest.every((set) => set.has(key))).map(([, value]) => value),
	),
	$setDifference: binary((left, right, name) => {
		if (isNullish(left) || isNullish(right)) return null;
		const wanted = setOf(left, name, 17048);
		const unwanted = setOf(right, name, 17049);
		return [...wanted].filter(([key]) => !unwanted.has(key)).map(([, value]) => value);
	}),
	$setIsSubset: binary((inner, outer, name) => isSubset(setOf(inner, name, 17046), setOf(outer, name, 17042))),
	$setEquals: variadic((values, name) => {
		const [first, ...rest] = values.map((value) => setOf(value, name, 17044)) as [
			Map<string, unknown>,
			...Map<string, unknown>[],
		];
		return rest.every((set) => set.size === first.size && isSubset(set, first));
	}, 2),
};

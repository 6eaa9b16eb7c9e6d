// What $group gathers: each accumulator takes values one at a time and never keeps more than its result needs.
import { compare } from '../compare.ts';
import { CommandError } from '../errors.ts';
import { Sum } from '../expressions/sum.ts';
import { hashKey } from '../hash.ts';
import { asDouble, asInt, asLong, fitsInt, numberType, toNumber } from '../numbers.ts';
import { type Doc, isDoc, setField, typeName } from '../values.ts';
import { sizeOf } from './memory.ts';

export interface Accumulator {
	/** Takes a value, undefined for a missing one, and returns how many bytes that added. */
	add(value: unknown): number;
	/** Undefined stands for no value, which a group writes as null. */
	result(): unknown;
}

function sum(): Accumulator {
	const total = new Sum();
	return {
		add(value) {
			total.add(value);
			return 0;
		},
		result: () => total.result(),
	};
}

function average(): Accumulator {
	const total = new Sum();
	return {
		add(value) {
			total.add(value);
			return 0;
		},
		result: () => (total.count === 0 ? null : asDouble(total.toDouble() / total.count)),
	};
}

/** Null and missing values do not count. */
const extreme = (sign: 1 | -1) => (): Accumulator => {
	let best: unknown = null;
	return {
		add(value) {
			if (value !== undefined && value !== null && (best === null || compare(value, best) * sign > 0)) best = value;
			return 0;
		},
		result: () => best,
	};
};

function first(): Accumulator {
	let kept: unknown;
	let isSet = false;
	return {
		add(value) {
			if (!isSet) kept = value;
			isSet = true;
			return 0;
		},
		result: () => kept,
	};
}

function last(): Accumulator {
	let kept: unknown;
	return {
		add(value) {
			kept = value;
			return 0;
		},
		result: () => kept,
	};
}

function push(): Accumulator {
	const values: unknown[] = [];
	return {
		add(value) {
			if (value === undefined) return 0;
			values.push(value);
			return sizeOf(value);
		},
		result: () => values,
	};
}

function addToSet(): Accumulator {
	const values = new Map<string, unknown>();
	return {
		add(value) {
			if (value === undefined) return 0;
			const key = hashKey(value);
			if (values.has(key)) return 0;
			values.set(key, value);
			return sizeOf(value) + 2 * key.length;
		},
		result: () => [...values.values()],
	};
}

function mergeObjects(): Accumulator {
	const merged: Doc = {};
	return {
		add(value) {
			if (value === undefined || value === null) return 0;
			if (!isDoc(value))
				throw new CommandError(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
			for (const [name, inner] of Object.entries(value)) setField(merged, name, inner);
			return sizeOf(value);
		},
		result: () => merged,
	};
}

/** Welford's running variance, which does not lose digits to large means. */
const deviation = (degrees: 0 | 1) => (): Accumulator => {
	let count = 0;
	let mean = 0;
	let squares = 0;
	return {
		add(value) {
			if (numberType(value) === undefined) return 0;
			const number = toNumber(value) as number;
			count++;
			const distance = number - mean;
			mean += distance / count;
			squares += distance * (number - mean);
			return 0;
		},
		result: () => (count <= degrees ? null : asDouble(Math.sqrt(squares / (count - degrees)))),
	};
};

function count(): Accumulator {
	let seen = 0;
	return {
		add() {
			seen++;
			return 0;
		},
		result: () => (fitsInt(BigInt(seen)) ? asInt(seen) : asLong(BigInt(seen))),
	};
}

/** Every accumulator there is; a name that is not here is refused. */
export const accumulators: Record<string, () => Accumulator> = {
	$sum: sum,
	$avg: average,
	$min: extreme(-1),
	$max: extreme(1),
	$first: first,
	$last: last,
	$push: push,
	$addToSet: addToSet,
	$mergeObjects: mergeObjects,
	$stdDevPop: deviation(0),
	$stdDevSamp: deviation(1),
	$count: count,
};

// The accumulators that also work inside a document, over their operands or over one array: $sum, $avg, $min, $max …
import { unsupported } from '../errors.ts';
import { accumulators } from '../stages/accumulators.ts';
import { positional } from './operands.ts';
import type { Operator } from './scope.ts';

const over = (name: string): Operator => {
	return (operand, scope) => {
		const operands = positional(name, operand, scope, 0, Infinity);
		const make = accumulators[name];
		if (!make) throw unsupported('expression', name);
		return (doc) => {
			const values = operands.map((one) => one(doc));
			const accumulator = make();
			const only: unknown = values[0];
			for (const value of values.length === 1 && Array.isArray(only) ? (only as unknown[]) : values)
				accumulator.add(value);
			return accumulator.result();
		};
	};
};

const names = ['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp'];

export const accumulations: Record<string, Operator> = Object.fromEntries(
	names.map((name): [string, Operator] => [name, over(name)]),
);

// $inc, $mul and $bit: the types of both numbers decide the type of the result, and what does not fit is an error.
import { badValue, typeMismatch, unsupported } from './errors.ts';
import { asDouble, asInt, asLong, fitsInt, fitsLong, numberType, toInteger, toNumber } from './numbers.ts';
import { show, typeName } from './values.ts';

type Operation = '$inc' | '$mul';

/** The number after `$inc` or `$mul`: int grows to long, long never silently to double. */
export function calculate(operation: Operation, old: unknown, operand: unknown, id: unknown): unknown {
	const types = [numberType(old), numberType(operand)];
	if (types.includes('decimal')) throw unsupported('arithmetic on decimals by', operation);
	if (types.includes('double')) {
		const [left, right] = [toNumber(old) as number, toNumber(operand) as number];
		return asDouble(operation === '$inc' ? left + right : left * right);
	}
	const [left, right] = [toInteger(old) as bigint, toInteger(operand) as bigint];
	const result = operation === '$inc' ? left + right : left * right;
	if (!fitsLong(result)) {
		throw badValue(
			`Failed to apply ${operation} operations to current value (${show(old)}) for document {_id: ${show(id)}}`,
		);
	}
	return types.includes('long') || !fitsInt(result) ? asLong(result) : asInt(Number(result));
}

/** What `$mul` stores where there was nothing: zero, of the operand's type. */
export function zeroLike(operand: unknown): unknown {
	switch (numberType(operand)) {
		case 'int':
			return asInt(0);
		case 'long':
			return asLong(0n);
		case 'double':
			return asDouble(0);
		default:
			throw unsupported('arithmetic on decimals by', '$mul');
	}
}

const bitOperations: Record<string, (a: bigint, b: bigint) => bigint> = {
	and: (a, b) => a & b,
	or: (a, b) => a | b,
	xor: (a, b) => a ^ b,
};

/** Compiles the operand of `$bit`, `{ and: 5 }`, into the change it makes. */
export function compileBits(name: string, operations: Record<string, unknown>): (old: unknown, id: unknown) => unknown {
	const steps = Object.entries(operations).map(([operation, operand]) => {
		const combine = Object.hasOwn(bitOperations, operation) ? bitOperations[operation] : undefined;
		if (!combine) throw badValue(`The $bit modifier only supports 'and', 'or', and 'xor', not '${operation}'`);
		const type = numberType(operand);
		if (type !== 'int' && type !== 'long') {
			throw badValue(
				`The $bit modifier field must be an Integer(32/64 bit); a '${typeName(operand)}' is not supported here: {${operation}: ${show(operand)}}`,
			);
		}
		return { combine, operand: toInteger(operand) as bigint, isLong: type === 'long' };
	});
	if (steps.length === 0)
		throw badValue(`You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}}`);
	return (old, id) => {
		const type = old === undefined ? 'int' : numberType(old);
		if (type !== 'int' && type !== 'long') {
			throw badValue(
				`Cannot apply $bit to a value of non-integral type. _id: ${show(id)} has the field ${name} of non-integer type ${typeName(old)}`,
			);
		}
		const result = steps.reduce((bits, step) => step.combine(bits, step.operand), toInteger(old) ?? 0n);
		return type === 'long' || steps.some((step) => step.isLong) ? asLong(result) : asInt(Number(result));
	};
}

/** Refuses an operand that is no number, as `$inc` and `$mul` do before any document is looked at. */
export function requireNumber(operation: Operation, name: string, operand: unknown): void {
	if (numberType(operand)) return;
	throw typeMismatch(
		`Cannot ${operation === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${name}: ${show(operand)}}`,
	);
}

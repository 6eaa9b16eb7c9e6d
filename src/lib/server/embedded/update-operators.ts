// Every update operator that changes the value at a path from what it was, each compiled into one step.
import { Timestamp } from 'bson';
import { compare } from './compare.ts';
import { badValue, typeMismatch } from './errors.ts';
import { numberType } from './numbers.ts';
import { calculate, compileBits, requireNumber, zeroLike } from './update-arithmetic.ts';
import { compileAddToSet, compilePop, compilePull, compilePullAll, compilePush } from './update-arrays.ts';
import { isDoc, show, typeName } from './values.ts';

/** Computes the new value, undefined for none, from the old one, the document's _id for messages, and the time. */
export type Step = (old: unknown, id: unknown, now: Date) => unknown;

const always =
	(value: unknown): Step =>
	() =>
		value;

/** The operators that change the value at a path from what it was. */
export const operators: Record<string, { isCreating: boolean; compile: (name: string, operand: unknown) => Step }> = {
	$set: { isCreating: true, compile: (_, operand) => always(operand) },
	$setOnInsert: { isCreating: true, compile: (_, operand) => always(operand) },
	$unset: { isCreating: false, compile: () => always(undefined) },
	$inc: { isCreating: true, compile: (name, operand) => arithmetic('$inc', name, operand) },
	$mul: { isCreating: true, compile: (name, operand) => arithmetic('$mul', name, operand) },
	$min: { isCreating: true, compile: (_, operand) => extreme(operand, -1) },
	$max: { isCreating: true, compile: (_, operand) => extreme(operand, 1) },
	$currentDate: { isCreating: true, compile: (_, operand) => currentDate(operand) },
	$bit: { isCreating: true, compile: compileBit },
	$push: { isCreating: true, compile: compilePush },
	$addToSet: { isCreating: true, compile: compileAddToSet },
	$pop: { isCreating: false, compile: compilePop },
	$pull: { isCreating: false, compile: (_, operand) => compilePull(operand) },
	$pullAll: { isCreating: false, compile: (_, operand) => compilePullAll(operand) },
};

function arithmetic(operation: '$inc' | '$mul', name: string, operand: unknown): Step {
	requireNumber(operation, name, operand);
	return (old, id) => {
		if (old === undefined) return operation === '$inc' ? operand : zeroLike(operand);
		if (!numberType(old)) {
			throw typeMismatch(
				`Cannot apply ${operation} to a value of non-numeric type. {_id: ${show(id)}} has the field '${name.split('.').at(-1)}' of non-numeric type ${typeName(old)}`,
			);
		}
		return calculate(operation, old, operand, id);
	};
}

const extreme =
	(operand: unknown, sign: 1 | -1): Step =>
	(old) =>
		old === undefined || compare(operand, old) * sign > 0 ? operand : old;

function currentDate(operand: unknown): Step {
	const type = isDoc(operand) ? operand.$type : operand === true || operand === false ? 'date' : undefined;
	if (isDoc(operand) && Object.keys(operand).some((key) => key !== '$type')) {
		throw badValue(`Unrecognized $currentDate option: ${Object.keys(operand).find((key) => key !== '$type')}`);
	}
	if (type === 'date') return (_old, _id, now) => now;
	if (type !== 'timestamp') {
		throw badValue(
			`${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
		);
	}
	return (_old, _id, now) => new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
}

function compileBit(name: string, operand: unknown): Step {
	if (!isDoc(operand))
		throw badValue(
			`The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
		);
	return compileBits(name, operand);
}

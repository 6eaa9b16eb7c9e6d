// Asking for a value's type, and converting it: $type, $isNumber, $convert and its short forms.
import { unsupported } from '../errors.ts';
import { numberType, toNumber } from '../numbers.ts';
import { typeName } from '../values.ts';
import { ConversionError, toBoolean, toDate, toDouble, toInt, toLong, toObjectId, toText } from './convert.ts';
import { fieldsOf, isNullish, namedOperands, unary, unaryOrNull } from './operands.ts';
import type { Expression, Operator, Scope } from './scope.ts';

const converters: Record<string, (value: unknown) => unknown> = {
	double: toDouble,
	string: toText,
	objectId: toObjectId,
	bool: toBoolean,
	date: toDate,
	int: toInt,
	long: toLong,
};

const numbered: Record<number, string> = {
	1: 'double',
	2: 'string',
	7: 'objectId',
	8: 'bool',
	9: 'date',
	16: 'int',
	18: 'long',
};

function converterTo(target: unknown): (value: unknown) => unknown {
	const name = typeof target === 'string' ? target : numbered[toNumber(target) ?? NaN];
	const convert = name !== undefined && Object.hasOwn(converters, name) ? converters[name] : undefined;
	if (!convert) throw unsupported('conversion to', String(target));
	return convert;
}

function compileConvert(operand: unknown, scope: Scope, name: string): Expression {
	const fields = fieldsOf(name, operand, ['input', 'to'], ['onError', 'onNull']);
	const { input, onError, onNull } = namedOperands(name, operand, scope, ['input', 'to'], ['onError', 'onNull']);
	if (typeof fields.to !== 'string' && numberType(fields.to) === undefined)
		throw unsupported('conversion to', 'a computed type');
	const convert = converterTo(fields.to);
	return (doc) => {
		const value = input(doc);
		if (isNullish(value)) return 'onNull' in fields ? onNull(doc) : null;
		if (!('onError' in fields)) return convert(value);
		try {
			return convert(value);
		} catch (error) {
			if (error instanceof ConversionError) return onError(doc);
			throw error;
		}
	};
}

export const conversions: Record<string, Operator> = {
	$type: unary((value) => typeName(value)),
	$isNumber: unary((value) => numberType(value) !== undefined),
	$convert: compileConvert,
	$toBool: unaryOrNull(toBoolean),
	$toDate: unaryOrNull(toDate),
	$toDouble: unaryOrNull(toDouble),
	$toInt: unaryOrNull(toInt),
	$toLong: unaryOrNull(toLong),
	$toObjectId: unaryOrNull(toObjectId),
	$toString: unaryOrNull(toText),
};

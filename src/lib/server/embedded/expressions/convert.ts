// Turning a value of one type into another; what has no meaning is an error, what is out of range too.
import { ObjectId } from 'bson';
import { CommandError, unsupported } from '../errors.ts';
import { asDouble, asInt, asLong, fitsInt, fitsLong, numberType, toInteger, toNumber } from '../numbers.ts';
import { typeName } from '../values.ts';

export class ConversionError extends CommandError {
	constructor(message: string) {
		super('ConversionFailure', message);
	}
}

const noWay = (value: unknown, to: string) =>
	new ConversionError(`Unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value`);

const outOfRange = (value: unknown) =>
	new ConversionError(`Conversion would overflow target type in $convert with no onError value: ${String(value)}`);

/** The text of a number, a date, a boolean or an ObjectId. */
export function toText(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean') return String(value);
	if (value instanceof Date) return value.toISOString();
	if (value instanceof ObjectId) return value.toHexString();
	switch (numberType(value)) {
		case 'int':
		case 'long':
			return String(toInteger(value));
		case 'double':
			return doubleText(toNumber(value) as number);
		case 'decimal':
			return String(value);
		default:
			throw noWay(value, 'string');
	}
}

/** Doubles beyond 15 digits or far from 1 are written differently by the server, so only plain ones are. */
function doubleText(value: number): string {
	if (Number.isNaN(value)) return 'NaN';
	if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
	if (Object.is(value, -0)) return '-0';
	const text = String(value);
	if (text.includes('e') || text.replace(/[-.]/g, '').replace(/^0+/, '').length > 15)
		throw unsupported('conversion to string of the double', text);
	return text;
}

export function toBoolean(value: unknown): boolean {
	const number = toNumber(value);
	return number === undefined ? value !== false : number !== 0;
}

export function toDouble(value: unknown): unknown {
	if (value instanceof Date) return asDouble(value.getTime());
	if (typeof value === 'boolean') return asDouble(Number(value));
	if (typeof value === 'string') return asDouble(parseDouble(value));
	const number = toNumber(value);
	if (number === undefined) throw noWay(value, 'double');
	return asDouble(number);
}

function parseDouble(text: string): number {
	if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
	const special = /^([+-]?)(nan|inf(?:inity)?)$/i.exec(text);
	if (!special) throw new ConversionError(`Failed to parse number '${text}' in $convert with no onError value`);
	if (special[2]?.toLowerCase() === 'nan') return NaN;
	return special[1] === '-' ? -Infinity : Infinity;
}

const whole =
	(to: 'int' | 'long', fits: (value: bigint) => boolean, make: (value: bigint) => unknown) =>
	(value: unknown): unknown => {
		const number = wholePart(value, to);
		if (!fits(number)) throw outOfRange(value);
		return make(number);
	};

function wholePart(value: unknown, to: 'int' | 'long'): bigint {
	if (typeof value === 'boolean') return BigInt(value);
	if (value instanceof Date && to === 'long') return BigInt(value.getTime());
	if (typeof value === 'string') {
		if (!/^[+-]?\d+$/.test(value))
			throw new ConversionError(`Failed to parse number '${value}' in $convert with no onError value`);
		return BigInt(value.replace(/^\+/, ''));
	}
	const number = toNumber(value);
	if (number === undefined) throw noWay(value, to);
	if (!Number.isFinite(number))
		throw new ConversionError(
			`Attempt to convert NaN or infinite value to integer type in $convert with no onError value`,
		);
	return toInteger(value) ?? BigInt(Math.trunc(number));
}

export const toInt = whole('int', fitsInt, (value) => asInt(Number(value)));
export const toLong = whole('long', fitsLong, asLong);

export function toObjectId(value: unknown): ObjectId {
	if (value instanceof ObjectId) return value;
	if (typeof value !== 'string') throw noWay(value, 'objectId');
	if (!/^[0-9a-f]{24}$/i.test(value))
		throw new ConversionError(`Failed to parse objectId '${value}' in $convert with no onError value`);
	return new ObjectId(value);
}

const isoShape = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** A date from milliseconds, from an ObjectId's second, or from an ISO 8601 text. */
export function toDate(value: unknown): Date {
	if (value instanceof Date) return value;
	if (value instanceof ObjectId) return value.getTimestamp();
	if (typeof value === 'string') return parseDate(value);
	const type = numberType(value);
	if (type === undefined || type === 'int') throw noWay(value, 'date');
	const date = new Date(Math.trunc(toNumber(value) as number));
	if (Number.isNaN(date.getTime())) throw outOfRange(value);
	return date;
}

function parseDate(text: string): Date {
	const parts = isoShape.exec(text);
	if (!parts) throw new ConversionError(`Error parsing date string '${text}'; only ISO 8601 is understood`);
	const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] = parts;
	const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
	const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}${offset}`);
	const isReal = Number(day) === new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate();
	if (Number.isNaN(date.getTime()) || !isReal) throw new ConversionError(`Error parsing date string '${text}'`);
	return date;
}

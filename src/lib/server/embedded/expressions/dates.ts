// The parts of a date, dates made from parts, and dates as text: in UTC only.
import { CommandError, unsupported } from '../errors.ts';
import { asInt, asLong, toInteger } from '../numbers.ts';
import { isDoc, typeName } from '../values.ts';
import { dayOfYear, isoDayOfWeek, isoWeek, isoYearStart, sundayWeek, utc } from './calendar.ts';
import { checkWrittenZone, requireDate, requireUtc } from './date-operands.ts';
import { isNullish, namedOperands, positional } from './operands.ts';
import type { Expression, Operator, Scope } from './scope.ts';

/** An operator of a date, given bare or as `{ date, timezone }`. */
const part =
	(compute: (date: Date) => unknown): Operator =>
	(operand, scope, name) => {
		const isNamed = isDoc(operand) && 'date' in operand;
		if (isNamed) checkWrittenZone(operand.timezone, name);
		const named = isNamed ? namedOperands(name, operand, scope, ['date'], ['timezone']) : undefined;
		const [date] = (named ? [named.date] : positional(name, operand, scope, 1)) as [Expression];
		const hasZone = isNamed && 'timezone' in operand;
		return (doc) => {
			const value = date(doc);
			const zone = hasZone ? named?.timezone(doc) : 'UTC';
			if (isNullish(value) || isNullish(zone)) return null;
			requireUtc(zone, name);
			return compute(requireDate(value, name));
		};
	};

const pad = (value: number, length: number) => String(value).padStart(length, '0');

const specifiers: Record<string, (date: Date) => string> = {
	'%': () => '%',
	d: (date) => pad(date.getUTCDate(), 2),
	G: (date) => pad(isoWeek(date).year, 4),
	H: (date) => pad(date.getUTCHours(), 2),
	j: (date) => pad(dayOfYear(date), 3),
	L: (date) => pad(date.getUTCMilliseconds(), 3),
	m: (date) => pad(date.getUTCMonth() + 1, 2),
	M: (date) => pad(date.getUTCMinutes(), 2),
	S: (date) => pad(date.getUTCSeconds(), 2),
	u: (date) => String(isoDayOfWeek(date)),
	U: (date) => pad(sundayWeek(date), 2),
	V: (date) => pad(isoWeek(date).week, 2),
	w: (date) => String(date.getUTCDay() + 1),
	Y: (date) => pad(date.getUTCFullYear(), 4),
	z: () => '+0000',
	Z: () => '0',
};

function compileFormat(format: string, name: string): (date: Date) => string {
	const pieces = [...format.matchAll(/%([\s\S]?)|[^%]+/g)].map(([text, specifier]) => {
		if (specifier === undefined) return () => text;
		const write = Object.hasOwn(specifiers, specifier) ? specifiers[specifier] : undefined;
		if (!write) throw unsupported(`format of ${name}`, text);
		return write;
	});
	return (date) => pieces.map((piece) => piece(date)).join('');
}

function compileToString(operand: unknown, scope: Scope, name: string): Expression {
	const fields = namedOperands(name, operand, scope, ['date'], ['format', 'timezone', 'onNull']);
	const written = operand as Record<string, unknown>;
	checkWrittenZone(written.timezone, name);
	const isConstant = typeof written.format === 'string' && !written.format.startsWith('$');
	const constant = isConstant ? compileFormat(written.format as string, name) : undefined;
	return (doc) => {
		const value = fields.date(doc);
		if (isNullish(value)) return 'onNull' in written ? fields.onNull(doc) : null;
		const zone = 'timezone' in written ? fields.timezone(doc) : 'UTC';
		const format = 'format' in written ? fields.format(doc) : '%Y-%m-%dT%H:%M:%S.%LZ';
		if (isNullish(zone) || isNullish(format)) return null;
		requireUtc(zone, name);
		if (typeof format !== 'string')
			throw new CommandError(18533, `$dateToString requires that 'format' be a string, found: ${typeName(format)}`);
		return (constant ?? compileFormat(format, name))(requireDate(value, name));
	};
}

function compileToParts(operand: unknown, scope: Scope, name: string): Expression {
	const { date, timezone, iso8601 } = namedOperands(name, operand, scope, ['date'], ['timezone', 'iso8601']);
	checkWrittenZone((operand as Record<string, unknown>).timezone, name);
	return (doc) => {
		const value = date(doc);
		if (isNullish(value)) return null;
		requireUtc(timezone(doc), name);
		const moment = requireDate(value, name);
		const time = {
			hour: asInt(moment.getUTCHours()),
			minute: asInt(moment.getUTCMinutes()),
			second: asInt(moment.getUTCSeconds()),
			millisecond: asInt(moment.getUTCMilliseconds()),
		};
		if (iso8601(doc) === true) {
			const { year, week } = isoWeek(moment);
			return { isoWeekYear: asInt(year), isoWeek: asInt(week), isoDayOfWeek: asInt(isoDayOfWeek(moment)), ...time };
		}
		return {
			year: asInt(moment.getUTCFullYear()),
			month: asInt(moment.getUTCMonth() + 1),
			day: asInt(moment.getUTCDate()),
			...time,
		};
	};
}

const calendarParts = ['month', 'day'] as const;
const isoParts = ['isoWeek', 'isoDayOfWeek'] as const;
const timeParts = ['hour', 'minute', 'second', 'millisecond'] as const;

function compileFromParts(operand: unknown, scope: Scope, name: string): Expression {
	const isIso = isDoc(operand) && 'isoWeekYear' in operand;
	const dateParts = isIso ? isoParts : calendarParts;
	const yearPart = isIso ? 'isoWeekYear' : 'year';
	const all = [...dateParts, ...timeParts];
	const fields = namedOperands<string>(name, operand, scope, [yearPart], [...all, 'timezone']);
	const written = operand as Record<string, unknown>;
	checkWrittenZone(written.timezone, name);
	const read = (doc: Record<string, unknown>, part: string, fallback: number): number | null => {
		if (!(part in written)) return fallback;
		const value = fields[part]?.(doc);
		if (isNullish(value)) return null;
		const number = toInteger(value);
		if (number === undefined)
			throw new CommandError(40515, `'${part}' must evaluate to an integer, found ${typeName(value)}`);
		return Number(number);
	};
	return (doc) => {
		const values = [
			read(doc, yearPart, 0),
			read(doc, dateParts[0], 1),
			read(doc, dateParts[1], 1),
			...timeParts.map((part) => read(doc, part, 0)),
		];
		if (values.includes(null)) return null;
		requireUtc(fields.timezone?.(doc), name);
		const [year, second, third, ...time] = values as [number, number, number, number, number, number, number];
		if (year < 1 || year > 9999)
			throw new CommandError(40523, `'${yearPart}' must evaluate to an integer in the range 1 to 9999, found ${year}`);
		const midnight = isIso
			? isoYearStart(year) + ((second - 1) * 7 + third - 1) * 86_400_000
			: utc(year, second - 1, third);
		const [hour, minute, seconds, millisecond] = time as [number, number, number, number];
		return new Date(midnight + hour * 3_600_000 + minute * 60_000 + seconds * 1000 + millisecond);
	};
}

export const dates: Record<string, Operator> = {
	$year: part((date) => asInt(date.getUTCFullYear())),
	$month: part((date) => asInt(date.getUTCMonth() + 1)),
	$dayOfMonth: part((date) => asInt(date.getUTCDate())),
	$dayOfWeek: part((date) => asInt(date.getUTCDay() + 1)),
	$dayOfYear: part((date) => asInt(dayOfYear(date))),
	$hour: part((date) => asInt(date.getUTCHours())),
	$minute: part((date) => asInt(date.getUTCMinutes())),
	$second: part((date) => asInt(date.getUTCSeconds())),
	$millisecond: part((date) => asInt(date.getUTCMilliseconds())),
	$week: part((date) => asInt(sundayWeek(date))),
	$isoWeek: part((date) => asInt(isoWeek(date).week)),
	$isoWeekYear: part((date) => asLong(BigInt(isoWeek(date).year))),
	$isoDayOfWeek: part((date) => asInt(isoDayOfWeek(date))),
	$dateToString: compileToString,
	$dateToParts: compileToParts,
	$dateFromParts: compileFromParts,
};

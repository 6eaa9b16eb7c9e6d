// Moving dates, the distance between them, and the start of the bin they fall in: in UTC only.
import { CommandError, unsupported } from '../errors.ts';
import { asLong, toInteger } from '../numbers.ts';
import { typeName } from '../values.ts';
import { addUnits, difference, truncate, type Unit } from './calendar.ts';
import { checkWrittenZone, requireDate, requireUnit, requireUtc, requireWeekday } from './date-operands.ts';
import { isNullish, namedOperands } from './operands.ts';
import type { Expression, Operator, Scope } from './scope.ts';

/** Refuses a unit that is written out and is none before any document is looked at. */
function checkWrittenUnit(operand: unknown, name: string): void {
	const { unit } = operand as { unit: unknown };
	if (typeof unit !== 'string' || !unit.startsWith('$')) requireUnit(unit, name);
}

const step =
	(sign: 1 | -1): Operator =>
	(operand, scope, name) => {
		const fields = namedOperands(name, operand, scope, ['startDate', 'unit', 'amount'], ['timezone']);
		const written = operand as Record<string, unknown>;
		checkWrittenUnit(operand, name);
		checkWrittenZone(written.timezone, name);
		return (doc) => {
			const [start, unit, amount] = [fields.startDate(doc), fields.unit(doc), fields.amount(doc)];
			const zone = 'timezone' in written ? fields.timezone(doc) : 'UTC';
			if ([start, unit, amount, zone].some(isNullish)) return null;
			requireUtc(zone, name);
			const count = toInteger(amount);
			if (count === undefined)
				throw new CommandError(5166405, `${name} expects integer amount of time units, found ${typeName(amount)}`);
			const moved = addUnits(requireDate(start, name, 5166403), requireUnit(unit, name), Number(count) * sign);
			if (Number.isNaN(moved.getTime())) throw new CommandError(5166406, `${name} overflowed`);
			return moved;
		};
	};

function compileDifference(operand: unknown, scope: Scope, name: string): Expression {
	const fields = namedOperands(name, operand, scope, ['startDate', 'endDate', 'unit'], ['timezone', 'startOfWeek']);
	const written = operand as Record<string, unknown>;
	checkWrittenUnit(operand, name);
	checkWrittenZone(written.timezone, name);
	return (doc) => {
		const [start, end, unit] = [fields.startDate(doc), fields.endDate(doc), fields.unit(doc)];
		const zone = 'timezone' in written ? fields.timezone(doc) : 'UTC';
		if ([start, end, unit, zone].some(isNullish)) return null;
		requireUtc(zone, name);
		const weekStart = weekStartFor(unit, fields.startOfWeek, doc, name);
		if (weekStart === null) return null;
		const from = requireDate(start, name, 5166307);
		const to = requireDate(end, name, 5166307);
		return asLong(BigInt(difference(from, to, requireUnit(unit, name), weekStart)));
	};
}

/** Only weeks have a start of their own; null makes the result null. */
function weekStartFor(
	unit: unknown,
	startOfWeek: Expression,
	doc: Record<string, unknown>,
	name: string,
): number | null {
	if (unit !== 'week') return 7;
	const weekday = startOfWeek(doc);
	return weekday === null ? null : requireWeekday(name, weekday);
}

function compileTruncate(operand: unknown, scope: Scope, name: string): Expression {
	const fields = namedOperands(name, operand, scope, ['date', 'unit'], ['binSize', 'timezone', 'startOfWeek']);
	const written = operand as Record<string, unknown>;
	checkWrittenUnit(operand, name);
	checkWrittenZone(written.timezone, name);
	return (doc) => {
		const [date, unit] = [fields.date(doc), fields.unit(doc)];
		const zone = 'timezone' in written ? fields.timezone(doc) : 'UTC';
		const binSize = 'binSize' in written ? fields.binSize(doc) : 1;
		if ([date, unit, zone, binSize].some(isNullish)) return null;
		requireUtc(zone, name);
		const weekStart = weekStartFor(unit, fields.startOfWeek, doc, name);
		if (weekStart === null) return null;
		const moment = requireDate(date, name, 5439012);
		return truncate(moment, requireUnit(unit, name), binOf(binSize, unit as Unit, name), weekStart);
	};
}

function binOf(value: unknown, unit: Unit, name: string): number {
	const size = toInteger(value);
	if (size === undefined || size <= 0n)
		throw new CommandError(
			5439017,
			`${name} requires 'binSize' to be a 64-bit integer greater than 0, but got ${String(value)}`,
		);
	if (unit === 'week' && size !== 1n) throw unsupported(`binSize of ${name} in weeks`, String(size));
	return Number(size);
}

export const dateArithmetic: Record<string, Operator> = {
	$dateAdd: step(1),
	$dateSubtract: step(-1),
	$dateDiff: compileDifference,
	$dateTrunc: compileTruncate,
};

// Reading the operands that date operators share: dates, units, the start of the week, and the time zone, which is UTC.
import { ObjectId, Timestamp } from 'bson';
import { CommandError, unsupported } from '../errors.ts';
import { typeName } from '../values.ts';
import { type Unit, units } from './calendar.ts';
import { isNullish } from './operands.ts';

/** The moment a date, a timestamp or an ObjectId stands for. */
export function requireDate(value: unknown, name: string, code = 16006): Date {
	if (value instanceof Date) return value;
	if (value instanceof ObjectId) return value.getTimestamp();
	if (value instanceof Timestamp) return new Date(value.getHighBitsUnsigned() * 1000);
	throw new CommandError(code, `can't convert from BSON type ${typeName(value)} to Date in ${name}`);
}

const utcNames = ['UTC', 'GMT', 'Etc/UTC', 'Etc/GMT', 'Zulu', '+00:00', '-00:00', '+0000', '-0000', '+00', '-00'];

/** Accepts the names of UTC and refuses all others; a null zone is passed on, since it makes the result null. */
export function requireUtc(zone: unknown, name: string): void {
	if (isNullish(zone)) return;
	if (typeof zone !== 'string')
		throw new CommandError(40517, `${name}: timezone must evaluate to a string, found ${typeName(zone)}`);
	if (!utcNames.includes(zone)) throw unsupported('time zone', zone);
}

/** Refuses a zone that is written out and not UTC before any document is looked at. */
export function checkWrittenZone(operand: unknown, name: string): void {
	if (typeof operand === 'string' && !operand.startsWith('$')) requireUtc(operand, name);
}

export function requireUnit(unit: unknown, name: string): Unit {
	if (typeof unit !== 'string')
		throw new CommandError(5439013, `${name} requires 'unit' to be a string, but got ${typeName(unit)}`);
	if (!(units as readonly string[]).includes(unit))
		throw new CommandError(
			'FailedToParse',
			`${name} parameter 'unit' value cannot be recognized as a time unit: ${unit}`,
		);
	return unit as Unit;
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** 1 for Monday to 7 for Sunday, which is what a week starts on unless said otherwise. */
export function requireWeekday(name: string, weekday: unknown): number {
	if (weekday === undefined) return 7;
	if (typeof weekday !== 'string')
		throw new CommandError(5439015, `${name} requires 'startOfWeek' to be a string, but got ${typeName(weekday)}`);
	const lower = weekday.toLowerCase();
	const at = weekdays.findIndex((day) => day === lower || day.slice(0, 3) === lower);
	if (at < 0)
		throw new CommandError(
			'FailedToParse',
			`${name} parameter 'startOfWeek' value cannot be recognized as a day of a week: ${weekday}`,
		);
	return at + 1;
}

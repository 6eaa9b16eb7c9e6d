// From a date and time as a file has it to the instant it means.
import type { WrittenMoment } from '../import/dates.ts';
import { instantOf } from './zone.ts';

const pad = (number: number, digits = 2) => String(number).padStart(digits, '0');

/** The instant of a written moment: by its own offset, else by the wall clock of `timeZone`. */
export const instantOfWritten = (written: WrittenMoment, timeZone: string): Date => {
	const { year, month, day, hour, minute, second, offsetMinutes } = written;
	if (offsetMinutes !== null) return new Date(Date.UTC(year, month - 1, day, hour, minute - offsetMinutes, second));
	return instantOf(`${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`, timeZone);
};

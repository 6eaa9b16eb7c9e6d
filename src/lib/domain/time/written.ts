// From a date and time as somebody wrote it to the instant it means.
import type { WrittenMoment } from '../import/dates.ts';
import { offsetAt } from './zone.ts';

/**
 * The instant of a written moment: by its own offset, else by the wall clock of `timeZone`. A time that occurs twice
 * means its first occurrence; one that a clock jumped over means that long after the jump.
 */
export const instantOf = (written: WrittenMoment, timeZone: string): Date => {
	const { year, month, day, hour, minute, second, offsetMinutes } = written;
	const wall = Date.UTC(year, month - 1, day, hour, minute, second);
	if (offsetMinutes !== null) return new Date(wall - offsetMinutes * 60_000);
	const before = offsetAt(new Date(wall - 86_400_000), timeZone);
	const candidate = wall - before;
	if (offsetAt(new Date(candidate), timeZone) === before) return new Date(candidate);
	const after = offsetAt(new Date(wall + 86_400_000), timeZone);
	const later = wall - after;
	return new Date(offsetAt(new Date(later), timeZone) === after ? later : candidate);
};

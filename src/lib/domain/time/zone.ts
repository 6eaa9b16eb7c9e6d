// Which local day an instant belongs to, and at which instant a local day starts, in an IANA time zone.
import { addDays } from './day.ts';

const hour = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a thousand times what using it does. */
const formatIn = (timeZone: string): Intl.DateTimeFormat => {
	let format = formats.get(timeZone);
	if (!format) {
		const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
		const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
		format = new Intl.DateTimeFormat('en-US', { timeZone, ...date, ...time });
		formats.set(timeZone, format);
	}
	return format;
};

/** What the wall clock shows at an instant, as if it were UTC, in milliseconds. Throws RangeError for an unknown zone. */
const wallClock = (instant: number, timeZone: string): number => {
	// "11/22/2026, 07:07:34"
	const [date, time] = formatIn(timeZone).format(instant).split(', ') as [string, string];
	const [month, day, year] = date.split('/').map(Number) as [number, number, number];
	const [hours, minutes, seconds] = time.split(':').map(Number) as [number, number, number];
	const wall = new Date(0);
	wall.setUTCFullYear(year, month - 1, day);
	return wall.setUTCHours(hours, minutes, seconds, ((instant % 1000) + 1000) % 1000);
};

/** Offset from UTC in milliseconds, east positive: Asia/Kathmandu is 5.75 hours. */
export const offsetAt = (instant: Date, timeZone: string): number =>
	wallClock(instant.getTime(), timeZone) - instant.getTime();

const findStart = (day: string, timeZone: string): number => {
	const midnight = Date.parse(`${day}T00:00:00Z`);
	const offset = (instant: number) => wallClock(instant, timeZone) - instant;
	// No zone was ever more than 15:14 hours from UTC, and none changed twice within these 32 hours.
	let before = midnight - 16 * hour;
	let after = midnight + 16 * hour;
	const [first, last] = [offset(before), offset(after)];
	const candidate = midnight - first;
	if (first === last || offset(candidate) === first) return candidate;
	// The clock changed before midnight came: the day starts at its new midnight, or at the change when that was skipped.
	while (after - before > 1) {
		const middle = Math.floor((before + after) / 2);
		if (offset(middle) === first) before = middle;
		else after = middle;
	}
	return Math.max(after, midnight - last);
};

const starts = new Map<string, number>();
const mostStarts = 20_000;

/**
 * The first instant of a local day. 2024-03-10 in America/New_York starts at 05:00 UTC. A midnight that the clock
 * jumps over starts the day at the jump; a day that a zone left out (Apia, 2011-12-30) starts where the next one does.
 */
export const startOfDay = (day: string, timeZone: string): Date => {
	const key = `${timeZone} ${day}`;
	let start = starts.get(key);
	if (start === undefined) {
		if (starts.size >= mostStarts) starts.clear();
		start = findStart(day, timeZone);
		starts.set(key, start);
	}
	return new Date(start);
};

/**
 * The local day of an instant, YYYY-MM-DD: always the day whose start is at or before it and whose next start is after
 * it. Where a clock was set back over midnight, the repeated minutes belong to the day that had begun already.
 */
export const dayOf = (instant: Date, timeZone: string): string => {
	const day = new Date(wallClock(instant.getTime(), timeZone)).toISOString().slice(0, 10);
	const next = addDays(day, 1);
	return startOfDay(next, timeZone) <= instant ? next : day;
};

/** An instant as ISO 8601 with the zone's offset: '2024-07-01T14:00:00+02:00'. */
export const isoIn = (instant: Date, timeZone: string): string => {
	const offset = offsetAt(instant, timeZone);
	const minutes = Math.round(Math.abs(offset) / 60_000);
	const pad = (number: number) => String(number).padStart(2, '0');
	const wall = new Date(instant.getTime() + offset).toISOString().slice(0, 19);
	return `${wall}${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
};

/**
 * The instant at which a zone's wall clock shows a local time, YYYY-MM-DDTHH:MM: '2026-07-01T09:00' in Europe/Berlin is
 * 07:00 UTC. A time the clock jumps over is the instant as far after the jump; of a repeated hour it is the first.
 */
export const instantOf = (local: string, timeZone: string): Date => {
	const wall = Date.parse(`${local}Z`);
	// A day before and after, the offsets on both sides of any change are found.
	const offsets = [wall - 24 * hour, wall + 24 * hour].map((around) => offsetAt(new Date(around), timeZone));
	const candidates = offsets.map((offset) => wall - offset);
	const exact = candidates.filter((instant) => wallClock(instant, timeZone) === wall);
	return new Date(exact.length ? Math.min(...exact) : candidates[0]!);
};

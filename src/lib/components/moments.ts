// Moments as people read them, in a time zone that is always named by the caller.

import { t, writtenIn } from '#lib/messages/managers.ts';

const steps = [
	['minute', 60],
	['hour', 3600],
	['day', 86_400],
] as const;

/** The day in a zone: "14 Mar 2026" */
export const day = (at: Date, zone: string) =>
	new Intl.DateTimeFormat(writtenIn(), { dateStyle: 'medium', timeZone: zone }).format(at);

/** Day and time in a zone: "14 Mar 2026, 09:05" */
export const minute = (at: Date, zone: string) =>
	new Intl.DateTimeFormat(writtenIn(), { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(at);

/** Day and time with the zone's name, for a tooltip: "14 March 2026 at 09:05:00 CET" */
export const exact = (at: Date, zone: string) =>
	new Intl.DateTimeFormat(writtenIn(), { dateStyle: 'long', timeStyle: 'long', timeZone: zone }).format(at);

/** How long ago or ahead, up to a week: "5 minutes ago", "in 2 days", "just now"; beyond that the day. */
export function relative(at: Date, now: Date, zone: string) {
	const seconds = (at.getTime() - now.getTime()) / 1000;
	if (Math.abs(seconds) < 45) return t.common_just_now();
	if (Math.abs(seconds) > 7 * 86_400) return day(at, zone);
	const [unit, size] = steps.findLast(([, size]) => Math.abs(seconds) >= 0.75 * size) ?? steps[0];
	return new Intl.RelativeTimeFormat(writtenIn(), { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

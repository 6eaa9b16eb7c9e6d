// What is kept of an anonymous answer: what was said and the week it was said in. Nothing that leads to a person.
import type { Metric } from '../survey/metric.ts';
import { addDays } from '../time/day.ts';
import { periodOf } from '../time/period.ts';
import { dayOf, startOfDay } from '../time/zone.ts';
import type { Response } from './response.ts';

/** Whether a metric's answers are anonymous: those of employees are. */
export const isAnonymous = ({ metric }: { metric: Metric }): boolean => metric === 'enps';

/** The first day of the ISO week of an instant: Sunday 2026-11-22 in Colombo is in the week of Monday 2026-11-16. */
const mondayOf = (instant: Date, timeZone: string): string => periodOf(dayOf(instant, timeZone), 'week', 1);

/** Monday's first instant, which stands for the whole ISO week in the workspace's zone. */
export const weekOf = (instant: Date, timeZone: string): Date => startOfDay(mondayOf(instant, timeZone), timeZone);

/**
 * The Monday of the week that an answer was kept with, by its day in any zone, which may be another one by now: Mondays
 * begin within a day of UTC's everywhere. Sunday 2026-11-15 in UTC was Monday in Colombo: 2026-11-16.
 */
export const weekKept = (day: string): string => periodOf(addDays(day, 3), 'week', 1);

/** The last place on earth where a day ends. */
const lastZone = 'Etc/GMT+12';

/**
 * The Monday of the week that still runs somewhere. Those before are over in every zone: nothing is added to them
 * any more, whichever zone the workspace has or is given.
 */
export const runningWeek = (now: Date): string => mondayOf(now, lastZone);

/** An instant that divides answers of weeks that are over from those of the running one, in whichever zone they were kept. */
export const startOfRunning = (now: Date): Date => startOfDay(addDays(runningWeek(now), -1), lastZone);

/** When the week after an instant's begins. */
export const nextWeekOf = (instant: Date, timeZone: string): Date =>
	startOfDay(addDays(mondayOf(instant, timeZone), 7), timeZone);

type Told = Pick<
	Response,
	'language' | 'properties' | 'contactId' | 'invitationId' | 'externalId' | 'askedAt' | 'answeredAt' | 'updatedAt'
>;

/**
 * The part of an answer that an anonymous survey stores: whatever else it has is kept, such as score and comment, but no
 * person, no properties, no language and no time but its week's.
 */
export const keptOf = <Answer extends Partial<Told> & Pick<Told, 'answeredAt'>>(
	answer: Answer,
	timeZone: string,
): Answer => {
	const week = weekOf(answer.answeredAt, timeZone);
	const nothing: Told = {
		language: '',
		properties: [],
		contactId: null,
		invitationId: null,
		externalId: null,
		askedAt: null,
		answeredAt: week,
		updatedAt: week,
	};
	const known = Object.entries(nothing).filter(([field]) => field in answer);
	return { ...answer, ...Object.fromEntries(known) };
};

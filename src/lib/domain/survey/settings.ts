// A survey's settings as a form has them: moments on the workspace's clock, an empty field for what is not limited.
import { z } from 'zod';
import { isDay } from '../time/day.ts';
import { instantOf, isoIn } from '../time/zone.ts';
import { byId, type Touchpoint } from '../workspace/touchpoints.ts';
import type { SurveySettings } from './survey.ts';

type Place = { timeZone: string; touchpoints: readonly Touchpoint[] };

/** More answers than these are no quota that anybody means. */
export const mostQuota = 10_000_000;

const whole = (least: number, tooFew: string, most: number) =>
	z
		.string('Write a whole number')
		.trim()
		.regex(/^-?\d+$/, 'Write a whole number')
		.transform(Number)
		.pipe(
			z
				.number()
				.min(least, tooFew)
				.max(most, `At most ${most.toLocaleString('en')}`),
		);

const orNull = <Inner extends z.ZodType>(inner: Inner) =>
	z.preprocess((text) => (typeof text === 'string' && text.trim() === '' ? null : text), inner.nullable());

/** A moment as a form gives it, YYYY-MM-DDTHH:MM, as the instant at which the zone's wall clock shows it. */
const moment = (timeZone: string) =>
	orNull(
		z
			.string()
			.refine(
				(local) => /^[\d-]{10}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(local) && isDay(local.slice(0, 10)),
				'Choose a day and a time',
			)
			.transform((local) => instantOf(local, timeZone)),
	).default(null);

/** The settings that a form asks for, in a workspace. A touchpoint that is gone is none. */
export const formSchema = ({ timeZone, touchpoints }: Place) =>
	z
		.object({
			touchpointId: orNull(z.string())
				.default(null)
				.transform((id) => byId(touchpoints, id)?.id ?? null),
			opensAt: moment(timeZone),
			closesAt: moment(timeZone),
			quota: orNull(whole(1, 'At least 1 answer', mostQuota)).default(null),
			editWindowHours: whole(0, 'At least 0 hours', 24 * 365),
		})
		.refine(({ opensAt, closesAt }) => !opensAt || !closesAt || opensAt < closesAt, {
			path: ['closesAt'],
			message: 'It would close before it opens',
		});

const date = z.coerce.date();

/** The settings as the page had them, from the form's own memory. */
export const seenSchema = z.object({
	seen: z
		.string()
		.transform((text, context) => {
			try {
				return JSON.parse(text) as unknown;
			} catch {
				context.addIssue('This page is out of date. Load it again');
				return z.NEVER;
			}
		})
		.pipe(
			z.strictObject({
				touchpointId: z.string().nullable(),
				opensAt: date.nullable(),
				closesAt: date.nullable(),
				quota: z.number().nullable(),
				editWindowHours: z.number(),
			}),
		),
});

const local = (at: Date | null, timeZone: string) => (at ? isoIn(at, timeZone).slice(0, 16) : '');

/** The settings as fields: '' for what is not limited. */
export const fieldsOf = (settings: SurveySettings, { timeZone, touchpoints }: Place): Record<string, string> => ({
	touchpointId: byId(touchpoints, settings.touchpointId)?.id ?? '',
	opensAt: local(settings.opensAt, timeZone),
	closesAt: local(settings.closesAt, timeZone),
	quota: settings.quota === null ? '' : String(settings.quota),
	editWindowHours: String(settings.editWindowHours),
});

import { describe, expect, it } from 'vitest';
import { fieldsOf, formSchema, seenSchema } from '#lib/domain/survey/settings.ts';
import { defaultSettings, type SurveySettings } from '#lib/domain/survey/survey.ts';
import { defaultTouchpoints } from '#lib/domain/workspace/touchpoints.ts';

const place = { timeZone: 'Europe/Berlin', touchpoints: defaultTouchpoints };
const plain = { touchpointId: '', opensAt: '', closesAt: '', quota: '', editWindowHours: '24' };
const read = (fields: Partial<Record<keyof SurveySettings, string>>) =>
	formSchema(place).safeParse({ ...plain, ...fields });
const problems = (fields: Parameters<typeof read>[0]) =>
	read(fields).error?.issues.map(({ path, message }) => [path.join('.'), message]);

describe("a survey's settings from a form", () => {
	it('are the defaults when nothing is filled in', () => {
		expect(read({}).data).toEqual(defaultSettings);
	});

	it.each([
		['in winter', '2026-01-15T09:00', '2026-01-15T08:00:00Z'],
		['in summer', '2026-07-15T09:00', '2026-07-15T07:00:00Z'],
		['in the hour that the clock jumps over, as far after it', '2026-03-29T02:30', '2026-03-29T01:30:00Z'],
		['in the hour that comes twice, the first time', '2026-10-25T02:30', '2026-10-25T00:30:00Z'],
	])('take a moment on the clock of the workspace, %s', (_, local, instant) => {
		expect(read({ opensAt: local }).data?.opensAt).toEqual(new Date(instant));
	});

	it.each<[string, Parameters<typeof read>[0], [string, string][]]>([
		[
			'closing before opening',
			{ opensAt: '2026-03-02T09:00', closesAt: '2026-03-02T09:00' },
			[['closesAt', 'It would close before it opens']],
		],
		['a moment that is none', { opensAt: 'tomorrow' }, [['opensAt', 'Choose a day and a time']]],
		['a time that is none', { opensAt: '2026-02-28T25:00' }, [['opensAt', 'Choose a day and a time']]],
		['a day that is none', { opensAt: '2026-02-30T09:00' }, [['opensAt', 'Choose a day and a time']]],
		['a year half typed', { closesAt: '0026-03-01T09:00' }, [['closesAt', 'Choose a day and a time']]],
		['a quota of none', { quota: '0' }, [['quota', 'At least 1 answer']]],
		['half an answer', { quota: '1.5' }, [['quota', 'Write a whole number']]],
		['hours that are no number', { editWindowHours: 'long' }, [['editWindowHours', 'Write a whole number']]],
		['no hours at all', { editWindowHours: '' }, [['editWindowHours', 'Write a whole number']]],
		['a number for programmers', { quota: '1e3' }, [['quota', 'Write a whole number']]],
		['years of hours', { editWindowHours: '9999' }, [['editWindowHours', 'At most 8,760']]],
	])('refuse %s', (_, fields, expected) => {
		expect(problems(fields)).toEqual(expected);
	});

	it('take a touchpoint of the list, and none for one that is gone', () => {
		expect(read({ touchpointId: 'torder' }).data?.touchpointId).toBe('torder');
		expect(read({ touchpointId: 'tgone' }).data?.touchpointId).toBeNull();
	});

	it('come back as they were from fields and from what the page remembers', () => {
		const settings = read({ touchpointId: 'torder', opensAt: '2026-07-15T09:00', quota: '250' }).data!;
		expect(formSchema(place).parse(fieldsOf(settings, place))).toEqual(settings);
		expect(seenSchema.parse({ seen: JSON.stringify(settings) }).seen).toEqual(settings);
		expect(seenSchema.safeParse({ seen: '{' }).success).toBe(false);
		expect(seenSchema.safeParse({ seen: '{"quota":1}' }).success).toBe(false);
	});
});

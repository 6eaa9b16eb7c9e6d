import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#lib/domain/time/day.ts';
import { dayOf, isoIn, startOfDay } from '#lib/domain/time/zone.ts';

const hours = (day: string, zone: string) =>
	(startOfDay(addDays(day, 1), zone).getTime() - startOfDay(day, zone).getTime()) / 3_600_000;

describe('the start of a local day', () => {
	it.each([
		['UTC', '2024-01-01', '2024-01-01T00:00:00.000Z', 24],
		['Asia/Kathmandu', '2024-01-01', '2023-12-31T18:15:00.000Z', 24],
		['America/New_York', '2024-03-10', '2024-03-10T05:00:00.000Z', 23],
		['America/New_York', '2024-11-03', '2024-11-03T04:00:00.000Z', 25],
		['Europe/Berlin', '2024-03-31', '2024-03-30T23:00:00.000Z', 23],
		['Australia/Lord_Howe', '2024-10-06', '2024-10-05T13:30:00.000Z', 23.5],
		['Australia/Lord_Howe', '2024-04-07', '2024-04-06T13:00:00.000Z', 24.5],
		// The clock jumped over midnight, and was set back at midnight.
		['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z', 23],
		['America/Sao_Paulo', '2018-02-17', '2018-02-17T02:00:00.000Z', 25],
		['Africa/Cairo', '2024-04-26', '2024-04-25T22:00:00.000Z', 23],
		// One minute after midnight, back into the day before.
		['America/St_Johns', '2006-10-29', '2006-10-29T02:30:00.000Z', 25],
		// Apia crossed the date line and left out 30 December 2011.
		['Pacific/Apia', '2011-12-29', '2011-12-29T10:00:00.000Z', 24],
		['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z', 0],
		['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00.000Z', 24],
		['Pacific/Kiritimati', '2024-06-01', '2024-05-31T10:00:00.000Z', 24],
	])('%s %s', (zone, day, start, length) => {
		expect(startOfDay(day, zone).toISOString()).toBe(start);
		expect(hours(day, zone)).toBe(length);
	});
});

describe('the local day of an instant', () => {
	it.each([
		['UTC', '2017-11-30T23:59:59.999Z', '2017-11-30'],
		['Asia/Kathmandu', '2024-01-01T18:14:59.999Z', '2024-01-01'],
		['Asia/Kathmandu', '2024-01-01T18:15:00.000Z', '2024-01-02'],
		['America/Sao_Paulo', '2018-02-18T02:30:00.000Z', '2018-02-17'],
		['America/Sao_Paulo', '2018-11-04T02:59:59.000Z', '2018-11-03'],
		['Australia/Lord_Howe', '2024-10-06T12:59:59.000Z', '2024-10-06'],
		['Pacific/Apia', '2011-12-30T09:59:59.999Z', '2011-12-29'],
		['Pacific/Apia', '2011-12-30T10:00:00.000Z', '2011-12-31'],
		['America/St_Johns', '2006-10-29T02:31:00.000Z', '2006-10-29'],
	])('%s %s is %s', (zone, instant, day) => expect(dayOf(new Date(instant), zone)).toBe(day));

	it('always lies between the start of the day and of the next', () => {
		const zones = [
			'UTC',
			'Asia/Kathmandu',
			'Australia/Lord_Howe',
			'America/Sao_Paulo',
			'Pacific/Apia',
			'America/St_Johns',
			'Africa/Casablanca',
			'Africa/Cairo',
			'Pacific/Kiritimati',
			'Pacific/Pago_Pago',
			'Asia/Beirut',
		];
		const instants = fc.date({ min: new Date('1975-01-01'), max: new Date('2037-01-01'), noInvalidDate: true });
		fc.assert(
			fc.property(fc.constantFrom(...zones), instants, (zone, instant) => {
				const day = dayOf(instant, zone);
				expect(startOfDay(day, zone) <= instant).toBe(true);
				expect(instant < startOfDay(addDays(day, 1), zone)).toBe(true);
			}),
			{ numRuns: 3000 },
		);
	});
});

it('writes an instant with the offset of its zone', () => {
	const instant = new Date('2024-07-01T12:00:00Z');
	expect(isoIn(instant, 'Europe/Berlin')).toBe('2024-07-01T14:00:00+02:00');
	expect(isoIn(instant, 'America/St_Johns')).toBe('2024-07-01T09:30:00-02:30');
	expect(isoIn(instant, 'UTC')).toBe('2024-07-01T12:00:00+00:00');
});

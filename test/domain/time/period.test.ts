import { describe, expect, it } from 'vitest';
import { addDays, addMonths, daysBetween, daysOf, isDay, weekdayOf } from '#lib/domain/time/day.ts';
import { periodOf, periodsOf, weekStartOf } from '#lib/domain/time/period.ts';

describe('days', () => {
	it.each([
		['2024-02-29', true],
		['2023-02-29', false],
		['2024-13-01', false],
		['2024-2-1', false],
		['0000-01-01', false],
		['0999-12-31', false],
		['1000-01-01', true],
		['9999-12-31', false],
		['today', false],
		['2024-01-01T00:00', false],
	])('%s exists: %s', (text, exists) => expect(isDay(text)).toBe(exists));

	it.each([
		['2024-02-28', 2, '2024-03-01'],
		['2023-12-31', 1, '2024-01-01'],
		['2024-03-01', -1, '2024-02-29'],
	])('%s and %i days is %s', (day, days, expected) => {
		expect(addDays(day, days)).toBe(expected);
		expect(daysBetween(day, expected)).toBe(days);
	});

	it.each([
		['2024-01-31', 1, '2024-02-29'],
		['2024-03-31', -1, '2024-02-29'],
		['2024-11-15', 3, '2025-02-15'],
		['2024-01-15', -12, '2023-01-15'],
	])('%s and %i months is %s', (day, months, expected) => expect(addMonths(day, months)).toBe(expected));

	it('have weekdays, Monday 1 to Sunday 7, before 1970 too', () => {
		expect(weekdayOf('2024-01-01')).toBe(1);
		expect(weekdayOf('2024-01-07')).toBe(7);
		expect(weekdayOf('1969-12-28')).toBe(7);
	});

	it('of a range leave out its end', () => {
		expect(daysOf({ from: '2024-02-28', until: '2024-03-01' })).toEqual(['2024-02-28', '2024-02-29']);
		expect(daysOf({ from: '2024-03-01', until: '2024-03-01' })).toEqual([]);
	});
});

describe('periods', () => {
	it.each([
		['2024-01-04', 'day', 1, '2024-01-04'],
		['2024-01-04', 'week', 1, '2024-01-01'],
		['2024-01-04', 'week', 7, '2023-12-31'],
		['2024-01-04', 'week', 6, '2023-12-30'],
		['2024-01-07', 'week', 1, '2024-01-01'],
		['2024-01-07', 'week', 7, '2024-01-07'],
		['2024-02-29', 'month', 1, '2024-02-01'],
	] as const)('%s is in the %s (starting on %i) of %s', (day, unit, weekStart, start) =>
		expect(periodOf(day, unit, weekStart)).toBe(start),
	);

	it('cover a range whole, across a year', () =>
		expect(periodsOf({ from: '2023-12-15', until: '2024-02-02' }, 'month', 1)).toEqual([
			{ from: '2023-12-01', until: '2024-01-01' },
			{ from: '2024-01-01', until: '2024-02-01' },
			{ from: '2024-02-01', until: '2024-03-01' },
		]));

	it.each([
		['en', 7],
		['si', 1],
		['hy', 1],
		['ml', 7],
		['ar', 6],
	])('weeks of %s start on %i', (locale, day) => expect(weekStartOf(locale)).toBe(day));
});

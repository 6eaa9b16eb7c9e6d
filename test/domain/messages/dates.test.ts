import { describe, expect, test } from 'vitest';
import { dayIn, momentIn } from '#lib/messages/dates.ts';
import { locales } from '#lib/messages/paraglide/runtime.js';
import { writings } from './writing.ts';

const firstOf = (month: number) => new Date(Date.UTC(2026, month, 1));
const afternoon = new Date('2026-03-15T13:05:00Z');

test('a day in Sinhala has the month that people call it by, not a moon of the almanac', () => {
	expect(Array.from({ length: 12 }, (_, month) => dayIn('si', firstOf(month)))).toEqual([
		...['2026 ජනවාරි 1', '2026 පෙබරවාරි 1', '2026 මාර්තු 1', '2026 අප්‍රේල් 1', '2026 මැයි 1', '2026 ජූනි 1'],
		...['2026 ජූලි 1', '2026 අගෝස්තු 1', '2026 සැප්තැම්බර් 1', '2026 ඔක්තෝබර් 1', '2026 නොවැම්බර් 1', '2026 දෙසැම්බර් 1'],
	]);
	expect(momentIn('si', afternoon, 'Asia/Colombo')).toBe('2026 මාර්තු 15, 18.35 (GMT+5:30)');
});

test('a day is the one of the zone', () => {
	const lateInUtc = new Date('2026-03-31T23:30:00Z');
	expect(dayIn('si', lateInUtc, 'Asia/Colombo')).toBe('2026 අප්‍රේල් 1');
	expect(dayIn('de', lateInUtc, 'Europe/Berlin')).toBe('1. April 2026');
	expect(dayIn('de', lateInUtc)).toBe('31. März 2026');
});

describe.each(locales)('a day in %s', (language) => {
	const words = (text: string) => (text.match(/\p{L}/gu) ?? []).join('');

	test('is in the calendar that is usual where it is spoken, in the digits of the scale', () => {
		const numbers = dayIn(language, afternoon)
			.match(/\p{Nd}+/gu)
			?.map(Number);
		const [day, year] = language === 'fa' ? [24, 1404] : language === 'th' ? [15, 2569] : [15, 2026];
		expect(numbers).toContain(day);
		expect(numbers).toContain(year);
		expect(dayIn(language, afternoon)).not.toMatch(/[^\P{Nd}0-9]/u);
	});

	test('is in its own letters', () => {
		expect(words(dayIn(language, afternoon))).toMatch(new RegExp(`^[${writings[language].letters}]*$`, 'iu'));
	});

	test('names all twelve months differently', () => {
		expect(new Set(Array.from({ length: 12 }, (_, month) => dayIn(language, firstOf(month)))).size).toBe(12);
	});

	test('stands in a moment with the time and the zone', () => {
		const moment = momentIn(language, afternoon, 'Asia/Kathmandu');
		expect(moment).toContain(dayIn(language, afternoon));
		expect(moment).toMatch(/(18|6)[.:]50/);
		expect(moment).toMatch(/\(.*5[.:]45.*\)$/);
	});
});

test.each([
	['en', 'March 15, 2026 at 2:05 PM (GMT+1)'],
	['de', '15. März 2026 um 14:05 (MEZ)'],
	['pl', '15 marca 2026, 14:05 (CET)'],
	['ml', '2026 മാർച്ച് 15, 2:05 PM (ജിഎംടി+1)'],
	['hi', '15 मार्च 2026, 2:05 pm (GMT+1)'],
	['ur', '15 مارچ، 2026، 2:05 PM (GMT +1)'],
] as const)('a moment in %s reads %s', (language, text) => {
	expect(momentIn(language, afternoon, 'Europe/Paris').replaceAll(/[\u202f\u00a0]/g, ' ')).toBe(text);
});

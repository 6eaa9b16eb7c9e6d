import { expect, it } from 'vitest';
import { formatFor } from '#lib/domain/import/dates.ts';

it.each([
	[['day-first', 'month-first'], 'auto', null],
	[['day-first', 'month-first'], 'month-first', 'month-first'],
	[['day-first'], 'auto', 'day-first'],
	[['day-first'], 'month-first', 'day-first'],
	[['day-first', 'month-first'], 'iso', null],
	[[], 'iso', null],
] as const)('a column that may be %j, with %s chosen, is read as %s', (found, chosen, format) => {
	expect(formatFor(found, chosen)).toBe(format);
});

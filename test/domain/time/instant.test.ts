import { describe, expect, test } from 'vitest';
import { instantOf } from '#lib/domain/time/zone.ts';

describe('a local time becomes an instant', () => {
	test.each([
		['2026-07-01T09:00', 'UTC', '2026-07-01T09:00:00.000Z'],
		['2026-07-01T09:00', 'Europe/Berlin', '2026-07-01T07:00:00.000Z'],
		['2026-01-01T00:15', 'Asia/Kathmandu', '2025-12-31T18:30:00.000Z'],
		['2026-07-01T09:00', 'America/New_York', '2026-07-01T13:00:00.000Z'],
		// Skipped: 02:30 does not exist; it is half an hour after the jump, 03:30.
		['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
		// Repeated: 02:30 comes twice; the first is meant.
		['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
		['2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
		['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
	])('%s in %s is %s', (local, zone, expected) => {
		expect(instantOf(local, zone).toISOString()).toBe(expected);
	});
});

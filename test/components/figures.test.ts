import { expect, test } from 'vitest';
import * as figures from '#lib/components/figures.ts';
import * as moments from '#lib/components/moments.ts';

test.each([
	[figures.count(6121), '6,121'],
	[figures.share(1, 3), '33\u00a0%'],
	[figures.share(6121, 7896, 2), '77.52\u00a0%'],
	[figures.share(0, 0), '–'],
	[figures.score(-12.345, 1), '−12.3'],
	[figures.score(-0.4), '0'],
	[figures.score(null), '–'],
	[figures.bytes(1), '1 byte'],
	[figures.bytes(312), '312 bytes'],
	[figures.bytes(1536), '1.5 kB'],
	[figures.bytes(52_428_800), '52.4 MB'],
])('writes "%s" as "%s"', (written, expected) => {
	expect(written).toBe(expected);
});

const now = new Date('2026-03-14T12:00:00Z');

test.each([
	['2026-03-14T11:59:40Z', 'just now'],
	['2026-03-14T11:59:10Z', '1 minute ago'],
	['2026-03-14T11:55:00Z', '5 minutes ago'],
	['2026-03-14T09:00:00Z', '3 hours ago'],
	['2026-03-13T11:00:00Z', 'yesterday'],
	['2026-03-16T12:00:00Z', 'in 2 days'],
	['2026-01-14T23:30:00Z', '15 Jan 2026'],
])('says of %s "%s" in Paris', (at, expected) => {
	expect(moments.relative(new Date(at), now, 'Europe/Paris')).toBe(expected);
});

test('tells a moment in the zone it is asked for', () => {
	const at = new Date('2026-03-14T22:05:00Z');
	expect(moments.minute(at, 'Europe/Paris')).toBe('14 Mar 2026, 23:05');
	expect(moments.minute(at, 'Asia/Yerevan')).toBe('15 Mar 2026, 02:05');
	expect(moments.day(at, 'Asia/Yerevan')).toBe('15 Mar 2026');
});

import { describe, expect, test } from 'vitest';
import { rulesAt, whyLeftOut } from '#lib/domain/contact/asking.ts';

const now = new Date('2026-03-31T09:00:00Z');
const ann = {
	address: 'ann@customers.lk',
	isSample: false,
	unsubscribedAt: null,
	bouncedAt: null,
	lastAskedAt: null,
};
const at = (moment: string) => new Date(moment);

describe('who may be asked', () => {
	const cases: [string, Partial<Parameters<typeof whyLeftOut>[0]>, ReturnType<typeof whyLeftOut>][] = [
		['somebody never asked', {}, null],
		['somebody asked 31 days ago', { lastAskedAt: at('2026-02-28T09:00:00Z') }, null],
		['somebody asked exactly 30 days ago', { lastAskedAt: at('2026-03-01T09:00:00Z') }, null],
		['somebody asked a second less than 30 days ago', { lastAskedAt: at('2026-03-01T09:00:01Z') }, 'askedLately'],
		['somebody asked just now', { lastAskedAt: now }, 'askedLately'],
		['somebody who unsubscribed years ago', { unsubscribedAt: at('2020-01-01T00:00:00Z') }, 'unsubscribed'],
		['somebody whose server refused', { bouncedAt: at('2026-01-01T00:00:00Z') }, 'refused'],
		['unsubscribed before refused', { unsubscribedAt: now, bouncedAt: now, lastAskedAt: now }, 'unsubscribed'],
		['refused before asked lately', { bouncedAt: now, lastAskedAt: now }, 'refused'],
		['a sample person before all else', { isSample: true, unsubscribedAt: now }, 'sample'],
		['an address at example.com', { address: 'ann@example.com' }, 'sample'],
		['an address at a shop under example.org', { address: 'ann@shop.example.org' }, 'sample'],
		['an address under the domain example', { address: 'ann@shop.example' }, 'sample'],
		['an address whose domain only begins with example.com', { address: 'ann@example.com.au' }, null],
		['an address whose domain only ends in example.com', { address: 'ann@myexample.com' }, null],
		['an address with example.com before the @', { address: 'example.com@shop.lk' }, null],
	];
	test.each(cases)('%s', (_, given, expected) => {
		expect(whyLeftOut({ ...ann, ...given }, rulesAt(now, 30, true))).toBe(expected);
	});

	test('addresses for examples get mail in the built-in mailbox, sample people do not', () => {
		expect(whyLeftOut({ ...ann, address: 'ann@example.com' }, rulesAt(now, 30, false))).toBeNull();
		expect(whyLeftOut({ ...ann, isSample: true }, rulesAt(now, 30, false))).toBe('sample');
	});

	test('without a quiet period even somebody asked now may be asked', () => {
		expect(whyLeftOut({ ...ann, lastAskedAt: now }, rulesAt(now, 0, true))).toBeNull();
	});
});

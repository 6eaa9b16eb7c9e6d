import { describe, expect, it } from 'vitest';
import { isAnonymous, keptOf, nextWeekOf, weekOf } from '#lib/domain/response/anonymous.ts';
import { metrics } from '#lib/domain/survey/metric.ts';

describe('an anonymous answer', () => {
	it('is one of eNPS alone', () => expect(metrics.filter((metric) => isAnonymous({ metric }))).toEqual(['enps']));

	it('keeps what was said, and of all else the week', () => {
		const at = new Date('2026-11-21T17:31:10.123Z');
		const given = {
			id: 'random',
			score: 3,
			comment: 'Too many meetings',
			version: 2,
			language: 'si',
			properties: [{ key: 'team', value: 'A' }],
			contactId: 'c',
			invitationId: 'i',
			externalId: 'x',
			askedAt: at,
			answeredAt: at,
			updatedAt: at,
		};
		const week = new Date('2026-11-15T18:30:00Z');
		expect(keptOf(given, 'Asia/Colombo')).toEqual({
			id: 'random',
			score: 3,
			comment: 'Too many meetings',
			version: 2,
			language: '',
			properties: [],
			contactId: null,
			invitationId: null,
			externalId: null,
			askedAt: null,
			answeredAt: week,
			updatedAt: week,
		});
	});

	it('gets no field that it did not have', () => {
		const answeredAt = new Date('2026-11-18T00:00:00Z');
		expect(Object.keys(keptOf({ score: 1, answeredAt }, 'UTC'))).toEqual(['score', 'answeredAt']);
	});

	it.each([
		['2026-11-16T00:00:00Z', 'UTC', '2026-11-16T00:00:00Z', '2026-11-23T00:00:00Z'],
		['2026-11-22T23:59:59Z', 'UTC', '2026-11-16T00:00:00Z', '2026-11-23T00:00:00Z'],
		// Sunday in London is Monday in Colombo.
		['2026-11-22T19:00:00Z', 'Asia/Colombo', '2026-11-22T18:30:00Z', '2026-11-29T18:30:00Z'],
		// The week in which the clocks go back is an hour longer.
		['2026-10-24T12:00:00Z', 'Europe/Berlin', '2026-10-18T22:00:00Z', '2026-10-25T23:00:00Z'],
		['2027-01-01T12:00:00Z', 'UTC', '2026-12-28T00:00:00Z', '2027-01-04T00:00:00Z'],
	])('given at %s in %s is of the week from %s until %s', (at, zone, from, until) => {
		expect(weekOf(new Date(at), zone)).toEqual(new Date(from));
		expect(nextWeekOf(new Date(at), zone)).toEqual(new Date(until));
	});
});

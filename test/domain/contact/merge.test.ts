import { describe, expect, it } from 'vitest';
import { isSame, merge, restore, type Details } from '#lib/domain/contact/merge.ts';

const details = (
	name: string,
	language: Details['language'] = null,
	properties: Record<string, string> = {},
): Details => ({
	name,
	language,
	properties: Object.entries(properties).map(([key, value]) => ({ key, value })),
});

describe('a merge', () => {
	const known = details('Ana', 'si', { plan: 'free', city: 'Galle' });

	it('never lets something empty erase anything', () => expect(merge(known, details(''), 'overwrite')).toEqual(known));

	it('overwrites by key and adds new keys last', () =>
		expect(merge(known, details('Ana P.', 'en', { shop: 'north', plan: 'pro' }), 'overwrite')).toEqual(
			details('Ana P.', 'en', { plan: 'pro', city: 'Galle', shop: 'north' }),
		));

	it('of history only says what was not known', () =>
		expect(
			merge(details('', 'si', { plan: 'pro' }), details('Ana', 'en', { plan: 'free', shop: 'north' }), 'fill'),
		).toEqual(details('Ana', 'si', { plan: 'pro', shop: 'north' })));

	it('tells when nothing changes', () => {
		expect(isSame(known, merge(known, details('Ana', null, { plan: 'free' }), 'overwrite'))).toBe(true);
		expect(isSame(known, merge(known, details('', null, { plan: 'pro' }), 'overwrite'))).toBe(false);
	});
});

describe('taking a merge back', () => {
	const before = details('Ana', null, { plan: 'free', city: 'Galle' });
	const after = details('Ana P.', 'en', { plan: 'pro', city: 'Galle', shop: 'north' });

	it('gives every field its former value', () => expect(restore(after, before, after)).toEqual(before));

	it('leaves what was changed since', () => {
		const now = details('Ana Perera', 'en', { plan: 'pro', city: 'Kandy', shop: 'south', seats: '3' });
		expect(restore(now, before, after)).toEqual(
			details('Ana Perera', null, { plan: 'free', city: 'Kandy', shop: 'south', seats: '3' }),
		);
	});

	it('done twice is done once', () => expect(restore(restore(after, before, after), before, after)).toEqual(before));
});

import { describe, expect, it } from 'vitest';
import { Conflict, Invalid, NotFound } from '#lib/domain/errors.ts';
import * as touchpoints from '#lib/domain/workspace/touchpoints.ts';
import { defaultTouchpoints, touchpointSchema, type Touchpoint } from '#lib/domain/workspace/touchpoints.ts';

const list: Touchpoint[] = [
	{ id: 'ta', name: 'Website', phase: 'before' },
	{ id: 'tb', name: 'Order', phase: 'during' },
	{ id: 'tc', name: 'Delivery', phase: 'after' },
	{ id: 'td', name: 'Support', phase: 'after' },
];
const said = (edited: readonly Touchpoint[]) => edited.map(({ id, phase }) => `${phase[0]}:${id.slice(1)}`).join(' ');

it('begins with valid ones under different names and ids, in the order of the journey', () => {
	for (const each of defaultTouchpoints) expect(touchpointSchema.parse(each)).toEqual(each);
	expect(new Set(defaultTouchpoints.map(({ id }) => id)).size).toBe(defaultTouchpoints.length);
	expect(new Set(defaultTouchpoints.map(({ name }) => name)).size).toBe(defaultTouchpoints.length);
	expect(new Set(defaultTouchpoints.map(({ phase }) => phase))).toEqual(new Set(touchpoints.phases));
});

describe('moving', () => {
	it.each<[string, string, 'up' | 'down', string]>([
		['up within its phase', 'td', 'up', 'b:a d:b a:d a:c'],
		['down within its phase', 'tc', 'down', 'b:a d:b a:d a:c'],
		['up over the edge of its phase', 'tc', 'up', 'b:a d:b d:c a:d'],
		['down over the edge of its phase', 'ta', 'down', 'd:a d:b a:c a:d'],
		['up at the very top', 'ta', 'up', 'b:a d:b a:c a:d'],
		['down at the very bottom', 'td', 'down', 'b:a d:b a:c a:d'],
	])('%s', (_, id, to, expected) => {
		expect(said(touchpoints.step(list, id, to))).toBe(expected);
	});

	it.each<[string, string, touchpoints.Phase, number, string]>([
		['to the first place of another phase', 'td', 'before', 0, 'b:d b:a d:b a:c'],
		['to the last place of another phase', 'ta', 'after', 9, 'd:b a:c a:d a:a'],
		['into a phase that is empty', 'tb', 'before', 1, 'b:a b:b a:c a:d'],
	])('%s', (_, id, phase, place, expected) => {
		expect(said(touchpoints.moveTo(list, id, phase, place))).toBe(expected);
	});

	it('what is gone is refused', () => {
		expect(() => touchpoints.step(list, 'tz', 'up')).toThrow(NotFound);
		expect(() => touchpoints.moveTo(list, 'tz', 'after', 0)).toThrow(NotFound);
	});
});

describe('adding, renaming and removing', () => {
	const added: Touchpoint = { id: 'te', name: 'Store', phase: 'during' };

	it('adds at the end of its phase, and once', () => {
		const once = touchpoints.add(list, added);
		expect(said(once)).toBe('b:a d:b d:e a:c a:d');
		expect(touchpoints.add(once, { ...added, name: 'Again' })).toEqual(once);
	});

	it('refuses a name that is taken, whatever its capitals', () => {
		expect(() => touchpoints.add(list, { ...added, name: 'order' })).toThrow(Invalid);
		expect(() => touchpoints.rename(list, 'tc', 'SUPPORT')).toThrow(Invalid);
		expect(touchpoints.rename(list, 'tc', 'delivery')[2]?.name).toBe('delivery');
	});

	it('refuses more than a report can hold', () => {
		const many = Array.from({ length: 60 }, (_, n): Touchpoint => ({ id: `t${n}x`, name: `No ${n}`, phase: 'after' }));
		expect(() => touchpoints.add(many, added)).toThrow(Conflict);
	});

	it.each(list.map(({ id }, index) => [id, index] as const))('puts %s back where it was', (id, index) => {
		expect(touchpoints.add(touchpoints.remove(list, id), list[index]!, index)).toEqual(list);
	});

	it('knows what is gone', () => {
		expect(touchpoints.byId(list, 'tc')?.name).toBe('Delivery');
		expect(touchpoints.byId(list, 'tz')).toBeNull();
		expect(touchpoints.byId(list, null)).toBeNull();
		expect(touchpoints.remove(touchpoints.remove(list, 'tc'), 'tc')).toHaveLength(3);
		expect(() => touchpoints.rename(list, 'tz', 'New')).toThrow(NotFound);
	});
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, textOn } from '#lib/domain/survey/colour.ts';

test.each([
	['#000000', '#ffffff', 21],
	['#767676', '#ffffff', 4.54],
	['#ffffff', '#767676', 4.54],
	['#1f6f5c', '#1f6f5c', 1],
	['#ff0000', '#ffffff', 4],
	['#808080', '#000000', 5.32],
])('the contrast of %s and %s is %d', (a, b, ratio) => {
	expect(contrast(a, b)).toBeCloseTo(ratio, 2);
});

test.each([
	['#1f6f5c', '#ffffff'],
	['#ffd400', '#000000'],
	['#ffffff', '#000000'],
	['#000000', '#ffffff'],
])('writes on %s in %s', (background, text) => {
	expect(textOn(background)).toBe(text);
});

test('text is readable on every colour there is', () => {
	const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
	fc.assert(fc.property(colour, (background) => contrast(background, textOn(background)) >= 4.58));
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex, toHex } from '#lib/domain/survey/oklch.ts';
import { contrast, nearestPassing, nearestPassingAll, textOn } from '#lib/domain/survey/colour.ts';

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

const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
const ratio = fc.constantFrom(3, 4.5);

test('text is readable on every colour there is', () => {
	fc.assert(fc.property(colour, (background) => contrast(background, textOn(background)) >= 4.58));
});

test('every colour comes back from lightness, chroma and hue as it was', () => {
	fc.assert(fc.property(colour, (each) => toHex(fromHex(each)) === each));
});

test('the nearest passing colour passes, and is the colour itself where that does', () => {
	fc.assert(
		fc.property(colour, colour, ratio, (chosen, against, needed) => {
			const offered = nearestPassing(chosen, against, needed);
			expect(contrast(offered, against)).toBeGreaterThanOrEqual(needed);
			if (contrast(chosen, against) >= needed) expect(offered).toBe(chosen);
		}),
	);
});

test.each([
	['#777777', '#ffffff', 4.5, '#767676'],
	['#ffd400', '#ffffff', 3, '#af9101'],
	['#0b3d2e', '#17181b', 3, '#406e5d'],
])('the nearest to %s on %s at %d : 1 is %s', (chosen, against, needed, expected) => {
	expect(nearestPassing(chosen, against, needed)).toBe(expected);
});

test('it keeps the hue, as far as a screen can show it', () => {
	const offered = fromHex(nearestPassing('#ffd400', '#ffffff', 3));
	expect(offered.h).toBeCloseTo(fromHex('#ffd400').h, 1);
});

test('offers nothing where no shade stands out from both backgrounds', () => {
	expect(nearestPassingAll('#888888', ['#808080', '#606060'], 4.5)).toBeNull();
});

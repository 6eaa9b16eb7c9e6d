import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adviceOn, defaultBrand, sheetOf } from '#lib/domain/survey/brand.ts';
import { contrast } from '#lib/domain/survey/colour.ts';

const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
const maybe = fc.option(colour);
const brand = fc.record({ colour, background: fc.record({ light: maybe, dark: maybe }) });

test('a page can be read in any colours a brand can have', () => {
	fc.assert(
		fc.property(brand, fc.constantFrom('light' as const, 'dark' as const), (chosen, shade) => {
			const { paper, ink, soft, edge, brand, on } = sheetOf(chosen, shade);
			expect(contrast(ink, paper)).toBeGreaterThanOrEqual(4.5);
			expect(contrast(soft, paper)).toBeGreaterThanOrEqual(4.5);
			expect(contrast(edge, paper)).toBeGreaterThanOrEqual(3);
			expect(contrast(on, brand)).toBeGreaterThanOrEqual(4.5);
		}),
	);
});

test('the standard brand needs no advice', () => {
	expect(adviceOn(defaultBrand)).toEqual([]);
});

test('a pale brand is hard to see on white, and an offer passes in light and dark', () => {
	const [advice, ...rest] = adviceOn({ ...defaultBrand, colour: '#ffe9a8' });
	expect(rest).toEqual([]);
	expect(advice).toMatchObject({ field: 'colour', shades: ['light'], needed: 3 });
	expect(adviceOn({ ...defaultBrand, colour: advice!.offer! })).toEqual([]);
});

test('a dark "light background" hides the text', () => {
	const background = { light: '#30404a', dark: null };
	const advice = adviceOn({ ...defaultBrand, background }).find(({ field }) => field === 'light');
	expect(advice).toMatchObject({ needed: 4.5 });
	expect(contrast(advice!.offer!, '#1a1b1f')).toBeGreaterThanOrEqual(4.5);
});

test('only the shades that a scheme shows are looked at', () => {
	const almostBlack = { ...defaultBrand, colour: '#101418' };
	expect(adviceOn({ ...almostBlack, scheme: 'light' })).toEqual([]);
	expect(adviceOn({ ...almostBlack, scheme: 'dark' })).toHaveLength(1);
});

test('an offer that is taken ends the advice about that colour', () => {
	fc.assert(
		fc.property(colour, (chosen) => {
			const [advice] = adviceOn({ ...defaultBrand, colour: chosen });
			if (advice) expect(adviceOn({ ...defaultBrand, colour: advice.offer! })).toEqual([]);
		}),
	);
});

// Colours a manager chooses, kept readable: which text goes on them, and how far two of them are apart.
import { fromHex, toHex } from './oklch.ts';

/** Share of one channel in linear light, by WCAG 2's definition of relative luminance: '80' → 0.2159. */
const linear = (hex: string): number => {
	const share = parseInt(hex, 16) / 255;
	return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

/** WCAG 2 relative luminance of #rrggbb: #000000 → 0, #ffffff → 1. */
const luminance = (colour: string): number =>
	0.2126 * linear(colour.slice(1, 3)) + 0.7152 * linear(colour.slice(3, 5)) + 0.0722 * linear(colour.slice(5, 7));

/**
 * Contrast ratio of two #rrggbb colours, 1 to 21, by WCAG 2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio):
 * contrast('#767676', '#ffffff') is 4.54. The order of the two does not matter.
 */
export const contrast = (a: string, b: string): number => {
	const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
	return (lighter + 0.05) / (darker + 0.05);
};

/** The text colour that reads better on a background; one of the two always reaches at least 4.58: textOn('#1f6f5c') is #ffffff. */
export const textOn = (background: string): '#ffffff' | '#000000' =>
	contrast(background, '#ffffff') >= contrast(background, '#000000') ? '#ffffff' : '#000000';

/** Lightness from black to white in steps that the eye can just tell apart. */
const steps = Array.from({ length: 201 }, (_, step) => step / 200);

/**
 * The colour of the same hue, nearest in lightness, that stands out from each of `against` by `ratio`; the colour itself
 * where it does already. Null where none does: nothing is 3:1 from both #767676 and #000000 … #5a5a5a.
 */
export const nearestPassingAll = (colour: string, against: readonly string[], ratio: number): string | null => {
	const passes = (other: string) => against.every((each) => contrast(other, each) >= ratio);
	if (passes(colour)) return colour;
	const own = fromHex(colour);
	const byDistance = steps.toSorted((a, b) => Math.abs(a - own.l) - Math.abs(b - own.l));
	for (const l of byDistance) {
		const other = toHex({ ...own, l });
		if (passes(other)) return other;
	}
	return null;
};

/** As nearestPassingAll, for one background and a ratio up to 4.5, which black or white always reaches: nearestPassing('#777777', '#ffffff', 4.5) is #767676. */
export const nearestPassing = (colour: string, against: string, ratio: number): string =>
	nearestPassingAll(colour, [against], ratio) ?? textOn(against);

// What is written on a background of a survey's own: inks, lines and shades that can be read on it.
import { sheetOf, type Brand, type Shade } from './brand.ts';
import { contrast, textOn } from './colour.ts';

export type Paper = { paper: string; ink: string; soft: string; edge: string; desk: string; bad: string };

/** A mix of two #rrggbb colours; share 0 is the first, 1 the second: mix('#000000', '#ffffff', 0.5) is #808080. */
const mix = (from: string, to: string, share: number): string =>
	`#${[1, 3, 5]
		.map((at) => {
			const [a, b] = [from, to].map((colour) => parseInt(colour.slice(at, at + 2), 16)) as [number, number];
			return Math.round(a + (b - a) * share)
				.toString(16)
				.padStart(2, '0');
		})
		.join('')}`;

/**
 * Everything that stands on a brand's own background, or null where it has none: text reaches 4.5:1 (WCAG 1.4.3), on the
 * shaded boxes too, and edges of controls 3:1 (1.4.11).
 */
export const paperOf = (brand: Pick<Brand, 'background'>, shade: Shade): Paper | null => {
	if (!brand.background[shade]) return null;
	const { paper, ink, soft, edge } = sheetOf({ colour: '#000000', ...brand }, shade);
	// On a middle grey no ink has contrast to spare: there is no shade then, and no red.
	const shaded = mix(paper, textOn(paper), 0.07);
	const desk = contrast(ink, shaded) >= 4.5 ? shaded : paper;
	const bad = ['#a8221b', '#ff9d93'].find((red) => contrast(red, paper) >= 4.5 && contrast(red, desk) >= 4.5);
	return { paper, ink, soft, edge, desk, bad: bad ?? ink };
};

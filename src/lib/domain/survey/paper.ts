// What is written on a background of any colour: inks, lines and shades that can be read on it.
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

/** The first of these that reaches the contrast on all of those; the last, whatever it reaches. */
const first = (colours: readonly string[], on: readonly string[], least: number): string =>
	colours.find((colour) => on.every((ground) => contrast(colour, ground) >= least)) ?? colours.at(-1)!;

/**
 * Everything that stands on a background: text reaches 4.5:1 (WCAG 1.4.3) and edges of controls 3:1 (1.4.11), on the
 * background and, text, on the shaded boxes.
 */
export const paperOf = (paper: string): Paper => {
	const ink = textOn(paper);
	// On a middle grey no ink has contrast to spare: there is no shade then.
	const shade = mix(paper, ink, 0.07);
	const desk = contrast(ink, shade) >= 4.5 ? shade : paper;
	const grounds = [paper, desk];
	const faded = (share: number) => mix(ink, paper, share);
	return {
		paper,
		ink,
		soft: first([faded(0.3), faded(0.2), faded(0.1), ink], grounds, 4.5),
		edge: first([faded(0.5), faded(0.4), faded(0.3), faded(0.15), ink], [paper], 3),
		desk,
		bad: first(['#a8221b', '#ff9d93', ink], grounds, 4.5),
	};
};

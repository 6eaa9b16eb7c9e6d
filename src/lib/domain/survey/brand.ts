// How a survey looks: everything comes with the page, so a typeface is one that the customer's device has.
import { z } from 'zod';
import { contrast, nearestPassing, nearestPassingAll, textOn } from './colour.ts';

export const colourSchema = z
	.string()
	.trim()
	.toLowerCase()
	.regex(/^#[0-9a-f]{6}$/, 'A colour is # and six hexadecimal digits, such as #1f6f5c');

export const typefaces = ['system', 'humanist', 'serif', 'rounded', 'slab', 'mono'] as const;
export const corners = ['square', 'soft', 'round'] as const;
export const schemes = ['auto', 'light', 'dark'] as const;

export const brandSchema = z.strictObject({
	colour: colourSchema,
	/** Id of a stored logo, or null. */
	logoId: z
		.string()
		.regex(/^[0-9a-f]{24}$/)
		.nullable(),
	typeface: z.enum(typefaces),
	corner: z.enum(corners),
	/** Null is the product's own paper. */
	background: z.strictObject({ light: colourSchema.nullable(), dark: colourSchema.nullable() }),
	/** Whether the page follows the customer's device. */
	scheme: z.enum(schemes),
});
export type Brand = z.output<typeof brandSchema>;

/** Fonts that devices have, by typeface; the same on page, preview and mail. */
export const fontStacks: Readonly<Record<Brand['typeface'], string>> = {
	system: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
	humanist: "Seravek, 'Gill Sans Nova', Ubuntu, Calibri, 'DejaVu Sans', 'Noto Sans', sans-serif",
	serif: "'Iowan Old Style', 'Palatino Linotype', Palatino, P052, Georgia, 'Noto Serif', serif",
	rounded:
		"ui-rounded, 'Arial Rounded MT Bold', 'Hiragino Maru Gothic ProN', Quicksand, Nunito, 'Noto Sans', sans-serif",
	slab: "Rockwell, 'Rockwell Nova', 'Roboto Slab', 'DejaVu Serif', 'Sitka Small', 'Noto Serif', serif",
	mono: "ui-monospace, 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono', monospace",
};

/** How round buttons and fields are, in pixels: round is half of the smallest button's height. */
export const cornerPixels: Readonly<Record<Brand['corner'], number>> = { square: 0, soft: 8, round: 22 };

/** The product's own paper and ink, where a brand has no background. */
const papers = {
	light: { paper: '#ffffff', ink: '#1a1b1f', soft: '#55565d', edge: '#85868d' },
	dark: { paper: '#141518', ink: '#ededf0', soft: '#b0b1ba', edge: '#85868f' },
} as const;
export type Shade = keyof typeof papers;

/** What a text and a button need against what is behind them, by WCAG 2.2 (1.4.3, 1.4.11). */
export const neededContrast = { text: 4.5, button: 3 } as const;

/** The colours of a page in light or dark; its text reads on any background there is. `on` is written on `brand`. */
export type Sheet = { paper: string; ink: string; soft: string; edge: string; brand: string; on: string };

/** The sheet a brand makes: sheetOf(defaultBrand, 'dark').paper is #141518. */
export const sheetOf = ({ colour, background }: Pick<Brand, 'colour' | 'background'>, shade: Shade): Sheet => {
	const paper = background[shade] ?? papers[shade].paper;
	const own = papers[shade];
	const ink = contrast(own.ink, paper) >= neededContrast.text ? own.ink : textOn(paper);
	return {
		paper,
		ink,
		soft: nearestPassing(own.soft, paper, neededContrast.text),
		edge: nearestPassing(own.edge, paper, neededContrast.button),
		brand: colour,
		on: textOn(colour),
	};
};

/** What is hard to see in a brand, where, and the nearest colour that is not; null where no shade of it is. */
export type Advice = { field: 'colour' | Shade; shades: Shade[]; ratio: number; needed: number; offer: string | null };

const shadesOf = ({ scheme }: Pick<Brand, 'scheme'>): Shade[] => (scheme === 'auto' ? ['light', 'dark'] : [scheme]);

/**
 * What to change so that everything can be read: the page's text on a background, the button against it. Text on the
 * button is black or white, whichever reads better, and so never fails.
 */
export const adviceOn = (brand: Pick<Brand, 'colour' | 'background' | 'scheme'>): Advice[] => {
	const shades = shadesOf(brand);
	const paperOf = (shade: Shade) => brand.background[shade] ?? papers[shade].paper;
	const texts = shades.flatMap((shade): Advice[] => {
		const [paper, needed] = [paperOf(shade), neededContrast.text];
		const ratio = contrast(papers[shade].ink, paper);
		if (ratio >= needed) return [];
		return [{ field: shade, shades: [shade], ratio, needed, offer: nearestPassing(paper, papers[shade].ink, needed) }];
	});
	const needed = neededContrast.button;
	const ratioOn = (shade: Shade) => contrast(brand.colour, paperOf(shade));
	const weak = shades.filter((shade) => ratioOn(shade) < needed);
	if (weak.length === 0) return texts;
	const ratio = Math.min(...weak.map(ratioOn));
	const offer = nearestPassingAll(brand.colour, shades.map(paperOf), needed);
	return [{ field: 'colour', shades: weak, ratio, needed, offer }, ...texts];
};

export const defaultColour = '#1f6f5c';
export const defaultBrand: Brand = {
	colour: defaultColour,
	logoId: null,
	typeface: 'system',
	corner: 'soft',
	background: { light: null, dark: null },
	scheme: 'auto',
};

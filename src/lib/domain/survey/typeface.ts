// The typefaces of a brand: stacks of what devices have, so that nothing is downloaded.
import type { Brand } from './brand.ts';

/** CSS font-family of each; the last of every stack is there on any device. After modernfontstacks.com. */
export const fontStacks: Readonly<Record<Brand['typeface'], string>> = {
	system: "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif",
	humanist: "Seravek,'Gill Sans Nova',Ubuntu,Calibri,'DejaVu Sans',sans-serif",
	serif: "'Iowan Old Style','Palatino Linotype','URW Palladio L',P052,'Noto Serif',serif",
	rounded: "ui-rounded,'Hiragino Maru Gothic ProN',Quicksand,Comfortaa,'Arial Rounded MT Bold',Calibri,sans-serif",
	slab: "Rockwell,'Rockwell Nova','Roboto Slab','DejaVu Serif','Sitka Small',serif",
	mono: "ui-monospace,'Cascadia Code',Menlo,Consolas,'DejaVu Sans Mono',monospace",
};

/** CSS border-radius of each kind of corner. */
export const cornerRadii: Readonly<Record<Brand['corner'], string>> = { square: '0', soft: '.5rem', round: '1.25rem' };

// Brand colours: reading them and choosing text that can be read on them.

/** "#ABC", "abc" or "#aabbcc" → "#aabbcc"; anything else is undefined. */
export function parse(text: string | null | undefined) {
	const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text?.trim() ?? '')?.[1]?.toLowerCase();
	if (!digits) return undefined;
	return `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`;
}

/** Relative luminance of "#rrggbb", 0 to 1 (WCAG 2.2). */
function luminance(hex: string) {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two "#rrggbb" colours, 1 to 21 (WCAG 2.2): ("#000000", "#ffffff") → 21 */
export function contrast(first: string, second: string) {
	const [darker = 0, lighter = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

/** The text colour for a background: white where it reads well, near-black otherwise. */
export const textOn = (hex: string) => (contrast(hex, '#ffffff') >= 4.5 ? '#ffffff' : '#111111');

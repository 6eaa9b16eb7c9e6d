// Colours as the eye orders them: lightness, chroma and hue of OKLCH, so that one can be made lighter and keep its hue.

/** Lightness 0 to 1, chroma from 0, hue in radians. */
export type Oklch = { l: number; c: number; h: number };

const toLinear = (share: number) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
const fromLinear = (share: number) => (share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055);

/** #rrggbb in OKLCH, by B. Ottosson (https://bottosson.github.io/posts/oklab/): #ffffff is { l: 1, c: 0, h: any }. */
export const fromHex = (colour: string): Oklch => {
	const [r, g, b] = [1, 3, 5].map((at) => toLinear(parseInt(colour.slice(at, at + 2), 16) / 255)) as [
		number,
		number,
		number,
	];
	const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
	const d = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
	const l = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
	return { l, c: Math.hypot(a, d), h: Math.atan2(d, a) };
};

/** The three channels, 0 to 1 where a screen can show it. */
const channels = ({ l, c, h }: Oklch): number[] => {
	const [a, d] = [c * Math.cos(h), c * Math.sin(h)];
	const long = (l + 0.3963377774 * a + 0.2158037573 * d) ** 3;
	const medium = (l - 0.1055613458 * a - 0.0638541728 * d) ** 3;
	const short = (l - 0.0894841775 * a - 1.291485548 * d) ** 3;
	return [
		4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
		-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
		-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
	];
};

const isShown = (colour: Oklch) => channels(colour).every((share) => share > -1e-4 && share < 1 + 1e-4);

/** #rrggbb of a colour; what no screen shows is made as much greyer as it takes, and keeps its lightness and hue. */
export const toHex = (colour: Oklch): string => {
	let shown = colour;
	if (!isShown(colour)) {
		let [least, most] = [0, colour.c];
		while (most - least > 1e-3) {
			const middle = (least + most) / 2;
			if (isShown({ ...colour, c: middle })) least = middle;
			else most = middle;
		}
		shown = { ...colour, c: least };
	}
	const hex = (share: number) =>
		Math.round(fromLinear(Math.min(1, Math.max(0, share))) * 255)
			.toString(16)
			.padStart(2, '0');
	return `#${channels(shown).map(hex).join('')}`;
};

// Reads a score from a file: `9`, ` 9 ` and `9.0` are 9; `yes` is thumbs up; what is off the scale is refused with the reason.
import { isScore, type Metric, type Scale } from '../survey/metric.ts';

export type ReadScore = { score: number } | { reason: string };

/** What files write instead of a number, by metric. */
const words: Partial<Record<Metric, Readonly<Record<string, number>>>> = {
	thumbs: {
		...{ yes: 1, y: 1, up: 1, 'thumbs up': 1, good: 1, true: 1, '👍': 1 },
		...{ no: 0, n: 0, down: 0, 'thumbs down': 0, bad: 0, false: 0, '👎': 0 },
	},
	pmf: {
		...{ 'very disappointed': 3, very: 3 },
		...{ 'somewhat disappointed': 2, somewhat: 2 },
		...{ 'not disappointed': 1, 'not at all disappointed': 1, 'not really disappointed': 1, not: 1 },
	},
};
const examples: Partial<Record<Metric, string>> = {
	thumbs: '0 or 1, yes or no, up or down',
	pmf: '1 to 3, or “not disappointed”, “somewhat disappointed”, “very disappointed”',
};

/** "Thumbs-Up 🏽" and "thumbs_up" are "thumbs up": no case, no skin, no marks between words or around them. */
const plain = (text: string): string =>
	text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\u{1f3fb}-\u{1f3ff}]|\ufe0e|\ufe0f/gu, '')
		.replace(/[\s_.!-]+/g, ' ')
		.trim();

const wordOf = (metric: Metric, text: string): number | undefined => {
	const known = words[metric];
	const word = plain(text);
	return known && Object.hasOwn(known, word) ? known[word] : undefined;
};

/** The metrics whose words a cell can be: "up" of thumbs, "somewhat disappointed" of pmf; of most cells none. */
export const metricsOfWord = (text: string): Metric[] =>
	(Object.keys(words) as Metric[]).filter((metric) => wordOf(metric, text) !== undefined);

/** The score in a cell, or why there is none. */
export const readScore = (scale: Scale, cell: string): ReadScore => {
	const text = cell.trim();
	const { min, max, metric } = scale;
	if (text === '') return { reason: 'The score is empty' };
	const score = wordOf(metric, text);
	if (score !== undefined) return { score };
	const shown = `"${text.slice(0, 40)}"`;
	const example = examples[metric];
	if (!/^[+-]?\d+([.,]\d+)?$/.test(text))
		return { reason: example ? `${shown} is none of ${example}` : `${shown} is not a number` };
	const number = Number(text.replace(',', '.'));
	if (!Number.isInteger(number)) return { reason: `${text} is not a whole number` };
	if (!isScore(scale, number)) return { reason: `${text} is not on the scale from ${min} to ${max}` };
	return { score: number };
};

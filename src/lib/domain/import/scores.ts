// Reads a score from a file: `9`, ` 9 ` and `9.0` are 9; `yes` is thumbs up; what is off the scale is refused with the reason.
import type { Reason } from './reasons.ts';
import { isScore, type Metric, type Scale } from '../survey/metric.ts';
import { shortly } from '../text.ts';

export type ReadScore = { score: number } | { reason: Reason };

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
	// Full-width digits are digits: ９ is 9.
	const text = cell.normalize('NFKC').trim();
	const { min, max, metric } = scale;
	if (text === '') return { reason: { is: 'no-score' } };
	const score = wordOf(metric, text);
	if (score !== undefined) return { score };
	const value = shortly(text);
	const [, whole, decimals = ''] = /^([+-]?\d+)(?:[.,](\d+))?$/.exec(text) ?? [];
	if (whole === undefined)
		return { reason: { is: 'bad-score', value, words: metric === 'thumbs' || metric === 'pmf' ? metric : null } };
	const number = Number(whole);
	if (/[1-9]/.test(decimals)) return { reason: { is: 'fraction', value } };
	if (!isScore(scale, number)) return { reason: { is: 'off-scale', value, min, max } };
	return { score: number };
};

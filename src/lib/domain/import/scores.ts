// Reads a score from a file: `9`, ` 9 ` and `9.0` are 9; `9.5`, `nine` and what is off the scale are refused with the reason.
import { isScore, type Scale } from '../survey/metric.ts';

export type ReadScore = { score: number } | { reason: string };

/** The score in a cell, or why there is none. */
export const readScore = (scale: Scale, cell: string): ReadScore => {
	const text = cell.trim();
	const { min, max } = scale;
	if (text === '') return { reason: 'The score is empty' };
	if (!/^[+-]?\d+([.,]\d+)?$/.test(text)) return { reason: `"${text.slice(0, 40)}" is not a number` };
	const score = Number(text.replace(',', '.'));
	if (!Number.isInteger(score)) return { reason: `${text} is not a whole number` };
	if (!isScore(scale, score)) return { reason: `${text} is not on the scale from ${min} to ${max}` };
	return { score };
};

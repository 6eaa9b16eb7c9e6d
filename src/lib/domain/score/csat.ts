// Customer satisfaction, from how many people gave each of 1 to 5.
import { byTone, type Counts } from './counts.ts';

/**
 * CSAT = the share of the top two of five boxes, 4 and 5, in percent: 0 to 100, not rounded; null when nobody answered.
 * 45 of 50 are 90. The mean of the five is not used: it treats the labels' distances as equal, which they are not.
 */
export const csat = (counts: Counts): number | null => {
	const { high: satisfied, n } = byTone('csat', counts);
	return n === 0 ? null : (100 * satisfied) / n;
};

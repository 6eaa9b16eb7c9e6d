// Customer satisfaction, from how many people gave each score.
import { standardScale, type Scale } from '../survey/metric.ts';
import { byTone, type Counts } from './counts.ts';

/**
 * CSAT = the share of the top boxes (4 and 5 of five) in percent: 0 to 100, not rounded; null when nobody answered.
 * 45 of 50 are 90. The mean of the five is not used: it treats the labels' distances as equal, which they are not.
 */
export const csat = (counts: Counts, scale: Scale = standardScale('csat')): number | null => {
	const { high: satisfied, n } = byTone(scale, counts);
	return n === 0 ? null : (100 * satisfied) / n;
};

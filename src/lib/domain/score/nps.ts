// The Net Promoter Score, from how many people gave each of 0 to 10.
import { standardScale } from '../survey/metric.ts';
import { byTone, type Counts } from './counts.ts';

/**
 * NPS = 100·(P − D)/n: promoters gave 9–10, passives 7–8, detractors 0–6. From −100 to 100, not rounded; null when
 * nobody answered. 50 promoters, 30 passives and 20 detractors are 30.
 * Reichheld, "The One Number You Need to Grow", Harvard Business Review, December 2003.
 */
export const nps = (counts: Counts): number | null => {
	const { low: detractors, high: promoters, n } = byTone(standardScale('nps'), counts);
	return n === 0 ? null : (100 * (promoters - detractors)) / n;
};

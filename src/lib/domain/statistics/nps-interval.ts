// The interval of a Net Promoter Score.
import { z95, type Interval } from './wilson.ts';

/**
 * Adjusted Wald interval, 95 %, in NPS points: three answers are added, ¾ promoter and ¾ detractor among them, because
 * the plain Wald interval has no width when all agree and covers too little when few answered.
 * 50, 30, 20 is 14.05 to 44.20; 5, 0, 0 is 17.49 to 100. Clamped to ±100; null when nobody answered.
 * Its centre is not the plain score, so it is drawn as it is and never as "± a margin".
 * Rocks 2016, The American Statistician 70(4):365–372.
 */
export const npsInterval = (
	people: { promoters: number; passives: number; detractors: number },
	z = z95,
): Interval | null => {
	const n = people.promoters + people.passives + people.detractors;
	if (n === 0) return null;
	const promoters = (people.promoters + 0.75) / (n + 3);
	const detractors = (people.detractors + 0.75) / (n + 3);
	const centre = promoters - detractors;
	const half = z * Math.sqrt((promoters + detractors - centre ** 2) / (n + 3));
	return { low: Math.max(-100, 100 * (centre - half)), high: Math.min(100, 100 * (centre + half)) };
};

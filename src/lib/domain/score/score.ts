// A metric's score with what is needed to judge it: n, the interval, and whether there are enough answers.
import { hasEnough } from '../statistics/enough.ts';
import { npsInterval } from '../statistics/nps-interval.ts';
import { wilson, type Interval } from '../statistics/wilson.ts';
import type { Scale } from '../survey/metric.ts';
import { byTone, type Counts } from './counts.ts';
import { csat } from './csat.ts';
import { nps } from './nps.ts';

export type Score = {
	/** NPS −100 to 100, CSAT 0 to 100, not rounded; null when nobody answered. */
	value: number | null;
	/** How many people answered. */
	n: number;
	/** 95 % interval in the score's own unit; null when nobody answered. */
	interval: Interval | null;
	/** Below this no verdict is shown and the score is grey. */
	hasEnough: boolean;
};

/** The score of these counts: nps with 50 promoters, 30 passives, 20 detractors is 30, n 100, 14.05 to 44.20. */
export const scoreOf = (scale: Scale, counts: Counts): Score => {
	const { low, middle, high, n } = byTone(scale, counts);
	const isNps = scale.metric === 'nps' || scale.metric === 'enps';
	return {
		value: isNps ? nps(counts) : csat(counts, scale),
		n,
		interval: isNps ? npsInterval({ promoters: high, passives: middle, detractors: low }) : wilson(high, n),
		hasEnough: hasEnough(n),
	};
};

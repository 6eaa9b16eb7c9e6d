// A metric's score with what is needed to judge it: n, the interval, and whether there are enough answers.
import { hasEnough } from '../statistics/enough.ts';
import { meanOf, type Mean } from '../statistics/mean.ts';
import { npsInterval } from '../statistics/nps-interval.ts';
import { wilson, type Interval } from '../statistics/wilson.ts';
import type { Metric, Scale } from '../survey/metric.ts';
import { byTone, type Counts } from './counts.ts';
import { csat } from './csat.ts';
import { nps } from './nps.ts';

export type Score = {
	/** NPS and eNPS −100 to 100; of every other metric the share of its good end, 0 to 100. Not rounded; null when nobody answered. */
	value: number | null;
	/** How many people answered. */
	n: number;
	/** 95 % interval in the score's own unit; null when nobody answered. */
	interval: Interval | null;
	/** Beside the share, of the metrics that are reported by both: in points of the scale. */
	mean: Mean | null;
	/** Below this no verdict is shown and the score is grey. */
	hasEnough: boolean;
};

/** Effort and stars are reported as a mean as well; of CSAT's labels the distances are not known to be equal. */
const withMean: readonly Metric[] = ['ces', 'ces-v1', 'stars'];

/** The score of these counts: nps with 50 promoters, 30 passives, 20 detractors is 30, n 100, 14.05 to 44.20. */
export const scoreOf = (scale: Scale, counts: Counts): Score => {
	const { low, middle, high, n } = byTone(scale, counts);
	const isNps = scale.metric === 'nps' || scale.metric === 'enps';
	return {
		value: isNps ? nps(counts) : csat(counts, scale),
		n,
		interval: isNps ? npsInterval({ promoters: high, passives: middle, detractors: low }) : wilson(high, n),
		mean: withMean.includes(scale.metric) ? meanOf(scale, counts) : null,
		hasEnough: hasEnough(n),
	};
};

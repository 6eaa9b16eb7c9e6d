// The metrics a survey can ask: the scale of each, and which bucket a score falls into.

/** nps: 0–10, would you recommend; csat: 1–5, how satisfied. */
export type Metric = 'nps' | 'csat';

/** One third of a scale, by the trade's name. */
export type Bucket = 'detractor' | 'passive' | 'promoter' | 'dissatisfied' | 'neutral' | 'satisfied';

/** Which end of the scale a bucket is at, whatever its name. */
export type Tone = 'low' | 'middle' | 'high';

type Scale = {
	min: number;
	max: number;
	/** Lowest first; each bucket reaches from the one below it up to and including `upTo`. */
	buckets: readonly { key: Bucket; tone: Tone; upTo: number }[];
};

/** Scales and buckets: detractors 0–6, passives 7–8, promoters 9–10; CSAT's top two of five are satisfied. */
export const scales: Readonly<Record<Metric, Scale>> = {
	nps: {
		min: 0,
		max: 10,
		buckets: [
			{ key: 'detractor', tone: 'low', upTo: 6 },
			{ key: 'passive', tone: 'middle', upTo: 8 },
			{ key: 'promoter', tone: 'high', upTo: 10 },
		],
	},
	csat: {
		min: 1,
		max: 5,
		buckets: [
			{ key: 'dissatisfied', tone: 'low', upTo: 2 },
			{ key: 'neutral', tone: 'middle', upTo: 3 },
			{ key: 'satisfied', tone: 'high', upTo: 5 },
		],
	},
};

export const metrics = Object.keys(scales) as Metric[];

/** Every score of a metric, lowest first: nps → 0 … 10. */
export const scoresOf = (metric: Metric): number[] => {
	const { min, max } = scales[metric];
	return Array.from({ length: max - min + 1 }, (_, step) => min + step);
};

/** Whether a number is a score of this metric: 9 of nps is, 11 and 9.5 are not. */
export const isScore = (metric: Metric, score: number): boolean =>
	Number.isInteger(score) && score >= scales[metric].min && score <= scales[metric].max;

/** The bucket of a score: bucketOf('nps', 6) is detractor. Throws RangeError for what is no score of the metric. */
export const bucketOf = (metric: Metric, score: number): Bucket => {
	const bucket = isScore(metric, score) && scales[metric].buckets.find(({ upTo }) => score <= upTo);
	if (!bucket) throw new RangeError(`${score} is no ${metric} score`);
	return bucket.key;
};

/** The end of the scale a score is at: toneOf('csat', 2) is low. Throws RangeError like bucketOf. */
export const toneOf = (metric: Metric, score: number): Tone => {
	const key = bucketOf(metric, score);
	return scales[metric].buckets.find((bucket) => bucket.key === key)!.tone;
};

/** Names of a metric's buckets, lowest first. */
export const bucketsOf = (metric: Metric): Bucket[] => scales[metric].buckets.map(({ key }) => key);

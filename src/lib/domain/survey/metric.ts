// The metrics a survey can ask: the scale of each, and which bucket a score falls into.

/**
 * nps and enps: 0–10, would you recommend; csat: how satisfied; ces: CES 2.0, 1–7, how far they agree that it was easy;
 * ces-v1: the effort of 2010, 1–5, low is good, for imported history alone; stars: 1–5; thumbs: 0 down, 1 up; pmf: 1–3,
 * how disappointed without it.
 */
export const metrics = ['nps', 'csat', 'ces', 'stars', 'thumbs', 'pmf', 'enps', 'ces-v1'] as const;
export type Metric = (typeof metrics)[number];

export const buckets = [
	'detractor',
	'passive',
	'promoter',
	'dissatisfied',
	'neutral',
	'satisfied',
	'hard',
	'easy',
	'not-disappointed',
	'somewhat-disappointed',
	'very-disappointed',
] as const;
/** One part of a scale, by the trade's name. */
export type Bucket = (typeof buckets)[number];

/** Which end of the scale a bucket is at, whatever its name: low is what one would rather not hear. */
export type Tone = 'low' | 'middle' | 'high';

export const looks = ['numbers', 'faces', 'stars', 'words', 'thumbs'] as const;
/** What each step of a scale looks like. */
export type Look = (typeof looks)[number];

export const orders = ['low-first', 'high-first'] as const;
export const directions = ['high-is-good', 'low-is-good'] as const;

/** A scale as it is kept with each version of a survey. */
export type ScaleChoice = {
	/** How many steps. */
	points: number;
	look: Look;
	/** Which end is shown first. */
	order: (typeof orders)[number];
	direction: (typeof directions)[number];
	/** How many steps at the good end make the share that is the score: 2 of csat's five. */
	topBoxes: number;
};

export type Scale = ScaleChoice & {
	metric: Metric;
	min: number;
	max: number;
	/** Lowest first; each bucket reaches from the one below it up to and including `upTo`. */
	buckets: readonly { key: Bucket; tone: Tone; upTo: number }[];
};

type Rule = {
	min: number;
	direction: ScaleChoice['direction'];
	/** The lengths it may have, the standard one first: how many steps, and how many of these are at the bad and the good end. */
	lengths: readonly { points: number; low: number; high: number }[];
	/** The standard one first. */
	looks: readonly Look[];
	/** Names of the bad end, the middle and the good end; null where there is no middle. */
	names: readonly [Bucket, Bucket | null, Bucket];
};

const recommend: Rule = {
	min: 0,
	direction: 'high-is-good',
	lengths: [{ points: 11, low: 7, high: 2 }],
	looks: ['numbers'],
	names: ['detractor', 'passive', 'promoter'],
};
const satisfaction = ['dissatisfied', 'neutral', 'satisfied'] as const;

/**
 * Detractors 0–6, passives 7–8, promoters 9–10. CSAT's top boxes by the length of its scale: 1 of 3, 2 of 5 or 7, 3 of 10.
 * CES 2.0: 5–7 agree. Sources: Reichheld 2003; CEB 2013; Sauro & Lewis, Quantifying the User Experience.
 */
const rules: Readonly<Record<Metric, Rule>> = {
	nps: recommend,
	enps: recommend,
	csat: {
		min: 1,
		direction: 'high-is-good',
		lengths: [
			{ points: 5, low: 2, high: 2 },
			{ points: 3, low: 1, high: 1 },
			{ points: 7, low: 3, high: 2 },
			{ points: 10, low: 4, high: 3 },
		],
		looks: ['faces', 'stars', 'words', 'numbers'],
		names: satisfaction,
	},
	ces: {
		min: 1,
		direction: 'high-is-good',
		lengths: [{ points: 7, low: 3, high: 3 }],
		looks: ['numbers', 'words'],
		names: ['hard', 'neutral', 'easy'],
	},
	'ces-v1': {
		min: 1,
		direction: 'low-is-good',
		lengths: [{ points: 5, low: 2, high: 2 }],
		looks: ['numbers'],
		names: ['hard', 'neutral', 'easy'],
	},
	stars: {
		min: 1,
		direction: 'high-is-good',
		lengths: [{ points: 5, low: 2, high: 2 }],
		looks: ['stars'],
		names: satisfaction,
	},
	thumbs: {
		min: 0,
		direction: 'high-is-good',
		lengths: [{ points: 2, low: 1, high: 1 }],
		looks: ['thumbs', 'words'],
		names: ['dissatisfied', null, 'satisfied'],
	},
	pmf: {
		min: 1,
		direction: 'high-is-good',
		lengths: [{ points: 3, low: 1, high: 1 }],
		looks: ['words'],
		names: ['not-disappointed', 'somewhat-disappointed', 'very-disappointed'],
	},
};

/** The lengths a metric's scale may have, the standard one first: [5, 3, 7, 10] of csat. */
export const lengthsOf = (metric: Metric): number[] => rules[metric].lengths.map(({ points }) => points);

/** The faces of a scale are five or three; stars go up to seven; the words of ten steps nobody reads. */
export const looksOf = (metric: Metric, points: number): Look[] =>
	rules[metric].looks.filter(
		(look) => look === 'numbers' || (look === 'faces' ? points <= 5 : look === 'thumbs' ? points === 2 : points <= 7),
	);

/** The scale a metric has before anybody chooses another: faces from 1 to 5 for csat. Throws RangeError for a length it cannot have. */
export const standardChoice = (metric: Metric, points = lengthsOf(metric)[0]!): ScaleChoice => {
	const length = rules[metric].lengths.find((length) => length.points === points);
	if (!length) throw new RangeError(`A scale of ${metric} has no ${points} points`);
	return {
		points,
		look: looksOf(metric, points)[0]!,
		order: 'low-first',
		direction: rules[metric].direction,
		topBoxes: length.high,
	};
};

/** What is wrong with a chosen scale, and in which of its fields; null when nothing is. */
export const problemOf = (metric: Metric, choice: ScaleChoice): { field: keyof ScaleChoice; reason: string } | null => {
	const lengths = lengthsOf(metric);
	if (!lengths.includes(choice.points))
		return { field: 'points', reason: `A scale of ${metric} has ${lengths.join(', ')} points` };
	const looks = looksOf(metric, choice.points);
	if (!looks.includes(choice.look))
		return { field: 'look', reason: `${choice.points} points of ${metric} can be ${looks.join(', ')}` };
	const standard = standardChoice(metric, choice.points);
	if (choice.direction !== standard.direction)
		return { field: 'direction', reason: `On a scale of ${metric}, ${standard.direction.replaceAll('-', ' ')}` };
	if (choice.topBoxes !== standard.topBoxes)
		return { field: 'topBoxes', reason: `The top boxes of ${choice.points} points are ${standard.topBoxes}` };
	return null;
};

/** The scale of a definition, or of anything else that names metric and choice. */
export const scaleOf = ({ metric, scale }: { metric: Metric; scale: ScaleChoice }): Scale => {
	const { min, lengths, names, direction } = rules[metric];
	const { low, high } = lengths.find(({ points }) => points === scale.points) ?? lengths[0]!;
	const max = min + scale.points - 1;
	const ends = [
		{ key: names[0], tone: 'low' as const, size: low },
		{ key: names[1], tone: 'middle' as const, size: scale.points - low - high },
		{ key: names[2], tone: 'high' as const, size: high },
	];
	let upTo = min - 1;
	const buckets = (direction === 'high-is-good' ? ends : ends.toReversed()).flatMap(({ key, tone, size }) =>
		key === null ? [] : [{ key, tone, upTo: (upTo += size) }],
	);
	return { ...scale, metric, min, max, buckets };
};

/** A metric's scale as it is by default. */
export const standardScale = (metric: Metric, points?: number): Scale =>
	scaleOf({ metric, scale: standardChoice(metric, points) });

/** Every score of a scale, lowest first: nps → 0 … 10. */
export const scoresOf = ({ min, max }: Scale): number[] =>
	Array.from({ length: max - min + 1 }, (_, step) => min + step);

/** Whether a number is a score on this scale: 9 of nps is, 11 and 9.5 are not. */
export const isScore = ({ min, max }: Scale, score: number): boolean =>
	Number.isInteger(score) && score >= min && score <= max;

const find = (scale: Scale, score: number) => {
	const bucket = isScore(scale, score) && scale.buckets.find(({ upTo }) => score <= upTo);
	if (!bucket) throw new RangeError(`${score} is no ${scale.metric} score`);
	return bucket;
};

/** The bucket of a score: 6 of nps is a detractor. Throws RangeError for what is no score of the scale. */
export const bucketOf = (scale: Scale, score: number): Bucket => find(scale, score).key;

/** The end of the scale a score is at: 2 of csat's five is low. Throws RangeError like bucketOf. */
export const toneOf = (scale: Scale, score: number): Tone => find(scale, score).tone;

/** The buckets of a scale, lowest score first. */
export const bucketsOf = ({ buckets }: Scale): Bucket[] => buckets.map(({ key }) => key);

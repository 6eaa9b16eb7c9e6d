// A seeded source of randomness, so that the sample year is the same on every machine.

export type Random = {
	/** A number in [0, 1). */
	next(): number;
	/** A whole number in [from, to]. */
	between(from: number, to: number): number;
	/** One of the list; each is as likely as its weight, 1 when no weights are given. */
	pick<Choice>(choices: readonly Choice[], weights?: readonly number[]): Choice;
};

/** mulberry32 (Tommy Ettinger, public domain): random(1).next() is 0.627… and the sequence repeats after 2³² numbers. */
export const random = (seed: number): Random => {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
	return {
		next,
		between: (from, to) => from + Math.floor(next() * (to - from + 1)),
		pick: (choices, weights = choices.map(() => 1)) => {
			let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
			const index = weights.findIndex((weight) => (left -= weight) < 0);
			return choices[index < 0 ? choices.length - 1 : index]!;
		},
	};
};

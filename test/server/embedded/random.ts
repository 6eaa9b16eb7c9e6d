// Reproducible randomness for the fuzz tests: a seed that is printed when a test fails, and values of every indexable type.
import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';

export type Random = {
	/** A whole number from 0 up to, not including, `below`. */
	int(below: number): number;
	pick<Item>(from: readonly Item[]): Item;
	chance(probability: number): boolean;
};

/** Mulberry32: small, fast, and the same numbers everywhere. */
export function seeded(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	return {
		int: (below) => Math.floor(next() * below),
		pick: (from) => from[Math.floor(next() * from.length)]!,
		chance: (probability) => next() < probability,
	};
}

/** The seed to use: SEED from the environment to repeat a failure, one that stays on CI, else a new one. */
export const chooseSeed = (): number =>
	Number(process.env['SEED'] ?? (process.env['CI'] ? 1 : Math.floor(Math.random() * 2 ** 31)));

const strings = ['', 'a', 'a\0', 'a\0b', 'ab', 'b', 'B', 'é', 'zz', '\u{1F600}', '\uffee', 'promoter', '10', '9'];
const doubles = [
	0,
	-0,
	0.1,
	-0.1,
	1.5,
	1e300,
	-1e300,
	5e-324,
	NaN,
	Infinity,
	-Infinity,
	2 ** 53,
	2 ** 53 + 2,
	2 ** 63,
	-(2 ** 63),
	3,
];
const longs = [0n, 1n, -1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n), 3n, -(2n ** 53n) - 1n];
const decimals = [
	'0',
	'0.1',
	'-0.1',
	'1.5',
	'3',
	'3.0',
	'1E300',
	'9007199254740993',
	'9007199254740993.5',
	'-0.10000000000000001',
	'NaN',
	'Infinity',
];
const ids = ['64b000000000000000000001', '64b000000000000000000002', '74b000000000000000000001'];

/** A value of any type that can be in an index; containers are at most `depth` deep. */
export function anyValue(random: Random, depth = 2): unknown {
	switch (random.int(depth > 0 ? 18 : 15)) {
		case 0:
			return null;
		case 1:
		case 2:
			return new Int32(random.int(7) - 3);
		case 3:
			return new Double(random.pick(doubles));
		case 4:
			return Long.fromBigInt(random.pick(longs));
		case 5:
		case 6:
		case 7:
			return random.pick(strings);
		case 8:
			return new ObjectId(random.pick(ids));
		case 9:
			return random.chance(0.5);
		case 10:
			return new Date(random.pick([0, -1, 1, 1_700_000_000_000, -1_700_000_000_000]));
		case 11:
			return new Binary(Buffer.from(random.pick(['', 'a', 'b', 'ab'])), random.pick([0, 4]));
		case 12:
			return Decimal128.fromString(random.pick(decimals));
		case 13:
			return random.pick([new MinKey(), new MaxKey(), new Timestamp({ t: random.int(3), i: random.int(3) })]);
		case 14:
			return new BSONRegExp(random.pick(['a', 'b', '^a']), random.pick(['', 'i']));
		case 15:
			return Array.from({ length: random.int(4) }, () => anyValue(random, depth - 1));
		default:
			return Object.fromEntries(
				Array.from({ length: random.int(3) }, () => [random.pick(['x', 'y', 'xy']), anyValue(random, depth - 1)]),
			);
	}
}

// The order of all values, and the key that equal values share.
import { Binary, Code, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, isEqual, isIdentical } from '#lib/server/embedded/compare.ts';
import { hashKey } from '#lib/server/embedded/hash.ts';
import { shown, typedValue } from './support/typed.ts';

/** From smallest to largest; the values of one line are equal to each other. */
const ladder: unknown[][] = [
	[new MinKey()],
	[null],
	[NaN, Decimal128.fromString('NaN')],
	[-Infinity, Decimal128.fromString('-Infinity')],
	[Long.MIN_VALUE, new Double(-(2 ** 63))],
	[-1.5, Decimal128.fromString('-1.50')],
	[0, -0, Long.ZERO, Decimal128.fromString('0')],
	[Decimal128.fromString('0.1')],
	[0.1],
	[1, new Double(1), Long.ONE, Decimal128.fromString('1.00')],
	[new Double(9007199254740992), Long.fromString('9007199254740992')],
	[Long.fromString('9007199254740993'), Decimal128.fromString('9007199254740993')],
	[Long.MAX_VALUE],
	[new Double(2 ** 63), Decimal128.fromString('9223372036854775808')],
	[1e22, Decimal128.fromString('1E22')],
	[Infinity],
	[''],
	['A'],
	['a'],
	['a\0'],
	['\uffff'],
	['\u{1f600}'],
	[{}],
	[{ b: 1 }, { b: new Double(1) }],
	[{ b: 1, a: 1 }],
	[{ a: 'x' }],
	[[]],
	[[1], [Long.ONE]],
	[[1, 1]],
	[[2]],
	[new Binary(new Uint8Array([9]), 0)],
	[new Binary(new Uint8Array([1, 1]), 0)],
	[new UUID('00000000-0000-4000-8000-000000000000')],
	[new ObjectId('65f000000000000000000001')],
	[new ObjectId('65f000000000000000000002')],
	[false],
	[true],
	[new Date(-1)],
	[new Date(0)],
	[new Timestamp({ t: 1, i: 1 })],
	[new Timestamp({ t: 1, i: 2 })],
	[/a/],
	[/a/i],
	[new Code('x')],
	[new MaxKey()],
];

const rungs = ladder.flatMap((values, rung) => values.map((value) => ({ rung, value: typedValue(value) })));

describe('the order of values', () => {
	it('is the documented one for every pair of types and values', () => {
		const wrong = rungs.flatMap((a) =>
			rungs
				.filter((b) => Math.sign(compare(a.value, b.value)) !== Math.sign(a.rung - b.rung))
				.map((b) => `${shown(a.value)} and ${shown(b.value)}`),
		);
		expect(wrong).toEqual([]);
	});

	it('has missing below null', () => {
		expect(compare(undefined, null)).toBeLessThan(0);
		expect(compare(undefined, typedValue(new MinKey()))).toBeGreaterThan(0);
	});

	it('gives equal values one key and others different ones', () => {
		const wrong = rungs.flatMap((a) =>
			rungs
				.filter((b) => (hashKey(a.value) === hashKey(b.value)) !== (a.rung === b.rung))
				.map((b) => `${shown(a.value)} and ${shown(b.value)}`),
		);
		expect(wrong).toEqual([]);
	});

	it('agrees with the key for nested values of any shape', () => {
		const scalar = fc.oneof(
			fc.integer({ min: -3, max: 3 }),
			fc.constantFrom(0.5, NaN, null, true, '', 'a', ':', '1:a'),
		);
		const { value } = fc.letrec((tie) => ({
			value: fc.oneof(
				{ maxDepth: 3 },
				scalar,
				fc.array(tie('value'), { maxLength: 3 }),
				fc.dictionary(fc.constantFrom('a', 'b', ''), tie('value'), { maxKeys: 3 }),
			),
		}));
		fc.assert(
			fc.property(value, value, (a, b) => {
				const [left, right] = [typedValue(a), typedValue(b)];
				return isEqual(left, right) === (hashKey(left) === hashKey(right));
			}),
			{ numRuns: 3000, seed: 7 },
		);
	});
});

describe('identity', () => {
	it.each<[reason: string, a: unknown, b: unknown, isSame: boolean]>([
		['tells numeric types apart', 1, new Double(1), false],
		['tells 0 from -0', new Double(0), new Double(-0), false],
		['tells decimals of different precision apart', Decimal128.fromString('1'), Decimal128.fromString('1.0'), false],
		['tells field orders apart', { a: 1, b: 1 }, { b: 1, a: 1 }, false],
		['holds for the same value', { a: [1, 'x', null] }, { a: [1, 'x', null] }, true],
		['holds for NaN', NaN, NaN, true],
	])('%s', (_reason, a, b, isSame) => {
		expect(isIdentical(typedValue(a), typedValue(b))).toBe(isSame);
	});
});

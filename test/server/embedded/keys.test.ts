// The bytes of a key sort as its values do: what every index, unique constraint and sorted read stands on.
import { Decimal128, Double, Int32, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import { compare } from '#lib/server/embedded/compare.ts';
import { after, keyOf } from '#lib/server/embedded/keys.ts';
import { anyValue, chooseSeed, seeded } from './random.ts';

const key = (value: unknown, isDescending = false) => keyOf([value], [isDescending]);

describe('keys', () => {
	it.each([
		['an int and the same double', new Int32(3), new Double(3)],
		['an int and the same long', new Int32(3), Long.fromNumber(3)],
		['an int and the same decimal', new Int32(3), Decimal128.fromString('3.00')],
		['zero and minus zero', new Double(0), new Double(-0)],
		['null and a missing field', null, undefined],
	])('are equal for %s', (_, a, b) => {
		expect(key(a).equals(key(b))).toBe(true);
	});

	it.each([
		['a decimal from the nearest double', Decimal128.fromString('0.1'), new Double(0.1)],
		['a long from the nearest double', Long.fromBigInt(2n ** 53n + 1n), new Double(2 ** 53)],
		['a string from a longer one with a zero byte', 'a', 'a\0'],
		['an empty array from null', [], null],
	])('tell %s', (_, a, b) => {
		expect(key(a).equals(key(b))).toBe(false);
	});

	const seed = chooseSeed();
	it(`sort like the values, both ways and in compound keys (SEED=${seed})`, () => {
		const random = seeded(seed);
		for (let round = 0; round < 30_000; round++) {
			const left = [anyValue(random), anyValue(random)];
			const right = [random.chance(0.3) ? left[0] : anyValue(random), anyValue(random)];
			const descending = [random.chance(0.5), random.chance(0.5)];
			const order = left.reduce<number>(
				(found, value, at) => found || compare(value, right[at]) * (descending[at] ? -1 : 1),
				0,
			);
			const byKey = Buffer.compare(keyOf(left, descending), keyOf(right, descending));
			expect(Math.sign(byKey) + 0, JSON.stringify({ left, right, descending })).toBe(Math.sign(order) + 0);
		}
	});

	it(`end a prefix right after the last key that starts with it (SEED=${seed})`, () => {
		const random = seeded(seed);
		for (let round = 0; round < 5_000; round++) {
			const value = anyValue(random);
			const isDescending = random.chance(0.5);
			const prefix = key(value, isDescending);
			const inside = keyOf([value, anyValue(random)], [isDescending, random.chance(0.5)]);
			const beyond = after(prefix);
			expect(Buffer.compare(inside, prefix)).toBeGreaterThan(0);
			expect(beyond === null || Buffer.compare(inside, beyond) < 0).toBe(true);
		}
	});
});

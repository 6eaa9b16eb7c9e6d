// The bad days of a database that a test run asks for.
import { shardKeys } from '#lib/server/db/rows/index.ts';
import type { Faults } from '#lib/server/embedded/index.ts';

/**
 * What the environment asks for: `FAULTS=0.02 SEED=1 npx vitest run test/server` makes two in a hundred requests of the
 * product fail, and refuses writes that do not name their shard key; with `FAULTS=0` it only does the latter. What a test
 * itself asks, through `calmUri`, does not fail.
 */
export function faultsAskedFor(): Faults | undefined {
	const rate = process.env['FAULTS'];
	if (rate === undefined) return undefined;
	const sharded = Object.entries(shardKeys).filter((entry): entry is [string, string] => entry[1] !== null);
	const seed = Number(process.env['SEED'] ?? 1);
	return { rate: Number(rate), seed, shardKeys: Object.fromEntries(sharded), exempt: ['jobs'], appName: 'heed' };
}

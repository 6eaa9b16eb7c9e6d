// What a file would become: read whole by the rules it is imported by, and nothing is written.
import type { CsvRow } from '#lib/domain/import/csv.ts';
import { addCounts, noCounts, type Import, type ImportCounts } from '#lib/domain/import/import.ts';
import type { KeptReason } from '#lib/domain/import/reasons.ts';
import type { Context } from '../../context.ts';
import { rowsOf } from './file.ts';
import { batchSize, takerOf } from './run.ts';

/** Rows of one fate: how many, and the first of them. */
export type Fate = { count: number; line: number; reason: KeptReason; isTaken: boolean };
export type Forecast = { counts: ImportCounts; fates: Fate[] };

/** What makes reasons one fate: all but the values of the row. */
const kindOf = (reason: KeptReason, isTaken: boolean): string => {
	if (typeof reason === 'string') return reason;
	const about = 'property' in reason ? reason.property : 'role' in reason ? reason.role : '';
	return [isTaken, reason.is, about].join(' ');
};

/** Of an import whose plan is known; most frequent fates first. */
export const forecast = async (ctx: Context, given: Import): Promise<Forecast> => {
	const taker = await takerOf(ctx, given);
	const fates = new Map<string, Fate>();
	let counts = noCounts;
	let batch: CsvRow[] = [];
	const settle = async () => {
		const outcome = await taker.foresee(batch);
		batch = [];
		counts = addCounts(counts, outcome.counts);
		for (const { line, reason, isTaken } of outcome.refusals) {
			const kind = kindOf(reason, isTaken);
			const fate = fates.get(kind);
			if (fate) fate.count++;
			else fates.set(kind, { count: 1, line, reason, isTaken });
		}
	};
	for await (const rows of rowsOf(ctx.db, given))
		for (const row of rows) {
			batch.push(row);
			if (batch.length === batchSize) await settle();
		}
	if (batch.length) await settle();
	return { counts, fates: [...fates.values()].sort((a, b) => b.count - a.count) };
};

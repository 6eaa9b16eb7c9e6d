// What takes the rows of a file, whatever is in them.
import type { CsvRow } from '#lib/domain/import/csv.ts';
import { noCounts, type ImportCounts, type Refusal } from '#lib/domain/import/import.ts';
import type { Reason } from '#lib/domain/import/reasons.ts';

export type Outcome = { counts: ImportCounts; refusals: Refusal[] };

/** What a row that was taken did. */
export type Fate = 'added' | 'updated' | 'unchanged';
/** A row with why it was refused, else what was passed over in it; `fateOf` is asked of those that were taken. */
export type Settled = { row: CsvRow; reason: Reason | null; remark: Reason | null; fateOf: () => Fate };

/** Counts rows and keeps what is to be said of them. */
export const outcomeOf = (rows: readonly Settled[]): Outcome => {
	const counts = { ...noCounts };
	const refusals: Refusal[] = [];
	for (const { row, reason, remark, fateOf } of rows) {
		const kept = reason ?? remark;
		if (kept) refusals.push({ line: row.line, reason: kept, cells: row.cells, isTaken: !reason });
		if (reason) counts.refused++;
		else counts[fateOf()]++;
		if (!reason && remark) counts.noted++;
	}
	return { counts, refusals };
};

export type Taker = {
	/** Looks at a row that was taken before this worker came, in the order of the file. */
	pass(row: CsvRow): void;
	/** Takes a batch and says what became of it. The same batch again changes nothing and says the same. */
	take(rows: readonly CsvRow[]): Promise<Outcome>;
	/** Says what `take` would make of a batch, in the order of the file, and writes nothing. */
	foresee(rows: readonly CsvRow[]): Promise<Outcome>;
};

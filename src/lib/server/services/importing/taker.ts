// What takes the rows of a file, whatever is in them.
import type { CsvRow } from '#lib/domain/import/csv.ts';
import type { ImportCounts, Refusal } from '#lib/domain/import/import.ts';

export type Outcome = { counts: ImportCounts; refusals: Refusal[] };

export type Taker = {
	/** Looks at a row that was taken before this worker came, in the order of the file. */
	pass(row: CsvRow): void;
	/** Takes a batch and says what became of it. The same batch again changes nothing and says the same. */
	take(rows: readonly CsvRow[]): Promise<Outcome>;
	/** Says what `take` would make of a batch, in the order of the file, and writes nothing. */
	foresee(rows: readonly CsvRow[]): Promise<Outcome>;
};

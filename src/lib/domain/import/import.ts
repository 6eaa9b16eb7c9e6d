// An import of a file: what it is of, how far it is, and what became of its rows.

export type ImportKind = 'people' | 'answers';

/**
 * mapping: the file is here and waits for its columns to be named; running; done; undoing; undone;
 * failed: it cannot be read any further, and `problem` says why.
 */
export type ImportStatus = 'mapping' | 'running' | 'done' | 'undoing' | 'undone' | 'failed';

export type ImportCounts = { added: number; updated: number; unchanged: number; refused: number };

export type Import = {
	id: string;
	workspaceId: string;
	kind: ImportKind;
	surveyId: string | null;
	fileName: string;
	fileHash: string;
	byteCount: number;
	encoding: string;
	delimiter: string;
	header: string[];
	sampleRows: string[][];
	plan: unknown;
	status: ImportStatus;
	nextRow: number;
	counts: ImportCounts;
	problem: string | null;
	createdBy: string;
	createdAt: Date;
	finishedAt: Date | null;
};

/** A row that was not taken, and why. `line` counts from 1, the header's. */
export type Refusal = { line: number; reason: string; cells: string[] };

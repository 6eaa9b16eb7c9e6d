// An import of a file: what it is of, how far it is, and what became of its rows.
import type { AnswerRole, PeopleRole } from './columns.ts';
import type { Delimiter } from './delimiter.ts';
import type { Encoding } from './encoding.ts';
import type { ColumnProfile } from './profile.ts';
import type { KeptReason, Problem } from './reasons.ts';
import type { AnswerReading } from './rows.ts';

export type ImportKind = 'people' | 'answers';

/**
 * uploading: the file is on its way; mapping: it is here and waits for its columns to be named; running; done; undoing;
 * undone; failed: it cannot be read any further, and `problem` says why.
 */
export type ImportStatus = 'uploading' | 'mapping' | 'running' | 'done' | 'undoing' | 'undone' | 'failed';

/** What became of the rows read so far. `noted` are among the taken ones: something small was passed over. */
export type ImportCounts = { added: number; updated: number; unchanged: number; refused: number; noted: number };

export const noCounts: ImportCounts = { added: 0, updated: 0, unchanged: 0, refused: 0, noted: 0 };

export const addCounts = (a: ImportCounts, b: ImportCounts): ImportCounts => ({
	added: a.added + b.added,
	updated: a.updated + b.updated,
	unchanged: a.unchanged + b.unchanged,
	refused: a.refused + b.refused,
	noted: a.noted + b.noted,
});

/** What was found out about a file when it came. */
export type ImportFile = {
	/** SHA-256 in hexadecimal. */
	fileHash: string;
	byteCount: number;
	encoding: Encoding;
	delimiter: Delimiter;
	header: string[];
	/** Rows below the header that are not blank. */
	rowCount: number;
	/** The first of them, cells cut short. */
	sampleRows: string[][];
	profiles: ColumnProfile[];
};

export type PeoplePlan = { columns: PeopleRole[] };
export type AnswersPlan = AnswerReading & { columns: AnswerRole[]; surveyId: string };

export type Import = ImportFile & {
	id: string;
	workspaceId: string;
	kind: ImportKind;
	surveyId: string | null;
	fileName: string;
	/** How it is read: set once, when it starts. */
	plan: PeoplePlan | AnswersPlan | null;
	status: ImportStatus;
	/** Rows read so far. */
	nextRow: number;
	counts: ImportCounts;
	/** People it brought who stayed when it was undone, because they have been asked since. */
	keptCount: number;
	/** Earlier versions kept a sentence. */
	problem: Problem | string | null;
	createdBy: string;
	createdAt: Date;
	finishedAt: Date | null;
};

/** A row that was not taken, or taken with a remark, and why. `line` counts from 1, the header's. */
export type Refusal = { line: number; reason: KeptReason; cells: string[]; isTaken: boolean };

/** Whether somebody is at work on it. */
export const isWorking = ({ status }: Pick<Import, 'status'>): boolean => status === 'running' || status === 'undoing';

/** Whether it can be undone: it took rows, or still does. */
export const canUndo = ({ status }: Pick<Import, 'status'>): boolean =>
	status === 'running' || status === 'done' || status === 'failed';

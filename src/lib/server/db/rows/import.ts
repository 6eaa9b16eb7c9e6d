// Rows of imports: the file as it came, how far it is read, what was refused and what it changed.
import mongoose from 'mongoose';
import type { Property } from '#lib/domain/contact/contact.ts';
import type { Import, ImportCounts, ImportKind, ImportStatus } from '#lib/domain/import/import.ts';
import type { ColumnProfile } from '#lib/domain/import/profile.ts';
import type { KeptReason } from '#lib/domain/import/reasons.ts';
import {
	count,
	date,
	flag,
	looseText,
	mixed,
	objectId,
	optionalDate,
	optionalMixed,
	optionalObjectId,
	optionalText,
	properties,
	rowOptions,
	text,
	type ObjectId,
} from './base.ts';

export type ImportRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	kind: ImportKind;
	/** Of an import of answers. */
	surveyId: ObjectId | null;
	fileName: string;
	fileHash: string;
	byteCount: number;
	encoding: Import['encoding'];
	delimiter: Import['delimiter'];
	header: string[];
	rowCount: number;
	sampleRows: string[][];
	profiles: ColumnProfile[];
	plan: Import['plan'];
	status: ImportStatus;
	/** Data rows read so far: where it goes on. */
	nextRow: number;
	counts: ImportCounts;
	keptCount: number;
	problem: Import['problem'];
	/** Whoever works on it, and until when it is theirs alone. */
	leaseId: string | null;
	leaseUntil: Date | null;
	createdBy: ObjectId;
	createdAt: Date;
	finishedAt: Date | null;
};
export const importSchema = new mongoose.Schema<ImportRow>(
	{
		workspaceId: objectId,
		kind: text,
		surveyId: optionalObjectId,
		fileName: looseText,
		fileHash: looseText,
		byteCount: { type: Number, default: 0 },
		encoding: { type: String, default: 'utf-8' },
		delimiter: { type: String, default: ',' },
		header: { type: [String], default: () => [] },
		rowCount: { type: Number, default: 0 },
		sampleRows: { type: [[String]], default: () => [] },
		profiles: { type: mongoose.Schema.Types.Mixed, default: () => [] },
		plan: optionalMixed,
		status: text,
		nextRow: { type: Number, default: 0 },
		counts: mixed,
		keptCount: { type: Number, default: 0 },
		problem: optionalMixed,
		leaseId: optionalText,
		leaseUntil: optionalDate,
		createdBy: objectId,
		createdAt: date,
		finishedAt: optionalDate,
	},
	rowOptions,
)
	.index({ workspaceId: 1, createdAt: -1 })
	.index({ status: 1, leaseUntil: 1 });

export type ImportChunkRow = { _id: ObjectId; workspaceId: ObjectId; importId: ObjectId; index: number; bytes: Buffer };
export const importChunkSchema = new mongoose.Schema<ImportChunkRow>(
	{ workspaceId: objectId, importId: objectId, index: count, bytes: { type: Buffer, required: true } },
	rowOptions,
).index({ workspaceId: 1, importId: 1, index: 1 }, { unique: true });

export type ImportRefusalRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	importId: ObjectId;
	/** Line of the file, the header being line 1. */
	line: number;
	reason: KeptReason;
	cells: string[];
	/** Whether the row was taken all the same, and this is a remark. */
	isTaken: boolean;
};
export const importRefusalSchema = new mongoose.Schema<ImportRefusalRow>(
	{
		workspaceId: objectId,
		importId: objectId,
		line: count,
		reason: mixed,
		cells: { type: [String], default: () => [] },
		isTaken: flag,
	},
	rowOptions,
).index({ workspaceId: 1, importId: 1, line: 1 }, { unique: true });

/** What an import may change of a person. */
export type ChangeableFields = {
	name: string;
	language: string | null;
	properties: Property[];
	lastAskedAt: Date | null;
};
/** What a person was before an import changed them, and what it made of them. */
export type ImportChangeRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	importId: ObjectId;
	contactId: ObjectId;
	before: ChangeableFields;
	after: ChangeableFields;
};
const changeable = { _id: false, name: looseText, language: optionalText, properties, lastAskedAt: optionalDate };
export const importChangeSchema = new mongoose.Schema<ImportChangeRow>(
	{ workspaceId: objectId, importId: objectId, contactId: objectId, before: changeable, after: changeable },
	rowOptions,
).index({ workspaceId: 1, importId: 1, contactId: 1 }, { unique: true });

/** An address that must not be written to, kept as a hash after the person was erased. */
export type SuppressionRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	/** HMAC-SHA256 of the address key. */
	addressHash: string;
	unsubscribedAt: Date | null;
	bouncedAt: Date | null;
};
export const suppressionSchema = new mongoose.Schema<SuppressionRow>(
	{ workspaceId: objectId, addressHash: text, unsubscribedAt: optionalDate, bouncedAt: optionalDate },
	rowOptions,
).index({ workspaceId: 1, addressHash: 1 }, { unique: true });

// Rows of imports: the file as it came, how far it is read, what was refused and what it changed.
import mongoose from 'mongoose';
import type { ImportKind, ImportStatus } from '#lib/domain/import/import.ts';
import type { Property } from '#lib/domain/contact/contact.ts';
import {
	count,
	date,
	looseText,
	mixed,
	objectId,
	optionalDate,
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
	/** SHA-256 of the file. */
	fileHash: string;
	byteCount: number;
	encoding: string;
	delimiter: string;
	header: string[];
	sampleRows: string[][];
	/** Mapping and choices, parsed by the schema of its kind; null until they are made. */
	plan: unknown;
	status: ImportStatus;
	/** Data rows read so far: where it goes on. */
	nextRow: number;
	counts: { added: number; updated: number; unchanged: number; refused: number };
	problem: string | null;
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
		byteCount: count,
		encoding: looseText,
		delimiter: looseText,
		header: { type: [String], default: () => [] },
		sampleRows: { type: [[String]], default: () => [] },
		plan: { type: mongoose.Schema.Types.Mixed, default: null },
		status: text,
		nextRow: { type: Number, default: 0 },
		counts: mixed,
		problem: optionalText,
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
	reason: string;
	cells: string[];
};
export const importRefusalSchema = new mongoose.Schema<ImportRefusalRow>(
	{
		workspaceId: objectId,
		importId: objectId,
		line: count,
		reason: text,
		cells: { type: [String], default: () => [] },
	},
	rowOptions,
).index({ workspaceId: 1, importId: 1, line: 1 }, { unique: true });

/** What a person was before an import changed them. */
export type ImportChangeRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	importId: ObjectId;
	contactId: ObjectId;
	before: { name: string; language: string | null; properties: Property[] };
};
export const importChangeSchema = new mongoose.Schema<ImportChangeRow>(
	{
		workspaceId: objectId,
		importId: objectId,
		contactId: objectId,
		before: { _id: false, name: looseText, language: optionalText, properties },
	},
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

// Rows of surveys and of the frozen versions that answers point at.
import mongoose from 'mongoose';
import type { Definition, Status } from '#lib/domain/survey/definition.ts';
import type { Outdated } from '#lib/domain/survey/outdated.ts';
import {
	count,
	date,
	flag,
	mixed,
	objectId,
	optionalDate,
	optionalObjectId,
	optionalText,
	rowOptions,
	text,
	type ObjectId,
} from './base.ts';

export type SurveyRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	name: string;
	status: Status;
	draft: Definition;
	draftRevision: number;
	draftSavedBy?: string | null;
	outdated?: Outdated[];
	version: number | null;
	hasUnpublishedEdits: boolean;
	editWindowHours: number;
	touchpointId: string | null;
	opensAt: Date | null;
	closesAt: Date | null;
	quota: number | null;
	archivedAt: Date | null;
	previewGeneration: number;
	/** Set while the survey's deletion can still be undone, and until all of it is erased. */
	deletedAt: Date | null;
	isSample: boolean;
	revision: number;
	createdAt: Date;
	updatedAt: Date;
};
export const surveySchema = new mongoose.Schema<SurveyRow>(
	{
		workspaceId: objectId,
		name: text,
		status: text,
		draft: mixed,
		draftRevision: count,
		draftSavedBy: { type: String, default: null },
		outdated: { type: [mongoose.Schema.Types.Mixed], default: () => [] },
		version: { type: Number, default: null },
		hasUnpublishedEdits: flag,
		editWindowHours: count,
		touchpointId: optionalText,
		opensAt: optionalDate,
		closesAt: optionalDate,
		quota: { type: Number, default: null },
		archivedAt: optionalDate,
		previewGeneration: { type: Number, default: 0 },
		deletedAt: optionalDate,
		isSample: flag,
		revision: count,
		createdAt: date,
		updatedAt: date,
	},
	rowOptions,
).index({ workspaceId: 1, status: 1 });

export type SurveyVersionRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	surveyId: ObjectId;
	version: number;
	definition: Definition;
	publishedAt: Date;
	publishedBy: ObjectId | null;
};
export const surveyVersionSchema = new mongoose.Schema<SurveyVersionRow>(
	{
		workspaceId: objectId,
		surveyId: objectId,
		version: count,
		definition: mixed,
		publishedAt: date,
		publishedBy: optionalObjectId,
	},
	rowOptions,
).index({ workspaceId: 1, surveyId: 1, version: 1 }, { unique: true });

// Rows of surveys and of the frozen versions that answers point at.
import mongoose from 'mongoose';
import type { Definition, Status } from '#lib/domain/survey/definition.ts';
import { count, date, flag, mixed, objectId, rowOptions, text, type ObjectId } from './base.ts';

export type SurveyRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	name: string;
	status: Status;
	draft: Definition;
	draftRevision: number;
	version: number | null;
	hasUnpublishedEdits: boolean;
	editWindowHours: number;
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
		version: { type: Number, default: null },
		hasUnpublishedEdits: flag,
		editWindowHours: count,
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
};
export const surveyVersionSchema = new mongoose.Schema<SurveyVersionRow>(
	{ workspaceId: objectId, surveyId: objectId, version: count, definition: mixed, publishedAt: date },
	rowOptions,
).index({ workspaceId: 1, surveyId: 1, version: 1 }, { unique: true });

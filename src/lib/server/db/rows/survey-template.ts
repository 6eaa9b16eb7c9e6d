// Rows of templates that a workspace made of its own surveys.
import mongoose from 'mongoose';
import type { Definition } from '#lib/domain/survey/definition.ts';
import { date, mixed, objectId, rowOptions, text, type ObjectId } from './base.ts';

export type SurveyTemplateRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	name: string;
	/** The name as it is compared: two that differ in case only are one. */
	nameKey: string;
	purpose: string;
	definition: Definition;
	createdAt: Date;
};
export const surveyTemplateSchema = new mongoose.Schema<SurveyTemplateRow>(
	{
		workspaceId: objectId,
		name: text,
		nameKey: text,
		purpose: { type: String, default: '' },
		definition: mixed,
		createdAt: date,
	},
	rowOptions,
).index({ workspaceId: 1, nameKey: 1 }, { unique: true });

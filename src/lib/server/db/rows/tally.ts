// Rows of the counts that reports are made of: derived, never incremented, always equal to a recount.
import mongoose from 'mongoose';
import type { Cell } from '#lib/domain/report/tally.ts';
import { count, flag, looseText, objectId, optionalText, rowOptions, text, type ObjectId } from './base.ts';

export type TallyRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	surveyId: ObjectId;
	timeZone: string;
	/** Local day in `timeZone`, YYYY-MM-DD. */
	day: string;
	/** 'all' or 'property:<key>'. */
	breakdown: string;
	/** The count that wrote it; an older count never writes over a newer one. */
	ticket: number;
	/** The property had too many values on this day: `cells` are empty and the answers are asked instead. */
	isOverflow: boolean;
	cells: Cell[];
};
const cellSchema = {
	_id: false,
	channel: text,
	language: looseText,
	value: looseText,
	counts: { type: [Number], default: () => [] },
	accepted: { type: Number, default: 0 },
	answered: { type: Number, default: 0 },
};
export const tallySchema = new mongoose.Schema<TallyRow>(
	{
		workspaceId: objectId,
		surveyId: objectId,
		timeZone: text,
		day: text,
		breakdown: text,
		ticket: count,
		isOverflow: flag,
		cells: { type: [cellSchema], default: () => [] },
	},
	rowOptions,
).index({ workspaceId: 1, surveyId: 1, timeZone: 1, breakdown: 1, day: 1 }, { unique: true });

/** What is known of a survey's tallies as a whole. */
export type TallyBookRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	surveyId: ObjectId;
	/** The zone whose tallies are complete: a day without a row and without a mark has no answers. Null before the first count. */
	timeZone: string | null;
	/** The zone that is being counted beside it, if any. */
	buildingZone: string | null;
	/** Goes up by one with each count. */
	ticket: number;
	/** Properties that are broken down. */
	keys: string[];
	/** There are more properties than are kept. */
	hasMoreKeys: boolean;
};
export const tallyBookSchema = new mongoose.Schema<TallyBookRow>(
	{
		workspaceId: objectId,
		surveyId: objectId,
		timeZone: optionalText,
		buildingZone: optionalText,
		ticket: { type: Number, default: 0 },
		keys: { type: [String], default: () => [] },
		hasMoreKeys: flag,
	},
	rowOptions,
).index({ workspaceId: 1, surveyId: 1 }, { unique: true });

// Rows of the answers: the truth.
import mongoose from 'mongoose';
import type { Property } from '#lib/domain/contact/contact.ts';
import type { GivenAnswer } from '#lib/domain/survey/answer-value.ts';
import type { Channel, ResponseKind } from '#lib/domain/response/response.ts';
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

export type ResponseRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	surveyId: ObjectId;
	version: number;
	kind: ResponseKind;
	channel: Channel;
	score: number;
	comment: string;
	/** Not in rows from before there were questions after the score; the same with the next three. */
	answers?: GivenAnswer[];
	reached?: string | null;
	mayContact?: boolean | null;
	contactEmail?: string | null;
	language: string;
	properties: Property[];
	contactId: ObjectId | null;
	invitationId: ObjectId | null;
	importId: ObjectId | null;
	externalId: string | null;
	/** From the open page or embed: the same form sent twice is one answer. */
	submissionKey: string | null;
	askedAt: Date | null;
	answeredAt: Date;
	updatedAt: Date;
	/** Set while a deletion can still be undone; such an answer is in no number and no list. */
	deletedAt: Date | null;
};
export const responseSchema = new mongoose.Schema<ResponseRow>(
	{
		workspaceId: objectId,
		surveyId: objectId,
		version: count,
		kind: text,
		channel: text,
		score: count,
		comment: looseText,
		answers: { type: [{ _id: false, question: text, value: mixed }], default: () => [] },
		reached: optionalText,
		mayContact: { type: Boolean, default: null },
		contactEmail: optionalText,
		/** Empty in anonymous answers. */
		language: looseText,
		properties,
		contactId: optionalObjectId,
		invitationId: optionalObjectId,
		importId: optionalObjectId,
		externalId: optionalText,
		submissionKey: optionalText,
		askedAt: optionalDate,
		answeredAt: date,
		updatedAt: date,
		deletedAt: optionalDate,
	},
	rowOptions,
)
	.index({ workspaceId: 1, surveyId: 1, answeredAt: -1, _id: -1 })
	.index(
		{ workspaceId: 1, invitationId: 1 },
		{ unique: true, partialFilterExpression: { invitationId: { $type: 'objectId' } } },
	)
	.index(
		{ workspaceId: 1, surveyId: 1, externalId: 1 },
		{ unique: true, partialFilterExpression: { externalId: { $type: 'string' } } },
	)
	.index(
		{ workspaceId: 1, surveyId: 1, submissionKey: 1 },
		{ unique: true, partialFilterExpression: { submissionKey: { $type: 'string' } } },
	)
	.index({ workspaceId: 1, contactId: 1 })
	.index({ workspaceId: 1, importId: 1 }, { partialFilterExpression: { importId: { $type: 'objectId' } } });

/** Days whose tallies may differ from the answers. Marked before and after each write; cleared by the mark it was made with. */
export type StaleDayRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	surveyId: ObjectId;
	/** Day in UTC, YYYY-MM-DD. */
	day: string;
	mark: string;
	markedAt: Date;
};
export const staleDaySchema = new mongoose.Schema<StaleDayRow>(
	{ workspaceId: objectId, surveyId: objectId, day: text, mark: text, markedAt: date },
	rowOptions,
)
	.index({ workspaceId: 1, surveyId: 1, day: 1 }, { unique: true })
	.index({ markedAt: 1 });

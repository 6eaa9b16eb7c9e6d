// Rows of the customers.
import mongoose from 'mongoose';
import type { Property } from '#lib/domain/contact/contact.ts';
import {
	date,
	flag,
	looseText,
	objectId,
	optionalDate,
	optionalObjectId,
	optionalText,
	properties,
	rowOptions,
	text,
	type ObjectId,
} from './base.ts';

export type ContactRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	/** Lower-cased; unique in the workspace. */
	address: string;
	email: string;
	name: string;
	language: string | null;
	properties: Property[];
	lastAskedAt: Date | null;
	/** The sending that asked last, or is about to, and what `lastAskedAt` was before: given back when nothing was sent. */
	askedBySendingId: ObjectId | null;
	askedBeforeAt: Date | null;
	unsubscribedAt: Date | null;
	bouncedAt: Date | null;
	bounceReason: string | null;
	isSample: boolean;
	/** The import that made this row, so that the import can be undone. */
	importId: ObjectId | null;
	/** Set while a deletion can still be undone. */
	deletedAt: Date | null;
	createdAt: Date;
};
export const contactSchema = new mongoose.Schema<ContactRow>(
	{
		workspaceId: objectId,
		address: text,
		email: text,
		name: looseText,
		language: optionalText,
		properties,
		lastAskedAt: optionalDate,
		askedBySendingId: optionalObjectId,
		askedBeforeAt: optionalDate,
		unsubscribedAt: optionalDate,
		bouncedAt: optionalDate,
		bounceReason: optionalText,
		isSample: flag,
		importId: optionalObjectId,
		deletedAt: optionalDate,
		createdAt: date,
	},
	rowOptions,
)
	.index({ workspaceId: 1, address: 1 }, { unique: true })
	.index({ workspaceId: 1, importId: 1 }, { partialFilterExpression: { importId: { $type: 'objectId' } } })
	.index({ workspaceId: 1, 'properties.key': 1, 'properties.value': 1, _id: 1 })
	.index({ workspaceId: 1, deletedAt: 1, _id: 1 })
	.index(
		{ workspaceId: 1, askedBySendingId: 1, _id: 1 },
		{ partialFilterExpression: { askedBySendingId: { $type: 'objectId' } } },
	);

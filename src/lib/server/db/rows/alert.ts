// Rows of who is told of which low score.
import mongoose from 'mongoose';
import { date, objectId, optionalDate, optionalText, rowOptions, text, type ObjectId } from './base.ts';

/** new → granted (a mail of its own) → done, or new → waiting (for the next summary) → done. */
export type AlertState = 'new' | 'granted' | 'waiting' | 'done';

export type AlertRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	userId: ObjectId;
	responseId: ObjectId;
	state: AlertState;
	/** Whoever tells of it holds this until then; a worker that died holds it no longer. */
	leaseId: string | null;
	leasedUntil: Date | null;
	createdAt: Date;
};
export const alertSchema = new mongoose.Schema<AlertRow>(
	{
		workspaceId: objectId,
		userId: objectId,
		responseId: objectId,
		state: text,
		leaseId: optionalText,
		leasedUntil: optionalDate,
		createdAt: date,
	},
	rowOptions,
)
	.index({ workspaceId: 1, userId: 1, responseId: 1 }, { unique: true })
	.index({ workspaceId: 1, userId: 1, state: 1, _id: 1 })
	.index({ createdAt: 1 }, { expireAfterSeconds: 30 * 86_400 });

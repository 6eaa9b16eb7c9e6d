// Rows of the built-in mailbox, and of how the mail server is doing.
import mongoose from 'mongoose';
import { date, looseText, objectId, optionalDate, optionalText, rowOptions, text, type ObjectId } from './base.ts';

export type MailboxMessageRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	messageId: string;
	fromName: string;
	to: string;
	subject: string;
	html: string;
	text: string;
	/** The whole message as a mail server would have received it. */
	source: string;
	createdAt: Date;
	/** Set while clearing the mailbox can still be undone. */
	deletedAt: Date | null;
};
export const mailboxMessageSchema = new mongoose.Schema<MailboxMessageRow>(
	{
		workspaceId: objectId,
		messageId: text,
		fromName: looseText,
		to: text,
		subject: looseText,
		html: looseText,
		text: looseText,
		source: looseText,
		createdAt: date,
		deletedAt: optionalDate,
	},
	rowOptions,
)
	.index({ workspaceId: 1, messageId: 1 }, { unique: true })
	.index({ workspaceId: 1, deletedAt: 1, _id: -1 })
	// It is for trying things out: messages go by themselves after a month, and those cleared once that can be undone no more.
	.index({ createdAt: 1 }, { expireAfterSeconds: 30 * 86_400 })
	.index({ deletedAt: 1 }, { expireAfterSeconds: 60, partialFilterExpression: { deletedAt: { $type: 'date' } } });

/** One row, shared by all processes: the next free slot by MAIL_RATE_PER_MINUTE, and the pause after a server failed. */
export type MailServerRow = {
	_id: ObjectId;
	name: string;
	/** Milliseconds since 1970, with a fraction: slots may be closer together than a millisecond. */
	nextSlot: number;
	/** How often in a row the server could not be used; 0 when it is well. */
	failures: number;
	downSince: Date | null;
	retryAt: Date | null;
	lastReply: string | null;
};
export const mailServerSchema = new mongoose.Schema<MailServerRow>(
	{
		name: text,
		nextSlot: { type: Number, default: 0 },
		failures: { type: Number, default: 0 },
		downSince: optionalDate,
		retryAt: optionalDate,
		lastReply: optionalText,
	},
	rowOptions,
).index({ name: 1 }, { unique: true });

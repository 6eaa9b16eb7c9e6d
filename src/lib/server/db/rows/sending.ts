// Rows of sendings and of invitations, which are the outbox.
import mongoose from 'mongoose';
import type { LeftOut } from '#lib/domain/contact/asking.ts';
import type { Reply } from '#lib/domain/sending/reply.ts';
import type { Audience, InvitationStatus, SendingStatus } from '#lib/domain/sending/sending.ts';
import {
	count,
	date,
	flag,
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
import type { Property } from '#lib/domain/contact/contact.ts';

const zero = { type: Number, default: 0 } as const;

export type SendingRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	surveyId: ObjectId;
	version: number;
	audience: Audience;
	status: SendingStatus;
	sendAt: Date;
	/** From the form that asked for it: pressing send twice makes one sending. */
	submissionKey: string;
	/** Contacts up to this id have their invitation: where preparing goes on after a crash. */
	preparedUpTo: ObjectId | null;
	preparedAt: Date | null;
	invited: number;
	leftOut: Record<LeftOut, number>;
	cancelledAt: Date | null;
	createdBy: ObjectId;
	createdAt: Date;
};
export const sendingSchema = new mongoose.Schema<SendingRow>(
	{
		workspaceId: objectId,
		surveyId: objectId,
		version: count,
		audience: mixed,
		status: text,
		sendAt: date,
		submissionKey: text,
		preparedUpTo: optionalObjectId,
		preparedAt: optionalDate,
		invited: zero,
		leftOut: { sample: zero, unsubscribed: zero, refused: zero, askedLately: zero },
		cancelledAt: optionalDate,
		createdBy: objectId,
		createdAt: date,
	},
	rowOptions,
)
	.index({ workspaceId: 1, createdAt: -1 })
	.index({ workspaceId: 1, submissionKey: 1 }, { unique: true })
	.index({ status: 1, sendAt: 1 });

export type InvitationRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	/** Null for a test send. */
	sendingId: ObjectId | null;
	surveyId: ObjectId;
	version: number;
	contactId: ObjectId | null;
	address: string;
	name: string;
	language: string;
	/** The person's properties when asked; they go with the answer. */
	properties: Property[];
	isTest: boolean;
	status: InvitationStatus;
	/** When it is to be sent; while leased, when the lease ends and somebody else may take it. */
	dueAt: Date;
	leaseId: string | null;
	attempts: number;
	messageId: string | null;
	lastReply: Reply | null;
	sentAt: Date | null;
	answeredAt: Date | null;
	/** Set while the deletion of its person can still be undone. */
	deletedAt: Date | null;
	createdAt: Date;
};
export const invitationSchema = new mongoose.Schema<InvitationRow>(
	{
		workspaceId: objectId,
		sendingId: optionalObjectId,
		surveyId: objectId,
		version: count,
		contactId: optionalObjectId,
		address: text,
		name: { type: String, default: '' },
		language: text,
		properties,
		isTest: flag,
		status: text,
		dueAt: date,
		leaseId: optionalText,
		attempts: zero,
		messageId: optionalText,
		lastReply: optionalMixed,
		sentAt: optionalDate,
		answeredAt: optionalDate,
		deletedAt: optionalDate,
		createdAt: date,
	},
	rowOptions,
)
	.index(
		{ workspaceId: 1, sendingId: 1, contactId: 1 },
		{ unique: true, partialFilterExpression: { sendingId: { $type: 'objectId' } } },
	)
	// Finds a workspace with something due, and then what is due in it.
	.index({ status: 1, workspaceId: 1, dueAt: 1 })
	.index({ workspaceId: 1, sendingId: 1, status: 1, _id: 1 })
	.index(
		{ workspaceId: 1, sendingId: 1, answeredAt: 1 },
		{ partialFilterExpression: { answeredAt: { $type: 'date' } } },
	)
	.index({ workspaceId: 1, surveyId: 1, sentAt: 1 })
	.index({ workspaceId: 1, contactId: 1 });

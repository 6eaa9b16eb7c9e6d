// Verbs on customers for lists of answers and for one person's page.
import type { Contact } from '#lib/domain/contact/contact.ts';
import type { Invitation } from '#lib/domain/sending/sending.ts';
import type { Response } from '#lib/domain/response/response.ts';
import { toResponse } from './answer-lists.ts';
import { toContact } from './contacts.ts';
import type { Database } from './database.ts';
import { parseId } from './rows/base.ts';
import type { ContactRow } from './rows/contact.ts';
import type { ResponseRow } from './rows/response.ts';
import type { InvitationRow } from './rows/sending.ts';

/** Those of these people that are not deleted, by id. */
export const byIds = async (
	db: Database,
	workspaceId: string,
	contactIds: Iterable<string>,
): Promise<Map<string, Contact>> => {
	const ids = [...new Set(contactIds)];
	if (ids.length === 0) return new Map();
	const rows = await db.models.contacts
		.find({ workspaceId: parseId(workspaceId), _id: { $in: ids.map(parseId) }, deletedAt: null })
		.lean<ContactRow[]>();
	return new Map(rows.map((row) => [row._id.toHexString(), toContact(row)]));
};

/** All answers of these people, but deleted ones, in no order. */
export const answersOf = async (
	db: Database,
	workspaceId: string,
	contactIds: readonly string[],
): Promise<Response[]> => {
	const rows = await db.models.responses
		.find({ workspaceId: parseId(workspaceId), contactId: { $in: contactIds.map(parseId) }, deletedAt: null })
		.lean<ResponseRow[]>();
	return rows.map(toResponse);
};

/** What a person was asked, newest first, at most `limit`. */
export type Asking = Pick<Invitation, 'id' | 'surveyId' | 'status' | 'sentAt' | 'answeredAt' | 'dueAt' | 'lastReply'>;
export const askingsOf = async (
	db: Database,
	workspaceId: string,
	contactId: string,
	limit: number,
): Promise<Asking[]> => {
	const rows = await db.models.invitations
		.find({ workspaceId: parseId(workspaceId), contactId: parseId(contactId), isTest: false, deletedAt: null })
		.sort({ _id: -1 })
		.limit(limit)
		.lean<InvitationRow[]>();
	return rows.map(({ _id, surveyId, status, sentAt, answeredAt, dueAt, lastReply }) => ({
		id: _id.toHexString(),
		surveyId: surveyId.toHexString(),
		status,
		sentAt,
		answeredAt,
		dueAt,
		lastReply,
	}));
};

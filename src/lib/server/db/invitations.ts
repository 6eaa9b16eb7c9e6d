// Verbs on invitations that an answer needs: one question to one person.
import type { Property } from '#lib/domain/contact/contact.ts';
import type { Invitation } from '#lib/domain/sending/sending.ts';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { parseId } from './rows/base.ts';
import type { InvitationRow } from './rows/sending.ts';

/** An invitation with what goes along with its answer: the person's properties when they were asked. */
export type AskedInvitation = Invitation & { properties: Property[] };

const toInvitation = (row: InvitationRow): AskedInvitation => ({
	id: row._id.toHexString(),
	workspaceId: row.workspaceId.toHexString(),
	sendingId: row.sendingId?.toHexString() ?? null,
	surveyId: row.surveyId.toHexString(),
	version: row.version,
	contactId: row.contactId?.toHexString() ?? null,
	address: row.address,
	language: row.language,
	properties: row.properties,
	isTest: row.isTest,
	status: row.status,
	dueAt: row.dueAt,
	attempts: row.attempts,
	messageId: row.messageId,
	lastReply: row.lastReply,
	sentAt: row.sentAt,
	answeredAt: row.answeredAt,
	createdAt: row.createdAt,
});

export const byId = async (
	db: Database,
	workspaceId: string,
	invitationId: string,
): Promise<AskedInvitation | null> => {
	const row = await db.models.invitations
		.findOne({ _id: parseId(invitationId), workspaceId: parseId(workspaceId) })
		.lean<InvitationRow>();
	return row && toInvitation(row);
};

/** Notes when an invitation was answered first; a later answer to it changes nothing here. */
export const markAnswered = async (
	db: Database,
	workspaceId: string,
	invitationId: string,
	answeredAt: Date,
): Promise<void> => {
	await repeatable(() =>
		db.models.invitations.updateOne(
			{ _id: parseId(invitationId), workspaceId: parseId(workspaceId), answeredAt: null },
			{ $set: { answeredAt } },
		),
	);
};

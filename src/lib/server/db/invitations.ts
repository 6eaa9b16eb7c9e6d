// Verbs on invitations that an answer needs: one question to one person.
import type { Property } from '#lib/domain/contact/contact.ts';
import type { Invitation } from '#lib/domain/sending/sending.ts';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { parseId } from './rows/base.ts';
import type { ResponseRow } from './rows/response.ts';
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

export type Unnoted = { id: string; answeredAt: Date; sentAt: Date | null };

const batchSize = 500;

/** Invitations that were answered on a day in UTC and do not say so: whoever took the answer died in between. */
export const unnoted = async (db: Database, workspaceId: string, surveyId: string, day: string): Promise<Unnoted[]> => {
	const from = new Date(`${day}T00:00:00Z`);
	const answers = await db.models.responses
		.find({
			workspaceId: parseId(workspaceId),
			surveyId: parseId(surveyId),
			answeredAt: { $gte: from, $lt: new Date(from.getTime() + 86_400_000) },
			deletedAt: null,
		})
		.select('invitationId answeredAt')
		.lean<Pick<ResponseRow, 'invitationId' | 'answeredAt'>[]>();
	const answeredAt = new Map(answers.map((answer) => [answer.invitationId?.toHexString(), answer.answeredAt]));
	const ids = [...answeredAt.keys()].flatMap((id) => (id ? [parseId(id)] : []));
	const found: Unnoted[] = [];
	for (let at = 0; at < ids.length; at += batchSize) {
		const rows = await db.models.invitations
			.find({ workspaceId: parseId(workspaceId), _id: { $in: ids.slice(at, at + batchSize) }, answeredAt: null })
			.select('sentAt')
			.lean<Pick<InvitationRow, '_id' | 'sentAt'>[]>();
		for (const { _id, sentAt } of rows)
			found.push({ id: _id.toHexString(), answeredAt: answeredAt.get(_id.toHexString())!, sentAt });
	}
	return found;
};

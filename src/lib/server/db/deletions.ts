// Deletes answers and people in two steps: hidden at once under a moment that can be taken back, gone for good later.
// Every step names that moment, so that a repeat or a late job never touches what was deleted again, or not at all.
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { parseId, type ObjectId } from './rows/base.ts';
import type { ContactRow } from './rows/contact.ts';
import type { ResponseRow } from './rows/response.ts';
import type { InvitationRow } from './rows/sending.ts';

/** A survey's instants whose numbers move with a deletion. */
export type Touched = { surveyId: string; instants: Date[] };

type Hidden = { deletedAt: Date | null };
type Answer = Pick<ResponseRow, '_id' | 'surveyId' | 'answeredAt' | 'invitationId'> & Hidden;
type Asking = Pick<InvitationRow, '_id' | 'surveyId' | 'sentAt'> & Hidden;

/** An answer with when it was asked, deleted or not; null when there is none. */
export const findAnswer = async (
	db: Database,
	workspaceId: string,
	responseId: string,
): Promise<{ touched: Touched; deletedAt: Date | null; answeredAt: Date; invitationId: string | null } | null> => {
	const row = await db.models.responses
		.findOne({ _id: parseId(responseId), workspaceId: parseId(workspaceId) })
		.select('surveyId answeredAt invitationId deletedAt')
		.lean<Answer>();
	if (!row) return null;
	const asked = row.invitationId
		? await db.models.invitations
				.findOne({ _id: row.invitationId, workspaceId: parseId(workspaceId) })
				.select('sentAt')
				.lean<Asking>()
		: null;
	return {
		touched: {
			surveyId: row.surveyId.toHexString(),
			instants: asked?.sentAt ? [row.answeredAt, asked.sentAt] : [row.answeredAt],
		},
		deletedAt: row.deletedAt,
		answeredAt: row.answeredAt,
		invitationId: row.invitationId?.toHexString() ?? null,
	};
};

/** Hides an answer that is not hidden (`from` null), or shows one again that was hidden at `from`. */
export const setAnswerDeletedAt = async (
	db: Database,
	workspaceId: string,
	responseId: string,
	{ from, to }: { from: Date | null; to: Date | null },
): Promise<void> => {
	await repeatable(() =>
		db.models.responses.updateOne(
			{ _id: parseId(responseId), workspaceId: parseId(workspaceId), deletedAt: from },
			{ $set: { deletedAt: to } },
		),
	);
};

/** Says whether, and when, an invitation was answered. */
export const setAnsweredAt = async (
	db: Database,
	workspaceId: string,
	invitationId: string,
	answeredAt: Date | null,
): Promise<void> => {
	await repeatable(() =>
		db.models.invitations.updateOne(
			{ _id: parseId(invitationId), workspaceId: parseId(workspaceId) },
			{ $set: { answeredAt } },
		),
	);
};

/** Removes an answer for good, if it is still the deletion of that moment. */
export const purgeAnswer = async (
	db: Database,
	workspaceId: string,
	responseId: string,
	deletedAt: Date,
): Promise<void> => {
	await repeatable(() =>
		db.models.responses.deleteOne({ _id: parseId(responseId), workspaceId: parseId(workspaceId), deletedAt }),
	);
};

/** A person's row with what outlives them: whether they may be written to. Deleted or not; null when there is none. */
export const findPerson = async (
	db: Database,
	workspaceId: string,
	contactId: string,
): Promise<Pick<ContactRow, 'email' | 'unsubscribedAt' | 'bouncedAt' | 'deletedAt'> | null> =>
	db.models.contacts
		.findOne({ _id: parseId(contactId), workspaceId: parseId(workspaceId) })
		.select('email unsubscribedAt bouncedAt deletedAt')
		.lean<ContactRow>();

/** What moves with a person, by survey: their answers and what they were asked. `deletedAt` names one state of these rows. */
export const touchedBy = async (
	db: Database,
	workspaceId: string,
	contactId: string,
	deletedAt: Date | null,
): Promise<Touched[]> => {
	const theirs = { workspaceId: parseId(workspaceId), contactId: parseId(contactId), deletedAt };
	const answers = await db.models.responses.find(theirs).select('surveyId answeredAt').lean<Answer[]>();
	const askings = await db.models.invitations.find(theirs).select('surveyId sentAt').lean<Asking[]>();
	const bySurvey = new Map<string, Date[]>();
	const add = (surveyId: ObjectId, at: Date | null) => {
		if (!at) return;
		const id = surveyId.toHexString();
		bySurvey.set(id, [...(bySurvey.get(id) ?? []), at]);
	};
	for (const { surveyId, answeredAt } of answers) add(surveyId, answeredAt);
	for (const { surveyId, sentAt } of askings) add(surveyId, sentAt);
	return [...bySurvey].map(([surveyId, instants]) => ({ surveyId, instants }));
};

/** Hides a person with their answers and invitations, or shows again what was hidden at `from`. */
export const setPersonDeletedAt = async (
	db: Database,
	workspaceId: string,
	contactId: string,
	{ from, to }: { from: Date | null; to: Date | null },
): Promise<void> => {
	const theirs = { workspaceId: parseId(workspaceId), contactId: parseId(contactId), deletedAt: from };
	const change = { $set: { deletedAt: to } };
	const itself = { _id: parseId(contactId), workspaceId: parseId(workspaceId), deletedAt: from };
	// The person first when they go and last when they come back, so that an interrupted step is found and finished.
	if (to) await repeatable(() => db.models.contacts.updateOne(itself, change));
	await repeatable(() => db.models.responses.updateMany(theirs, change));
	await repeatable(() => db.models.invitations.updateMany(theirs, change));
	if (!to) await repeatable(() => db.models.contacts.updateOne(itself, change));
};

/** Removes a person for good: answers, invitations, and last the person. */
export const erasePerson = async (db: Database, workspaceId: string, contactId: string): Promise<void> => {
	const workspace = parseId(workspaceId);
	const theirs = { workspaceId: workspace, contactId: parseId(contactId) };
	await repeatable(() => db.models.responses.deleteMany(theirs));
	await repeatable(() => db.models.invitations.deleteMany(theirs));
	await repeatable(() => db.models.contacts.deleteOne({ _id: parseId(contactId), workspaceId: workspace }));
};

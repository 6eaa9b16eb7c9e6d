// Verbs on answers as they come in. One answer per invitation, or per form of an open link, by a unique index.
import type { Response } from '#lib/domain/response/response.ts';
import { toResponse } from './answer-lists.ts';
import type { Database } from './database.ts';
import { isDuplicateKey, repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { ResponseRow } from './rows/response.ts';

/** What makes an answer the same answer again. */
export type AnswerKey = { invitationId: string } | { submissionKey: string };

const filterOf = (workspaceId: string, surveyId: string, key: AnswerKey) => ({
	workspaceId: parseId(workspaceId),
	...('invitationId' in key
		? { invitationId: parseId(key.invitationId) }
		: { surveyId: parseId(surveyId), submissionKey: key.submissionKey }),
});

/** The answer that was given under a key, or null. */
export const byKey = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	key: AnswerKey,
): Promise<Response | null> => {
	const row = await db.models.responses
		.findOne({ ...filterOf(workspaceId, surveyId, key), deletedAt: null })
		.lean<ResponseRow>();
	return row && toResponse(row);
};

/** Answers by id, oldest first, without those that are deleted. */
export const byIds = async (db: Database, workspaceId: string, ids: readonly string[]): Promise<Response[]> => {
	const rows = await db.models.responses
		.find({ workspaceId: parseId(workspaceId), _id: { $in: ids.map(parseId) }, deletedAt: null })
		.sort({ _id: 1 })
		.lean<ResponseRow[]>();
	return rows.map(toResponse);
};

/** What a customer can change of an answer that is there. */
export type Change = Pick<Response, 'updatedAt'> &
	Partial<
		Pick<Response, 'score' | 'comment' | 'answers' | 'reached' | 'mayContact' | 'contactEmail' | 'language' | 'version'>
	>;

/**
 * Changes the answer under a key if it was first given after `givenAfter`; null when there is none such. One that is
 * being deleted comes back: its customer has just spoken. With `seenAt` it is changed only if nobody else changed it
 * since then.
 */
export const change = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	key: AnswerKey,
	givenAfter: Date,
	to: Change,
	seenAt?: Date,
): Promise<Response | null> => {
	const row = await repeatable(() =>
		db.models.responses
			.findOneAndUpdate(
				{
					...filterOf(workspaceId, surveyId, key),
					answeredAt: { $gt: givenAfter },
					...(seenAt && { updatedAt: seenAt }),
				},
				{ $set: { ...to, deletedAt: null } },
				{ returnDocument: 'after' },
			)
			.lean<ResponseRow>(),
	);
	return row && toResponse(row);
};

/** Adds an answer. False when there is one under its key already. */
export const insert = async (
	db: Database,
	{ id, workspaceId, surveyId, contactId, invitationId, ...response }: Omit<Response, 'importId' | 'externalId'>,
	submissionKey: string | null,
): Promise<boolean> => {
	try {
		await repeatable(() =>
			db.models.responses.insertMany([
				{
					_id: new ObjectId(id),
					workspaceId: new ObjectId(workspaceId),
					surveyId: new ObjectId(surveyId),
					contactId: contactId ? new ObjectId(contactId) : null,
					invitationId: invitationId ? new ObjectId(invitationId) : null,
					submissionKey,
					...response,
				},
			]),
		);
		return true;
	} catch (error) {
		if (!isDuplicateKey(error)) throw error;
		return false;
	}
};

/** How many answers customers have given to a survey, not counting imported ones: at most `limit`, `before` a moment. */
export const countGiven = (
	db: Database,
	workspaceId: string,
	surveyId: string,
	{ limit, before }: { limit: number; before?: Date },
): Promise<number> =>
	db.models.responses
		.countDocuments({
			workspaceId: parseId(workspaceId),
			surveyId: parseId(surveyId),
			kind: 'real',
			importId: null,
			deletedAt: null,
			...(before && { answeredAt: { $lt: before } }),
		})
		.limit(limit);

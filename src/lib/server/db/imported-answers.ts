// Verbs on answers that files bring. Each is known by its file and line, so that the same row twice is one answer.
import type { Property } from '#lib/domain/contact/contact.ts';
import type { Database } from './database.ts';
import { isDuplicateKey, repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { ResponseRow } from './rows/response.ts';

export type AnswerToAdd = {
	/** Of the row: `import:<file hash>:<line>`. */
	submissionKey: string;
	score: number;
	comment: string;
	language: string;
	properties: Property[];
	contactId: string | null;
	externalId: string | null;
	askedAt: Date | null;
	answeredAt: Date;
};

const of = (workspaceId: string, surveyId: string) => ({
	workspaceId: parseId(workspaceId)!,
	surveyId: parseId(surveyId)!,
});

/** Which of these rows are answers already, and by which import: submission key → import id. */
export const byKeys = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	submissionKeys: readonly string[],
): Promise<Map<string, string | null>> => {
	const rows = await db.models.responses
		.find({ ...of(workspaceId, surveyId), submissionKey: { $in: [...submissionKeys] } })
		.select('submissionKey importId')
		.lean<Pick<ResponseRow, 'submissionKey' | 'importId'>[]>();
	return new Map(rows.map(({ submissionKey, importId }) => [submissionKey!, importId?.toHexString() ?? null]));
};

/**
 * Which of these ids answers have already, from where they came or here, as an export of ours has them; and which row
 * each came from: id → submission key.
 */
export const byExternalIds = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	externalIds: readonly string[],
): Promise<Map<string, string | null>> => {
	if (!externalIds.length) return new Map();
	const find = (which: { externalId: { $in: string[] } } | { _id: { $in: ObjectId[] } }) =>
		db.models.responses
			.find({ ...of(workspaceId, surveyId), ...which })
			.select('submissionKey externalId')
			.lean<Pick<ResponseRow, '_id' | 'submissionKey' | 'externalId'>[]>();
	const own = externalIds.filter((id) => /^[0-9a-f]{24}$/.test(id)).map((id) => new ObjectId(id));
	const rows = [
		...(own.length ? await find({ _id: { $in: own } }) : []),
		...(await find({ externalId: { $in: [...externalIds] } })),
	];
	return new Map(
		rows.flatMap(({ _id, externalId, submissionKey }) => [
			[_id.toHexString(), submissionKey],
			...(externalId === null ? [] : [[externalId, submissionKey] as const]),
		]),
	);
};

/** Adds answers, in no version: they were given before any was asked here. What is here already stays as it is. */
export const add = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	importId: string,
	answers: readonly AnswerToAdd[],
	now: Date,
): Promise<void> => {
	// Whole rows, inserted as they are: turning each into a document first takes ten times the memory.
	const rows = answers.map(({ contactId, ...answer }): ResponseRow => ({
		...of(workspaceId, surveyId),
		...answer,
		_id: new ObjectId(),
		version: 0,
		kind: 'real',
		channel: 'import',
		contactId: contactId ? parseId(contactId) : null,
		invitationId: null,
		importId: parseId(importId),
		updatedAt: now,
		deletedAt: null,
	}));
	try {
		await repeatable(() => db.models.responses.insertMany(rows, { ordered: false, lean: true }));
	} catch (error) {
		if (!isDuplicateKey(error)) throw error;
	}
};

/** Some answers that an import brought; an empty list when there are no more. */
export const broughtBy = async (
	db: Database,
	workspaceId: string,
	importId: string,
	limit: number,
): Promise<{ id: string; answeredAt: Date }[]> => {
	const rows = await db.models.responses
		.find({ workspaceId: parseId(workspaceId), importId: parseId(importId) })
		.limit(limit)
		.select('answeredAt')
		.lean<Pick<ResponseRow, '_id' | 'answeredAt'>[]>();
	return rows.map(({ _id, answeredAt }) => ({ id: _id.toHexString(), answeredAt }));
};

/** Takes answers out. */
export const remove = async (db: Database, workspaceId: string, responseIds: readonly string[]): Promise<void> => {
	await repeatable(() =>
		db.models.responses.deleteMany({
			workspaceId: parseId(workspaceId),
			_id: { $in: responseIds.map((id) => new ObjectId(id)) },
		}),
	);
};

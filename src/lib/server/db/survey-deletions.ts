// Deletes surveys in two steps: hidden at once under a moment that can be taken back, later gone with all of theirs.
import type mongoose from 'mongoose';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { parseId, type ObjectId } from './rows/base.ts';
import type { InvitationRow, SendingRow } from './rows/sending.ts';
import type { ImportRow } from './rows/import.ts';
import type { ResponseRow } from './rows/response.ts';
import type { SurveyRow } from './rows/survey.ts';

/** What goes with a survey. */
export type Contents = { answers: number; invitations: number; sendings: number };

/** With `before` only answers that were given until then are counted. */
export const contentsOf = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	before: Date | null,
): Promise<Contents> => {
	const of = { workspaceId: parseId(workspaceId), surveyId: parseId(surveyId) };
	const [answers, invitations, sendings] = await Promise.all([
		db.models.responses.countDocuments({
			...of,
			kind: 'real',
			deletedAt: null,
			...(before && { answeredAt: { $lt: before } }),
		}),
		db.models.invitations.countDocuments({ ...of, isTest: false, deletedAt: null }),
		db.models.sendings.countDocuments(of),
	]);
	return { answers, invitations, sendings };
};

/** When a survey was deleted, null when it was not, and undefined when there is none. */
export const deletedAt = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
): Promise<Date | null | undefined> =>
	(
		await db.models.surveys
			.findOne({ _id: parseId(surveyId), workspaceId: parseId(workspaceId) })
			.select('deletedAt')
			.lean<Pick<SurveyRow, '_id' | 'deletedAt'>>()
	)?.deletedAt;

/** Hides a survey that is a draft or archived (`from` null), or shows one again that was hidden at `from`. */
export const setDeletedAt = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	{ from, to }: { from: Date | null; to: Date | null },
): Promise<boolean> => {
	const of = { _id: parseId(surveyId), workspaceId: parseId(workspaceId) };
	const mayGo = { $or: [{ archivedAt: { $ne: null } }, { status: 'draft' as const }] };
	await repeatable(() =>
		db.models.surveys.updateOne(
			{ ...of, deletedAt: from, ...(to && mayGo) },
			{ $set: { deletedAt: to }, $inc: { revision: 1 } },
		),
	);
	return (await db.models.surveys.exists({ ...of, deletedAt: to })) !== null;
};

const batchSize = 2_000;

/** Removes what a filter finds, a batch at a time; `before` takes along what hangs on a batch. */
const removeAll = async <Row extends { _id: ObjectId }>(
	model: mongoose.Model<Row>,
	filter: object,
	before: (batch: Row[]) => Promise<void> = async () => {},
): Promise<void> => {
	for (;;) {
		const batch = await model.find(filter).limit(batchSize).lean<Row[]>();
		if (!batch.length) return;
		await before(batch);
		const ids = batch.map(({ _id }) => _id);
		await repeatable(() => model.deleteMany({ ...filter, _id: { $in: ids } }));
	}
};

/**
 * Removes a survey for good with everything of it: answers, invitations, sendings, imports of answers and the mails
 * kept of all these, versions, counts, and last the survey, so that one that was cut short goes on from there. People
 * stay, with the day they were last asked.
 */
export const erase = async (db: Database, workspaceId: string, surveyId: string): Promise<void> => {
	const workspace = parseId(workspaceId)!;
	const of = { workspaceId: workspace, surveyId: parseId(surveyId) };
	const { models } = db;
	const mail = (filter: object) =>
		repeatable(() => models.mailboxMessages.deleteMany({ workspaceId: workspace, ...filter }));

	// First what could still bring answers: an import that is running stops where its row is gone.
	await removeAll<ImportRow>(models.imports, of, async (batch) => {
		const theirs = { workspaceId: workspace, importId: { $in: batch.map(({ _id }) => _id) } };
		await repeatable(() => models.importChunks.deleteMany(theirs));
		await repeatable(() => models.importRefusals.deleteMany(theirs));
		await repeatable(() => models.importChanges.deleteMany(theirs));
		const { importId } = theirs;
		await repeatable(() =>
			models.contacts.updateMany({ workspaceId: workspace, importId }, { $set: { importId: null } }),
		);
	});
	const removeAnswers = () =>
		removeAll<ResponseRow>(models.responses, of, async (batch) => {
			const responseId = { $in: batch.map(({ _id }) => _id) };
			await repeatable(() => models.alerts.deleteMany({ workspaceId: workspace, responseId }));
		});
	await removeAnswers();
	await removeAll<InvitationRow>(models.invitations, of, async (batch) => {
		const sent = batch.flatMap(({ messageId }) => messageId ?? []);
		if (sent.length) await mail({ messageId: { $in: sent } });
	});
	// Mails to colleagues about single answers lead to the survey.
	await mail({ text: { $regex: surveyId } });
	await removeAll<SendingRow>(models.sendings, of, async (batch) => {
		const claimed = { workspaceId: workspace, askedBySendingId: { $in: batch.map(({ _id }) => _id) } };
		const freed = { $set: { askedBySendingId: null, askedBeforeAt: null } };
		await repeatable(() => models.contacts.updateMany(claimed, freed));
	});
	// And what the batch that it was at brought.
	await removeAnswers();
	for (const model of [models.staleDays, models.tallies, models.tallyBooks, models.surveyVersions])
		await repeatable(() => (model as mongoose.Model<unknown>).deleteMany(of));
	await repeatable(() => models.surveys.deleteOne({ _id: of.surveyId, workspaceId: workspace }));
};

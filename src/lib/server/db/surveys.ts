// Verbs on surveys and their frozen versions. One writer wins by compare-and-set; every verb may be repeated.
import type { Definition, Status } from '#lib/domain/survey/definition.ts';
import type { Outdated } from '#lib/domain/survey/outdated.ts';
import type { Survey, SurveySettings, SurveyVersion } from '#lib/domain/survey/survey.ts';
import type { Database } from './database.ts';
import { isDuplicateKey, repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { SurveyRow, SurveyVersionRow } from './rows/survey.ts';

const toSurvey = ({ _id, workspaceId, deletedAt: _, ...row }: SurveyRow): Survey => ({
	id: _id.toHexString(),
	workspaceId: workspaceId.toHexString(),
	...row,
});

const toVersion = ({ surveyId, version, definition, publishedAt, publishedBy }: SurveyVersionRow): SurveyVersion => ({
	surveyId: surveyId.toHexString(),
	version,
	definition,
	publishedAt,
	publishedBy: publishedBy?.toHexString() ?? null,
});

/** Newest first, archived ones too. */
export const list = async (db: Database, workspaceId: string): Promise<Survey[]> => {
	const rows = await db.models.surveys
		.find({ workspaceId: parseId(workspaceId), deletedAt: null })
		.sort({ _id: -1 })
		.lean<SurveyRow[]>();
	return rows.map(toSurvey);
};

export const byId = async (db: Database, workspaceId: string, surveyId: string): Promise<Survey | null> => {
	const row = await db.models.surveys
		.findOne({ _id: parseId(surveyId), workspaceId: parseId(workspaceId), deletedAt: null })
		.lean<SurveyRow>();
	return row && toSurvey(row);
};

/** Adds a survey under the id it comes with; one that is there already stays as it is. */
export const insert = async (db: Database, { id, workspaceId, ...survey }: Survey): Promise<void> => {
	try {
		await repeatable(() =>
			db.models.surveys.insertMany([{ _id: new ObjectId(id), workspaceId: new ObjectId(workspaceId), ...survey }]),
		);
	} catch (error) {
		if (!isDuplicateKey(error)) throw error;
	}
};

type DraftEdit = {
	name: string;
	draft: Definition;
	outdated: Outdated[];
	draftSavedBy: string;
	hasUnpublishedEdits: boolean;
	updatedAt: Date;
};

/** Saves a draft over the revision that its editor saw. Null when it is another one by now. */
export const saveDraft = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	seenRevision: number,
	edit: DraftEdit,
): Promise<Survey | null> => {
	const row = await repeatable(() =>
		db.models.surveys
			.findOneAndUpdate(
				{ _id: parseId(surveyId), workspaceId: parseId(workspaceId), draftRevision: seenRevision },
				{ $set: edit, $inc: { draftRevision: 1, revision: 1 } },
				{ returnDocument: 'after' },
			)
			.lean<SurveyRow>(),
	);
	return row && toSurvey(row);
};

/** Moves the status on, from the one that was seen. False when it is another one by now. */
export const setStatus = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	change: { from: Status; to: Status },
	now: Date,
): Promise<boolean> => {
	const { matchedCount } = await repeatable(() =>
		db.models.surveys.updateOne(
			{ _id: parseId(surveyId), workspaceId: parseId(workspaceId), status: change.from },
			{ $set: { status: change.to, updatedAt: now }, $inc: { revision: 1 } },
		),
	);
	return matchedCount === 1;
};

/** Freezes a version. False when that number is taken already. */
export const addVersion = async (db: Database, workspaceId: string, version: SurveyVersion): Promise<boolean> => {
	try {
		const row = {
			...version,
			workspaceId: new ObjectId(workspaceId),
			surveyId: new ObjectId(version.surveyId),
			publishedBy: version.publishedBy === null ? null : new ObjectId(version.publishedBy),
		};
		await repeatable(() => db.models.surveyVersions.insertMany([row]));
		return true;
	} catch (error) {
		if (!isDuplicateKey(error)) throw error;
		return false;
	}
};

/** The version with the highest number, which a publish that was cut short may have left ahead of its survey. */
export const newestVersion = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
): Promise<SurveyVersion | null> => {
	const row = await db.models.surveyVersions
		.findOne({ workspaceId: parseId(workspaceId), surveyId: parseId(surveyId) })
		.sort({ version: -1 })
		.lean<SurveyVersionRow>();
	return row && toVersion(row);
};

export const version = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	number: number,
): Promise<SurveyVersion | null> => {
	const row = await db.models.surveyVersions
		.findOne({ workspaceId: parseId(workspaceId), surveyId: parseId(surveyId), version: number })
		.lean<SurveyVersionRow>();
	return row && toVersion(row);
};

/** Every version of a survey, oldest first. */
export const versions = async (db: Database, workspaceId: string, surveyId: string): Promise<SurveyVersion[]> => {
	const rows = await db.models.surveyVersions
		.find({ workspaceId: parseId(workspaceId), surveyId: parseId(surveyId) })
		.sort({ version: 1 })
		.lean<SurveyVersionRow[]>();
	return rows.map(toVersion);
};

/** Ids of the questions of every version, oldest first, and of what each of them has; nothing else is read. */
export const publishedIds = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
): Promise<{ id: string; options?: string[]; rows?: string[] }[]> => {
	const ids = ['id', 'options', 'rows'].map((name) => `definition.questions.${name}`);
	const rows = await db.models.surveyVersions
		.find({ workspaceId: parseId(workspaceId), surveyId: parseId(surveyId) }, ids)
		.sort({ version: 1 })
		.lean<Pick<SurveyVersionRow, 'definition'>[]>();
	return rows.flatMap(({ definition }) => definition.questions);
};

/** Makes a frozen version the one that is asked, if draft and status are still those that were seen. */
export const setVersion = async (
	db: Database,
	seen: Pick<Survey, 'id' | 'workspaceId' | 'draftRevision' | 'status'>,
	change: { version: number; status: Status },
	now: Date,
): Promise<boolean> => {
	const { matchedCount } = await repeatable(() =>
		db.models.surveys.updateOne(
			{
				_id: parseId(seen.id),
				workspaceId: parseId(seen.workspaceId),
				draftRevision: seen.draftRevision,
				status: seen.status,
			},
			{ $set: { ...change, hasUnpublishedEdits: false, updatedAt: now }, $inc: { revision: 1 } },
		),
	);
	return matchedCount === 1;
};

/** Tells pages that poll that something they show has changed. */
export const bumpRevision = async (db: Database, workspaceId: string, surveyId: string): Promise<void> => {
	await repeatable(() =>
		db.models.surveys.updateOne(
			{ _id: parseId(surveyId), workspaceId: parseId(workspaceId) },
			{ $inc: { revision: 1 } },
		),
	);
};

/** Moves the generation of preview links on from the one that was seen. False when it is another one by now. */
export const setPreviewGeneration = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	change: { from: number; to: number },
): Promise<boolean> => {
	const of = { _id: parseId(surveyId), workspaceId: parseId(workspaceId) };
	await repeatable(() =>
		db.models.surveys.updateOne(
			{ ...of, previewGeneration: change.from },
			{ $set: { previewGeneration: change.to }, $inc: { revision: 1 } },
		),
	);
	return (await db.models.surveys.exists({ ...of, previewGeneration: change.to })) !== null;
};

/** Changes the settings of a survey from those that were seen. False when they are others by now. */
export const setSettings = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	change: { from: SurveySettings; to: SurveySettings },
	now: Date,
): Promise<boolean> => {
	const { matchedCount } = await repeatable(() =>
		db.models.surveys.updateOne(
			{ _id: parseId(surveyId), workspaceId: parseId(workspaceId), ...change.from },
			{ $set: { ...change.to, updatedAt: now }, $inc: { revision: 1 } },
		),
	);
	return matchedCount === 1;
};

/** Puts a survey into the archive, or takes it out with null. One that is there already keeps its moment. */
export const setArchivedAt = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	archivedAt: Date | null,
): Promise<void> => {
	await repeatable(() =>
		db.models.surveys.updateOne(
			{
				_id: parseId(surveyId),
				workspaceId: parseId(workspaceId),
				archivedAt: archivedAt ? null : { $ne: null },
			},
			{ $set: { archivedAt }, $inc: { revision: 1 } },
		),
	);
};

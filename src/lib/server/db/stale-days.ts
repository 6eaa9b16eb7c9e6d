// Marks of days whose tallies may differ from the answers and invitations they are counted from.
import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';
import { ObjectId } from './rows/base.ts';
import type { StaleDayRow } from './rows/response.ts';
import { repeatable } from './retry.ts';

/** Longer than any write may take: a mark this old stands for writes that are done, or never will be. */
export const settleMs = 120_000;

/** A day in UTC, with the mark that it was last changed under. */
export type Mark = { day: string; mark: string };

/**
 * Marks the days of a survey that these instants fall into as changed. Call it before and after each write that moves a
 * number: with every `answeredAt` that an answer has before or after the write, and every `sentAt` of an invitation
 * that is accepted or answered by it. A reader in between counts the day anew; so does the job, when the writer died.
 * Days are marked in UTC, so that a mark is right in whichever time zone they are counted.
 */
export const mark = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	instants: readonly Date[],
	now: Date,
): Promise<void> => {
	const days = new Set(instants.map((instant) => instant.toISOString().slice(0, 10)));
	const operations = [...days].map((day) => ({
		updateOne: {
			filter: { workspaceId: new ObjectId(workspaceId), surveyId: new ObjectId(surveyId), day },
			update: { $set: { mark: randomUUID(), markedAt: now } },
			upsert: true,
		},
	}));
	if (operations.length)
		await repeatable(() => db.models.staleDays.bulkWrite(operations, { ordered: false }), { upsert: true });
};

/** All marks of a survey, oldest day first. */
export const ofSurvey = async (db: Database, workspaceId: string, surveyId: string): Promise<Mark[]> => {
	const rows = await db.models.staleDays
		.find({ workspaceId: new ObjectId(workspaceId), surveyId: new ObjectId(surveyId) })
		.select('day mark')
		.sort({ day: 1 })
		.lean<StaleDayRow[]>();
	return rows.map(({ day, mark }) => ({ day, mark }));
};

/** Surveys of all workspaces with marks made before `before`, with these marks: at most `limit` marks, oldest first. */
export const settled = async (
	db: Database,
	before: Date,
	limit: number,
): Promise<{ workspaceId: string; surveyId: string; marks: Mark[] }[]> => {
	const rows = await db.models.staleDays
		.find({ markedAt: { $lt: before } })
		.sort({ markedAt: 1 })
		.limit(limit)
		.lean<StaleDayRow[]>();
	return [...Map.groupBy(rows, ({ surveyId }) => surveyId.toHexString())].map(([surveyId, marks]) => ({
		workspaceId: marks[0]!.workspaceId.toHexString(),
		surveyId,
		marks: marks.map(({ day, mark }) => ({ day, mark })),
	}));
};

/** Clears these marks, but for days that were marked again since. */
export const clear = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	marks: readonly Mark[],
): Promise<void> => {
	const of = { workspaceId: new ObjectId(workspaceId), surveyId: new ObjectId(surveyId) };
	for (const { day, mark } of marks) await repeatable(() => db.models.staleDays.deleteOne({ ...of, day, mark }));
};

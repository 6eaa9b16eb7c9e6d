// Marks of days whose tally may differ from the answers.
import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';
import { ObjectId } from './rows/base.ts';
import { repeatable } from './retry.ts';

/**
 * Marks local days (YYYY-MM-DD in `timeZone`) of a survey as changed. Call it before and after each write to an answer
 * of that day: a reader in between recounts the day from the answers.
 */
export const mark = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	timeZone: string,
	days: readonly string[],
	now: Date,
): Promise<void> => {
	const operations = days.map((day) => ({
		updateOne: {
			filter: { workspaceId: new ObjectId(workspaceId), surveyId: new ObjectId(surveyId), timeZone, day },
			update: { $set: { mark: randomUUID(), markedAt: now } },
			upsert: true,
		},
	}));
	if (operations.length)
		await repeatable(() => db.models.staleDays.bulkWrite(operations, { ordered: false }), { upsert: true });
};

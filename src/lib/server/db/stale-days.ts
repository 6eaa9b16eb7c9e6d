// Marks of days whose tallies may differ from the answers and invitations they are counted from.
import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';
import { ObjectId } from './rows/base.ts';
import { repeatable } from './retry.ts';

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

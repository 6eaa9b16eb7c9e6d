// Verbs on alerts: each person is told of each low score once, by a mail of its own or in a summary.
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { AlertRow, AlertState } from './rows/alert.ts';

export type Alert = { workspaceId: string; userId: string; responseId: string };

const of = ({ workspaceId, userId, responseId }: Alert) => ({
	workspaceId: new ObjectId(workspaceId),
	userId: new ObjectId(userId),
	responseId: new ObjectId(responseId),
});

/** Notes that somebody is to be told, if that is not noted yet. Returns how far it has got. */
export const begin = async (db: Database, alert: Alert, now: Date): Promise<AlertState> => {
	const row = await repeatable(
		() =>
			db.models.alerts
				.findOneAndUpdate(
					of(alert),
					{ $setOnInsert: { state: 'new', createdAt: now } },
					{ upsert: true, returnDocument: 'after' },
				)
				.lean<AlertRow>(),
		{ upsert: true },
	);
	return row!.state;
};

/** Moves it on from the state that was seen. */
export const move = async (db: Database, alert: Alert, from: AlertState, to: AlertState): Promise<void> => {
	await repeatable(() => db.models.alerts.updateOne({ ...of(alert), state: from }, { $set: { state: to } }));
};

/** Ids of the answers that wait for a person's summary, oldest first. */
export const waiting = async (db: Database, workspaceId: string, userId: string, limit: number): Promise<string[]> => {
	const rows = await db.models.alerts
		.find({ workspaceId: parseId(workspaceId), userId: parseId(userId), state: 'waiting' })
		.sort({ _id: 1 })
		.limit(limit)
		.lean<AlertRow[]>();
	return rows.map(({ responseId }) => responseId.toHexString());
};

/** Notes that a summary told of these. */
export const finish = async (
	db: Database,
	workspaceId: string,
	userId: string,
	responseIds: readonly string[],
): Promise<void> => {
	await repeatable(() =>
		db.models.alerts.updateMany(
			{
				workspaceId: parseId(workspaceId),
				userId: parseId(userId),
				responseId: { $in: responseIds.map(parseId) },
				state: 'waiting',
			},
			{ $set: { state: 'done' } },
		),
	);
};

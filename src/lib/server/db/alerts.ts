// Verbs on alerts: each person is told of each low score once, by a mail of its own or in a summary, by whoever holds its lease.
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

/** A worker's hold on alerts while it mails about them. */
export type Lease = { id: string; until: Date };

/** Leased by nobody, by this lease already (a repeat after a lost reply), or by a worker that is gone. */
const freeFor = (lease: Lease, now: Date) => ({
	$or: [{ leaseId: null }, { leaseId: lease.id }, { leasedUntil: { $lte: now } }],
});
const held = (lease: Lease) => ({ leaseId: lease.id, leasedUntil: lease.until });
const released = { leaseId: null, leasedUntil: null };

/** Notes that somebody is to be told, if that is not noted yet. Returns how far it has got. */
export const begin = async (db: Database, alert: Alert, now: Date): Promise<AlertState> => {
	const row = await repeatable(
		() =>
			db.models.alerts
				.findOneAndUpdate(
					of(alert),
					{ $setOnInsert: { state: 'new', ...released, createdAt: now } },
					{ upsert: true, returnDocument: 'after' },
				)
				.lean<AlertRow>(),
		{ upsert: true },
	);
	return row!.state;
};

/** Takes an alert that nobody was told of yet. Null when another worker holds it or is done with it. */
export const claim = async (
	db: Database,
	alert: Alert,
	lease: Lease,
	now: Date,
): Promise<'new' | 'granted' | 'waiting' | null> => {
	const row = await repeatable(() =>
		db.models.alerts
			.findOneAndUpdate(
				{ ...of(alert), state: { $ne: 'done' }, ...freeFor(lease, now) },
				{ $set: held(lease) },
				{ returnDocument: 'after' },
			)
			.lean<AlertRow>(),
	);
	return row && row.state !== 'done' ? row.state : null;
};

/** Moves on an alert that is held. */
export const move = async (db: Database, alert: Alert, lease: Lease, to: AlertState): Promise<void> => {
	await repeatable(() => db.models.alerts.updateOne({ ...of(alert), leaseId: lease.id }, { $set: { state: to } }));
};

/** Lets go of an alert: of one that is not done, the next worker takes hold at once. */
export const release = async (db: Database, alert: Alert, lease: Lease): Promise<void> => {
	await repeatable(() => db.models.alerts.updateOne({ ...of(alert), leaseId: lease.id }, { $set: released }));
};

/** Takes what waits for a person's summary. Returns the ids of the answers, oldest first, and whether others hold more. */
export const claimWaiting = async (
	db: Database,
	workspaceId: string,
	userId: string,
	lease: Lease,
	now: Date,
	limit: number,
): Promise<{ responseIds: string[]; othersHoldSome: boolean }> => {
	const theirs = { workspaceId: parseId(workspaceId), userId: parseId(userId), state: 'waiting' } as const;
	const waiting = await db.models.alerts
		.find(theirs)
		.sort({ _id: 1 })
		.limit(limit)
		.select('_id')
		.lean<Pick<AlertRow, '_id'>[]>();
	const ids = waiting.map(({ _id }) => _id);
	if (ids.length === 0) return { responseIds: [], othersHoldSome: false };
	await repeatable(() =>
		db.models.alerts.updateMany({ ...theirs, _id: { $in: ids }, ...freeFor(lease, now) }, { $set: held(lease) }),
	);
	const mine = await db.models.alerts
		.find({ ...theirs, leaseId: lease.id })
		.sort({ _id: 1 })
		.lean<AlertRow[]>();
	return {
		responseIds: mine.map(({ responseId }) => responseId.toHexString()),
		othersHoldSome: mine.length < ids.length,
	};
};

/** Ends what is held for a summary: done when it was told, else free for the next try. */
export const settleWaiting = async (
	db: Database,
	workspaceId: string,
	userId: string,
	lease: Lease,
	isTold: boolean,
): Promise<void> => {
	await repeatable(() =>
		db.models.alerts.updateMany(
			{ workspaceId: parseId(workspaceId), userId: parseId(userId), state: 'waiting', leaseId: lease.id },
			{ $set: { ...(isTold && { state: 'done' }), ...released } },
		),
	);
};

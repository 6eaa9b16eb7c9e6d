// Verbs on sendings. Status moves by compare-and-set, and preparing counts with the step that it counts.
import { leftOutReasons, type LeftOut } from '#lib/domain/contact/asking.ts';
import type { Sending, SendingStatus } from '#lib/domain/sending/sending.ts';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { SendingRow } from './rows/sending.ts';

const toSending = (row: SendingRow): Sending => ({
	id: row._id.toHexString(),
	workspaceId: row.workspaceId.toHexString(),
	surveyId: row.surveyId.toHexString(),
	version: row.version,
	audience: row.audience,
	status: row.status,
	sendAt: row.sendAt,
	preparedAt: row.preparedAt,
	invited: row.invited,
	leftOut: row.leftOut,
	cancelledAt: row.cancelledAt,
	createdBy: row.createdBy.toHexString(),
	createdAt: row.createdAt,
});

export type NewSending = Pick<
	Sending,
	'workspaceId' | 'surveyId' | 'version' | 'audience' | 'sendAt' | 'createdBy' | 'createdAt'
>;

/** Adds a sending, scheduled. The same submission key again gives the one that was added first. */
export const create = async (db: Database, submissionKey: string, sending: NewSending): Promise<Sending> => {
	const { workspaceId, surveyId, createdBy, ...rest } = sending;
	const none = Object.fromEntries(leftOutReasons.map((reason) => [reason, 0]));
	const row = await repeatable(
		() =>
			db.models.sendings
				.findOneAndUpdate(
					{ workspaceId: new ObjectId(workspaceId), submissionKey },
					{
						$setOnInsert: {
							...rest,
							surveyId: new ObjectId(surveyId),
							createdBy: new ObjectId(createdBy),
							status: 'scheduled',
							preparedUpTo: null,
							preparedAt: null,
							invited: 0,
							leftOut: none,
							cancelledAt: null,
						},
					},
					{ upsert: true, returnDocument: 'after' },
				)
				.lean<SendingRow>(),
		{ upsert: true },
	);
	return toSending(row!);
};

export const byId = async (db: Database, workspaceId: string, sendingId: string): Promise<Sending | null> => {
	const row = await db.models.sendings
		.findOne({ _id: parseId(sendingId), workspaceId: parseId(workspaceId) })
		.lean<SendingRow>();
	return row && toSending(row);
};

/** The sending that a submission key made, or null. */
export const bySubmission = async (
	db: Database,
	workspaceId: string,
	submissionKey: string,
): Promise<Sending | null> => {
	const row = await db.models.sendings.findOne({ workspaceId: parseId(workspaceId), submissionKey }).lean<SendingRow>();
	return row && toSending(row);
};

/** Newest first, `limit` of those made before `before`. */
export const list = async (
	db: Database,
	workspaceId: string,
	{ before, limit }: { before: Date | null; limit: number },
): Promise<Sending[]> => {
	const rows = await db.models.sendings
		.find({ workspaceId: parseId(workspaceId), ...(before && { createdAt: { $lt: before } }) })
		.sort({ createdAt: -1 })
		.limit(limit)
		.lean<SendingRow[]>();
	return rows.map(toSending);
};

const unfinished: SendingStatus[] = ['scheduled', 'preparing', 'sending', 'held'];

/** Sendings of all workspaces that a worker has to look at now, those due longest first. */
export const unfinishedDue = async (db: Database, now: Date, limit: number): Promise<Sending[]> => {
	const rows = await db.models.sendings
		.find({ status: { $in: unfinished }, sendAt: { $lte: now } })
		.sort({ sendAt: 1 })
		.limit(limit)
		.lean<SendingRow[]>();
	return rows.map(toSending);
};

/** Moves the status on from one of those given. False when it is another one by now. */
export const move = async (
	db: Database,
	{ id, workspaceId }: Pick<Sending, 'id' | 'workspaceId'>,
	from: readonly SendingStatus[],
	change: { status: SendingStatus; cancelledAt?: Date | null },
): Promise<boolean> => {
	const { matchedCount } = await repeatable(() =>
		db.models.sendings.updateOne(
			{ _id: parseId(id), workspaceId: parseId(workspaceId), status: { $in: from } },
			{ $set: change },
		),
	);
	return matchedCount === 1;
};

/** Where preparing stands: the last contact that was looked at, or null at the beginning. */
export const preparedUpTo = async (db: Database, { id, workspaceId }: Sending): Promise<string | null> => {
	const row = await db.models.sendings
		.findOne({ _id: parseId(id), workspaceId: parseId(workspaceId) })
		.select('preparedUpTo')
		.lean<Pick<SendingRow, 'preparedUpTo'>>();
	return row?.preparedUpTo?.toHexString() ?? null;
};

export type PreparedBatch = { upTo: string; invited: number; leftOut: Record<LeftOut, number> };

/** Notes a batch as prepared and adds its counts, once: only while preparing stands where the batch began. */
export const advance = async (
	db: Database,
	{ id, workspaceId }: Sending,
	from: string | null,
	{ upTo, invited, leftOut }: PreparedBatch,
): Promise<boolean> => {
	const increments = Object.fromEntries(leftOutReasons.map((reason) => [`leftOut.${reason}`, leftOut[reason]]));
	const { matchedCount } = await repeatable(() =>
		db.models.sendings.updateOne(
			{
				_id: parseId(id),
				workspaceId: parseId(workspaceId),
				status: 'preparing',
				preparedUpTo: from && parseId(from),
			},
			{ $set: { preparedUpTo: new ObjectId(upTo) }, $inc: { invited, ...increments } },
		),
	);
	return matchedCount === 1;
};

/** Notes that everybody was looked at. */
export const finishPreparing = async (db: Database, { id, workspaceId }: Sending, now: Date): Promise<void> => {
	await repeatable(() =>
		db.models.sendings.updateOne(
			{ _id: parseId(id), workspaceId: parseId(workspaceId), status: 'preparing' },
			{ $set: { status: 'sending', preparedAt: now } },
		),
	);
};

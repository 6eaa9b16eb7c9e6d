// The outbox: invitations claimed by compare-and-set under a lease, and results written only by who holds the lease.
import type { Contact, Property } from '#lib/domain/contact/contact.ts';
import type { Reply } from '#lib/domain/sending/reply.ts';
import type { Invitation, InvitationStatus, Sending } from '#lib/domain/sending/sending.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import type { Database } from './database.ts';
import { insertOnce, repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { InvitationRow } from './rows/sending.ts';

/** What a lease holder needs to send one. */
export type Claimed = Pick<
	Invitation,
	| 'id'
	| 'workspaceId'
	| 'sendingId'
	| 'surveyId'
	| 'version'
	| 'contactId'
	| 'address'
	| 'isTest'
	| 'attempts'
	| 'createdAt'
> & { name: string; properties: Property[]; language: Language; leaseId: string };

const toClaimed = (row: InvitationRow): Claimed => ({
	id: row._id.toHexString(),
	workspaceId: row.workspaceId.toHexString(),
	sendingId: row.sendingId?.toHexString() ?? null,
	surveyId: row.surveyId.toHexString(),
	version: row.version,
	contactId: row.contactId?.toHexString() ?? null,
	address: row.address,
	name: row.name,
	properties: row.properties,
	language: row.language as Language,
	isTest: row.isTest,
	attempts: row.attempts,
	createdAt: row.createdAt,
	leaseId: row.leaseId!,
});

const blank = {
	leaseId: null,
	attempts: 0,
	messageId: null,
	lastReply: null,
	sentAt: null,
	answeredAt: null,
	deletedAt: null,
};

export type Invitee = Pick<Contact, 'id' | 'address' | 'name' | 'properties'> & { language: Language };

/** Adds an invitation for each person of a sending who has none of it yet. */
export const add = async (db: Database, sending: Sending, people: readonly Invitee[], now: Date): Promise<void> => {
	if (!people.length) return;
	const shared = { surveyId: new ObjectId(sending.surveyId), version: sending.version, isTest: false, ...blank };
	await repeatable(
		() =>
			db.models.invitations.bulkWrite(
				people.map(({ id, ...person }) => ({
					updateOne: {
						filter: {
							workspaceId: parseId(sending.workspaceId)!,
							sendingId: parseId(sending.id)!,
							contactId: parseId(id)!,
						},
						update: {
							$setOnInsert: { ...shared, ...person, status: 'scheduled' as const, dueAt: now, createdAt: now },
						},
						upsert: true,
					},
				})),
				{ ordered: false },
			),
		{ upsert: true },
	);
};

export type TestInvitation = Pick<Claimed, 'workspaceId' | 'surveyId' | 'version' | 'address' | 'name' | 'language'> & {
	id: string;
	leaseId: string;
	leaseUntil: Date;
};

/** Adds a test invitation, leased by whoever adds it; should they die, the outbox sends it when the lease ends. */
export const addTest = async (db: Database, test: TestInvitation, now: Date): Promise<Claimed> => {
	const { id, workspaceId, surveyId, leaseUntil, ...rest } = test;
	const row: InvitationRow = {
		...blank,
		...rest,
		_id: new ObjectId(id),
		workspaceId: new ObjectId(workspaceId),
		surveyId: new ObjectId(surveyId),
		sendingId: null,
		contactId: null,
		properties: [],
		isTest: true,
		status: 'leased',
		dueAt: leaseUntil,
		attempts: 1,
		createdAt: now,
	};
	await insertOnce(() => db.models.invitations.insertMany([row]));
	return toClaimed(row);
};

/** The next workspace in id order that has something due, after `after`, or null. */
export const nextWorkspace = async (db: Database, after: string | null, now: Date): Promise<string | null> => {
	const row = await db.models.invitations
		.findOne({ status: 'scheduled', ...(after && { workspaceId: { $gt: parseId(after) } }), dueAt: { $lte: now } })
		.sort({ workspaceId: 1 })
		.select('workspaceId')
		.lean<Pick<InvitationRow, 'workspaceId'>>();
	return row?.workspaceId.toHexString() ?? null;
};

/** Leases what is due longest in a workspace, or gives null. */
export const claim = async (
	db: Database,
	workspaceId: string,
	lease: { id: string; until: Date },
	now: Date,
): Promise<Claimed | null> => {
	const { invitations } = db.models;
	const leased = { status: 'leased', workspaceId: parseId(workspaceId), leaseId: lease.id } as const;
	let isRepeat = false;
	const row = await repeatable(async () => {
		// The lease is this claim's alone: after a lost reply it may hold one already.
		const held = isRepeat ? await invitations.findOne(leased).lean<InvitationRow>() : null;
		isRepeat = true;
		return (
			held ??
			invitations
				.findOneAndUpdate(
					{ status: 'scheduled', workspaceId: parseId(workspaceId), dueAt: { $lte: now } },
					{ $set: { status: 'leased', leaseId: lease.id, dueAt: lease.until }, $inc: { attempts: 1 } },
					{ sort: { dueAt: 1 }, returnDocument: 'after' },
				)
				.lean<InvitationRow>()
		);
	});
	return row && toClaimed(row);
};

/** Puts back what dead workers held, of all workspaces: at most `limit` whose lease has ended. */
export const takeBack = async (db: Database, now: Date, limit: number): Promise<void> => {
	const rows = await db.models.invitations
		.find({ status: 'leased', dueAt: { $lte: now } })
		.limit(limit)
		.select('workspaceId leaseId')
		.lean<Pick<InvitationRow, '_id' | 'workspaceId' | 'leaseId'>[]>();
	for (const { _id, workspaceId, leaseId } of rows)
		await repeatable(() =>
			db.models.invitations.updateOne(
				{ _id, workspaceId, status: 'leased', leaseId },
				{ $set: { status: 'scheduled', leaseId: null, dueAt: now } },
			),
		);
};

type Held = Pick<Claimed, 'id' | 'workspaceId' | 'leaseId'>;

const settle = async (db: Database, { id, workspaceId, leaseId }: Held, change: object): Promise<boolean> => {
	const { matchedCount } = await repeatable(() =>
		db.models.invitations.updateOne({ _id: parseId(id), workspaceId: parseId(workspaceId), leaseId }, change),
	);
	return matchedCount === 1;
};

export type Ending =
	| { status: 'sent'; sentAt: Date; messageId: string; lastReply: Reply }
	| { status: 'refused' | 'failed' | 'cancelled'; lastReply: Reply };

/** Writes how it ended, if the lease still holds. True as well where it has ended so already: a repeat after a lost reply. */
export const finish = async (db: Database, held: Held, ending: Ending): Promise<boolean> =>
	(await settle(db, held, { $set: { ...ending, leaseId: null } })) ||
	(await db.models.invitations.exists({
		_id: parseId(held.id),
		workspaceId: parseId(held.workspaceId),
		status: ending.status,
		leaseId: null,
	})) !== null;

/** Puts it back, due at `dueAt`. `isFree`: the try was no fault of this mail and does not count. */
export const giveBack = (
	db: Database,
	held: Held,
	back: { status?: 'scheduled' | 'held'; dueAt: Date; lastReply?: Reply; isFree: boolean },
): Promise<boolean> => {
	const { isFree, status = 'scheduled', ...rest } = back;
	return settle(db, held, { $set: { ...rest, status, leaseId: null }, ...(isFree && { $inc: { attempts: -1 } }) });
};

/** Moves all invitations of a sending from some states to another. Returns how many. */
export const moveAll = async (
	db: Database,
	{ id, workspaceId }: Pick<Sending, 'id' | 'workspaceId'>,
	from: readonly InvitationStatus[],
	change: { status: InvitationStatus; dueAt?: Date; lastReply?: Reply | null },
): Promise<number> => {
	const { modifiedCount } = await repeatable(() =>
		db.models.invitations.updateMany(
			{ workspaceId: parseId(workspaceId), sendingId: parseId(id), status: { $in: from } },
			{ $set: change },
		),
	);
	return modifiedCount;
};

/** Whether a sending has an invitation in one of these states. */
export const hasAny = async (
	db: Database,
	{ id, workspaceId }: Pick<Sending, 'id' | 'workspaceId'>,
	states: readonly InvitationStatus[],
): Promise<boolean> =>
	(await db.models.invitations.exists({
		workspaceId: parseId(workspaceId),
		sendingId: parseId(id),
		status: { $in: states },
	})) !== null;

/** Of these people, those whose invitation of this sending was or may yet be sent. */
export const stillAsked = async (
	db: Database,
	{ id, workspaceId }: Pick<Sending, 'id' | 'workspaceId'>,
	contactIds: readonly string[],
): Promise<Set<string>> => {
	const rows = await db.models.invitations
		.find({
			workspaceId: parseId(workspaceId),
			sendingId: parseId(id),
			contactId: { $in: contactIds.map(parseId) },
			status: { $in: ['scheduled', 'leased', 'held', 'sent'] },
		})
		.select('contactId')
		.lean<Pick<InvitationRow, 'contactId'>[]>();
	return new Set(rows.map(({ contactId }) => contactId!.toHexString()));
};

const countable: readonly InvitationStatus[] = [
	'scheduled',
	'leased',
	'held',
	'sent',
	'refused',
	'failed',
	'cancelled',
];
export type SendingCounts = Record<InvitationStatus | 'answered', number>;

/** How many of a sending are in each state, and how many were answered. */
export const counts = async (db: Database, workspaceId: string, sendingId: string): Promise<SendingCounts> => {
	const ours = { workspaceId: parseId(workspaceId), sendingId: parseId(sendingId) };
	const numbers = await Promise.all([
		...countable.map((status) => db.models.invitations.countDocuments({ ...ours, status })),
		db.models.invitations.countDocuments({ ...ours, answeredAt: { $type: 'date' } }),
	]);
	return Object.fromEntries([...countable, 'answered'].map((name, index) => [name, numbers[index]!])) as SendingCounts;
};

export type SendingLine = Pick<Invitation, 'id' | 'address' | 'status' | 'lastReply' | 'sentAt' | 'answeredAt'> & {
	name: string;
};

/** Invitations of a sending in some states, in the order they were made, after an invitation id. */
export const page = async (
	db: Database,
	workspaceId: string,
	sendingId: string,
	states: readonly InvitationStatus[] | 'answered',
	paging: { after: string | null; limit: number },
): Promise<SendingLine[]> => {
	const rows = await db.models.invitations
		.find({
			workspaceId: parseId(workspaceId),
			sendingId: parseId(sendingId),
			deletedAt: null,
			...(states === 'answered' ? { answeredAt: { $type: 'date' } } : { status: { $in: states } }),
			...(paging.after && { _id: { $gt: parseId(paging.after) } }),
		})
		.sort({ _id: 1 })
		.limit(paging.limit)
		.select('address name status lastReply sentAt answeredAt')
		.lean<InvitationRow[]>();
	return rows.map(({ _id, address, name, status, lastReply, sentAt, answeredAt }) => ({
		id: _id.toHexString(),
		address,
		name,
		status,
		lastReply,
		sentAt,
		answeredAt,
	}));
};

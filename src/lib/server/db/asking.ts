// Verbs on what decides whether somebody may be asked: who claimed them, who refused them, whether they unsubscribed.
import type { Contact } from '#lib/domain/contact/contact.ts';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { parseId } from './rows/base.ts';
import type { ContactRow } from './rows/contact.ts';

type Claimable = Pick<Contact, 'id' | 'lastAskedAt'>;

/**
 * Claims people for a sending, each only if nobody asked or claimed them since they were read, and they have neither
 * unsubscribed nor been refused meanwhile. Returns the ids that are this sending's now. Repeated, it gives the same.
 */
export const claim = async (
	db: Database,
	workspaceId: string,
	sendingId: string,
	people: readonly Claimable[],
	now: Date,
): Promise<Set<string>> => {
	if (!people.length) return new Set();
	const workspace = parseId(workspaceId);
	const sending = parseId(sendingId);
	await repeatable(() =>
		db.models.contacts.bulkWrite(
			people.map(({ id, lastAskedAt }) => ({
				updateOne: {
					filter: {
						workspaceId: workspace!,
						_id: parseId(id)!,
						lastAskedAt,
						unsubscribedAt: null,
						bouncedAt: null,
						deletedAt: null,
					},
					update: { $set: { lastAskedAt: now, askedBySendingId: sending, askedBeforeAt: lastAskedAt } },
				},
			})),
			{ ordered: false },
		),
	);
	const ours = await db.models.contacts
		.find({ workspaceId: workspace, _id: { $in: people.map(({ id }) => parseId(id)) }, askedBySendingId: sending })
		.select('_id')
		.lean<Pick<ContactRow, '_id'>[]>();
	return new Set(ours.map(({ _id }) => _id.toHexString()));
};

/** Gives people back whom a sending claimed and did not ask: they were last asked when they were before. */
export const release = async (
	db: Database,
	workspaceId: string,
	sendingId: string,
	contactIds: readonly string[],
): Promise<void> => {
	const owned = { workspaceId: parseId(workspaceId), askedBySendingId: parseId(sendingId) };
	const rows = await db.models.contacts
		.find({ ...owned, _id: { $in: contactIds.map(parseId) } })
		.select('askedBeforeAt')
		.lean<Pick<ContactRow, '_id' | 'askedBeforeAt'>[]>();
	if (!rows.length) return;
	await repeatable(() =>
		db.models.contacts.bulkWrite(
			rows.map(({ _id, askedBeforeAt }) => ({
				updateOne: {
					filter: { _id, workspaceId: owned.workspaceId!, askedBySendingId: owned.askedBySendingId },
					update: { $set: { lastAskedAt: askedBeforeAt, askedBySendingId: null, askedBeforeAt: null } },
				},
			})),
			{ ordered: false },
		),
	);
};

/** Ids of people a sending holds a claim on, after a contact id. */
export const claimedBy = async (
	db: Database,
	workspaceId: string,
	sendingId: string,
	paging: { after: string | null; limit: number },
): Promise<string[]> => {
	const rows = await db.models.contacts
		.find({
			workspaceId: parseId(workspaceId),
			askedBySendingId: parseId(sendingId),
			...(paging.after && { _id: { $gt: parseId(paging.after) } }),
		})
		.sort({ _id: 1 })
		.limit(paging.limit)
		.select('_id')
		.lean<Pick<ContactRow, '_id'>[]>();
	return rows.map(({ _id }) => _id.toHexString());
};

const update = async (db: Database, workspaceId: string, contactId: string, filter: object, change: object) => {
	await repeatable(() =>
		db.models.contacts.updateOne(
			{ _id: parseId(contactId), workspaceId: parseId(workspaceId), ...filter },
			{ $set: change },
		),
	);
};

/** Notes when a claimed person's mail really went out: the quiet period counts from then. */
export const asked = (db: Database, workspaceId: string, contactId: string, sendingId: string, sentAt: Date) =>
	update(db, workspaceId, contactId, { askedBySendingId: parseId(sendingId) }, { lastAskedAt: sentAt });

/** Notes that their mail server refused the address for good, in its words. */
export const refuse = (db: Database, workspaceId: string, contactId: string, reason: string, now: Date) =>
	update(db, workspaceId, contactId, { bouncedAt: null }, { bouncedAt: now, bounceReason: reason });

/** Notes that somebody wants no more mail. The first time counts. */
export const unsubscribe = (db: Database, workspaceId: string, contactId: string, now: Date) =>
	update(db, workspaceId, contactId, { unsubscribedAt: null }, { unsubscribedAt: now });

/** Takes an unsubscribe back, by the person themselves. */
export const subscribe = (db: Database, workspaceId: string, contactId: string) =>
	update(db, workspaceId, contactId, {}, { unsubscribedAt: null });

/** What the outbox looks at right before it sends: null when the person is gone. */
export const standing = async (
	db: Database,
	workspaceId: string,
	contactId: string,
): Promise<Pick<ContactRow, 'address' | 'isSample' | 'unsubscribedAt' | 'bouncedAt'> | null> =>
	db.models.contacts
		.findOne({ _id: parseId(contactId), workspaceId: parseId(workspaceId), deletedAt: null })
		.select('address isSample unsubscribedAt bouncedAt')
		.lean<Pick<ContactRow, '_id' | 'address' | 'isSample' | 'unsubscribedAt' | 'bouncedAt'>>();

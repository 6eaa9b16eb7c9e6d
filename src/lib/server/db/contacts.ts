// Verbs on the customers as managers see them: found, listed, added and changed one at a time.
import type { Details } from '#lib/domain/contact/merge.ts';
import type { Contact } from '#lib/domain/contact/contact.ts';
import { parseLanguage } from '#lib/domain/survey/language.ts';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { parseId } from './rows/base.ts';
import type { ContactRow } from './rows/contact.ts';

export const toContact = (row: ContactRow): Contact => ({
	id: row._id.toHexString(),
	workspaceId: row.workspaceId.toHexString(),
	address: row.address,
	email: row.email,
	name: row.name,
	language: parseLanguage(row.language),
	properties: row.properties.map(({ key, value }) => ({ key, value })),
	lastAskedAt: row.lastAskedAt,
	unsubscribedAt: row.unsubscribedAt,
	bouncedAt: row.bouncedAt,
	bounceReason: row.bounceReason,
	isSample: row.isSample,
	createdAt: row.createdAt,
});

/** The states a list can be narrowed to. */
export const contactStates = ['unsubscribed', 'refused', 'sample'] as const;
export type ContactState = (typeof contactStates)[number];
export type ContactSearch = { words: string; state: ContactState | null };

const states: Record<ContactState, object> = {
	unsubscribed: { unsubscribedAt: { $ne: null } },
	refused: { bouncedAt: { $ne: null } },
	sample: { isSample: true },
};

const escape = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Addresses that begin with the words, or names with a word that does. */
const found = (workspaceId: string, { words, state }: ContactSearch) => {
	const start = escape(words.trim());
	return {
		workspaceId: parseId(workspaceId),
		deletedAt: null,
		...(state && states[state]),
		...(start && {
			$or: [{ address: { $regex: `^${start.toLowerCase()}` } }, { name: { $regex: `(^|\\s)${start}`, $options: 'i' } }],
		}),
	};
};

export type ContactPaging = { after: string | null; before: string | null; limit: number };

/** A page of people by address: those after an address, or the last ones before it. */
export const list = async (
	db: Database,
	workspaceId: string,
	search: ContactSearch,
	{ after, before, limit }: ContactPaging,
): Promise<Contact[]> => {
	const beyond = before !== null ? { address: { $lt: before } } : after !== null ? { address: { $gt: after } } : {};
	const rows = await db.models.contacts
		.find({ $and: [found(workspaceId, search), { workspaceId: parseId(workspaceId), ...beyond }] })
		.sort({ workspaceId: 1, address: before === null ? 1 : -1 })
		.limit(limit)
		.lean<ContactRow[]>();
	return (before === null ? rows : rows.reverse()).map(toContact);
};

export const count = async (db: Database, workspaceId: string, search: ContactSearch): Promise<number> =>
	db.models.contacts.countDocuments(found(workspaceId, search));

/** The person, unless deleted. */
export const byId = async (db: Database, workspaceId: string, contactId: string): Promise<Contact | null> => {
	const row = await db.models.contacts
		.findOne({ _id: parseId(contactId), workspaceId: parseId(workspaceId), deletedAt: null })
		.lean<ContactRow>();
	return row && toContact(row);
};

/** Changes what is known of somebody, from what was seen. False when it was changed meanwhile, or they are gone. */
export const change = async (
	db: Database,
	workspaceId: string,
	contactId: string,
	seen: Details,
	to: Details,
): Promise<boolean> => {
	const { matchedCount } = await repeatable(() =>
		db.models.contacts.updateOne(
			{ _id: parseId(contactId), workspaceId: parseId(workspaceId), deletedAt: null, ...seen },
			{ $set: to },
		),
	);
	return matchedCount === 1;
};

/** Removes people who were added by hand and never asked. Returns how many. */
export const removeUnasked = async (
	db: Database,
	workspaceId: string,
	contactIds: readonly string[],
): Promise<number> => {
	const ids = contactIds.map(parseId).filter((id) => id !== null);
	const unasked = {
		_id: { $in: ids },
		workspaceId: parseId(workspaceId),
		lastAskedAt: null,
		importId: null,
		isSample: false,
	};
	const { deletedCount } = await repeatable(() => db.models.contacts.deleteMany(unasked));
	return deletedCount;
};

// Verbs by which many people come in at once and go again. Each may be repeated, and none touches who may be written to.
import type { Details } from '#lib/domain/contact/merge.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import type { Database } from './database.ts';
import { isDuplicateKey, repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { ContactRow } from './rows/contact.ts';
import type { ChangeableFields, ImportChangeRow } from './rows/import.ts';
import type { Suppression } from './suppressions.ts';

/** What an import may change of somebody. */
export type Changeable = Details & { lastAskedAt: Date | null };

/** Somebody who is here already. */
export type Known = Changeable & {
	id: string;
	address: string;
	importId: string | null;
	isSample: boolean;
	/** About to be deleted, while that can be undone. */
	isDeleted: boolean;
};

const toChangeable = ({ name, language, properties, lastAskedAt }: ChangeableFields): Changeable => ({
	name,
	language: language as Language | null,
	properties: properties.map(({ key, value }) => ({ key, value })),
	lastAskedAt,
});

const toKnown = (row: ContactRow): Known => ({
	...toChangeable(row),
	id: row._id.toHexString(),
	address: row.address,
	importId: row.importId?.toHexString() ?? null,
	isSample: row.isSample,
	isDeleted: row.deletedAt !== null,
});

/** Those of these addresses who are here, also when they are about to be deleted. */
export const known = async (db: Database, workspaceId: string, addresses: readonly string[]): Promise<Known[]> => {
	if (!addresses.length) return [];
	const rows = await db.models.contacts
		.find({ workspaceId: parseId(workspaceId), address: { $in: [...addresses] } })
		.select('address name language properties lastAskedAt importId isSample deletedAt')
		.lean<ContactRow[]>();
	return rows.map(toKnown);
};

/** Somebody who is not here yet. */
export type Newcomer = Changeable & Suppression & { address: string; email: string };

/** Adds people and returns them; null when somebody was here already, by another import perhaps, and stayed as they are. */
export const add = async (
	db: Database,
	workspaceId: string,
	importId: string | null,
	people: readonly Newcomer[],
	now: Date,
): Promise<Known[] | null> => {
	if (!people.length) return [];
	// Whole rows, inserted as they are: turning each into a document first takes ten times the memory.
	const rows = people.map((person): ContactRow => ({
		...person,
		_id: new ObjectId(),
		workspaceId: parseId(workspaceId)!,
		importId: importId === null ? null : parseId(importId),
		askedBySendingId: null,
		askedBeforeAt: null,
		bounceReason: null,
		isSample: false,
		deletedAt: null,
		createdAt: now,
	}));
	try {
		await repeatable(() => db.models.contacts.insertMany(rows, { ordered: false, lean: true }));
		return rows.map(toKnown);
	} catch (error) {
		if (!isDuplicateKey(error)) throw error;
		return null;
	}
};

export type ContactChange = { id: string; before: Changeable; after: Changeable };

const ofImport = (workspaceId: string, importId: string) => ({
	workspaceId: parseId(workspaceId)!,
	importId: parseId(importId)!,
});

/** Remembers what an import is about to change of people. What they were before its first change is kept. */
export const remember = async (
	db: Database,
	workspaceId: string,
	importId: string,
	changes: readonly ContactChange[],
): Promise<void> => {
	if (!changes.length) return;
	await repeatable(
		() =>
			db.models.importChanges.bulkWrite(
				changes.map(({ id, before, after }) => ({
					updateOne: {
						filter: { ...ofImport(workspaceId, importId), contactId: parseId(id)! },
						update: { $setOnInsert: { before }, $set: { after } },
						upsert: true,
					},
				})),
				{ ordered: false },
			),
		{ upsert: true },
	);
};

/** Changes people, each from what was seen. Returns how many were still so; the others are to be read again. */
export const change = async (db: Database, workspaceId: string, changes: readonly ContactChange[]): Promise<number> => {
	if (!changes.length) return 0;
	const { matchedCount } = await repeatable(() =>
		db.models.contacts.bulkWrite(
			changes.map(({ id, before, after }) => ({
				updateOne: {
					filter: { _id: parseId(id)!, workspaceId: parseId(workspaceId)!, ...before },
					update: { $set: after },
				},
			})),
			{ ordered: false },
		),
	);
	return matchedCount;
};

const anyOf = (ids: readonly string[]) => ({ $in: ids.map((id) => new ObjectId(id)) });

/** Which of these people an import has changed. */
export const changedBy = async (
	db: Database,
	workspaceId: string,
	importId: string,
	contactIds: readonly string[],
): Promise<Set<string>> => {
	if (!contactIds.length) return new Set();
	const rows = await db.models.importChanges
		.find({ ...ofImport(workspaceId, importId), contactId: anyOf(contactIds) })
		.select('contactId')
		.lean<Pick<ImportChangeRow, 'contactId'>[]>();
	return new Set(rows.map(({ contactId }) => contactId.toHexString()));
};

/** The next people an import brought, after an id. */
export const broughtBy = async (
	db: Database,
	workspaceId: string,
	importId: string,
	{ after, limit }: { after: string | null; limit: number },
): Promise<(Suppression & { id: string; email: string })[]> => {
	const rows = await db.models.contacts
		.find({ ...ofImport(workspaceId, importId), ...(after && { _id: { $gt: new ObjectId(after) } }) })
		.sort({ _id: 1 })
		.limit(limit)
		.select('email unsubscribedAt bouncedAt')
		.lean<Pick<ContactRow, '_id' | 'email' | 'unsubscribedAt' | 'bouncedAt'>[]>();
	return rows.map(({ _id, ...row }) => ({ id: _id.toHexString(), ...row }));
};

/** How many people here an import brought. */
export const countBrought = async (db: Database, workspaceId: string, importId: string): Promise<number> =>
	db.models.contacts.countDocuments(ofImport(workspaceId, importId));

/** How much of an import is here still: answers and people it brought, and people it changed. */
export const countLeft = async (db: Database, workspaceId: string, importId: string): Promise<number> => {
	const { responses, contacts, importChanges } = db.models;
	const theirs = ofImport(workspaceId, importId);
	const counts = await Promise.all([
		responses.countDocuments(theirs),
		contacts.countDocuments(theirs),
		importChanges.countDocuments(theirs),
	]);
	return counts.reduce((sum, count) => sum + count, 0);
};

/** Which of these people were asked something, or answered beside this import. */
export const met = async (
	db: Database,
	workspaceId: string,
	importId: string,
	contactIds: readonly string[],
): Promise<Set<string>> => {
	const theirs = { workspaceId: parseId(workspaceId), contactId: anyOf(contactIds) };
	const [asked, answered] = await Promise.all([
		db.models.invitations.find(theirs).select('contactId').lean<{ contactId: ObjectId }[]>(),
		db.models.responses
			.find({ ...theirs, importId: { $ne: parseId(importId) } })
			.select('contactId')
			.lean<{ contactId: ObjectId }[]>(),
	]);
	return new Set([...asked, ...answered].map(({ contactId }) => contactId.toHexString()));
};

/** Takes people out who were brought by an import. */
export const remove = async (
	db: Database,
	workspaceId: string,
	importId: string,
	contactIds: readonly string[],
): Promise<void> => {
	const theirs = { ...ofImport(workspaceId, importId), _id: anyOf(contactIds) };
	await repeatable(() => db.models.contacts.deleteMany(theirs));
};

/** The next changes of an import that are not taken back yet, with what those people are now; null for who is gone. */
export const changes = async (
	db: Database,
	workspaceId: string,
	importId: string,
	limit: number,
): Promise<(ContactChange & { now: Changeable | null })[]> => {
	const rows = await db.models.importChanges
		.find(ofImport(workspaceId, importId))
		.sort({ contactId: 1 })
		.limit(limit)
		.lean<ImportChangeRow[]>();
	const contacts = await db.models.contacts
		.find({ workspaceId: parseId(workspaceId), _id: { $in: rows.map(({ contactId }) => contactId) } })
		.lean<ContactRow[]>();
	const byId = new Map(contacts.map((row) => [row._id.toHexString(), row]));
	return rows.map(({ contactId, before, after }) => {
		const row = byId.get(contactId.toHexString());
		return {
			id: contactId.toHexString(),
			before: toChangeable(before),
			after: toChangeable(after),
			now: row ? toChangeable(row) : null,
		};
	});
};

/** Forgets changes that were taken back. */
export const forget = async (
	db: Database,
	workspaceId: string,
	importId: string,
	contactIds: readonly string[],
): Promise<void> => {
	const theirs = { ...ofImport(workspaceId, importId), contactId: anyOf(contactIds) };
	await repeatable(() => db.models.importChanges.deleteMany(theirs));
};

// Verbs on the built-in mailbox, a workspace's own.
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { MailboxMessageRow } from './rows/mail.ts';

export type MessageHead = { id: string; workspaceId: string; to: string; subject: string; createdAt: Date };

/** A message as it was sent; `source` is all of it, as a mail server would have received it. */
export type Message = MessageHead & { messageId: string; fromName: string; html: string; text: string; source: string };

export type NewMessage = Omit<Message, 'id' | 'createdAt'>;

/** Keeps a message. The same Message-ID again changes nothing: a repeat of a mail is the same mail. */
export const keep = async (db: Database, { workspaceId, messageId, ...rest }: NewMessage, now: Date): Promise<void> => {
	await repeatable(
		() =>
			db.models.mailboxMessages.updateOne(
				{ workspaceId: new ObjectId(workspaceId), messageId },
				{ $setOnInsert: { ...rest, createdAt: now, deletedAt: null } },
				{ upsert: true },
			),
		{ upsert: true },
	);
};

const toHead = (row: MailboxMessageRow): MessageHead => ({
	id: row._id.toHexString(),
	workspaceId: row.workspaceId.toHexString(),
	to: row.to,
	subject: row.subject,
	createdAt: row.createdAt,
});

/** Newest first: `limit` of those before a message id. */
export const list = async (
	db: Database,
	workspaceId: string,
	{ before, limit }: { before: string | null; limit: number },
): Promise<MessageHead[]> => {
	const rows = await db.models.mailboxMessages
		.find({ workspaceId: parseId(workspaceId), deletedAt: null, ...(before && { _id: { $lt: parseId(before) } }) })
		.sort({ _id: -1 })
		.limit(limit)
		.select('workspaceId to subject createdAt')
		.lean<MailboxMessageRow[]>();
	return rows.map(toHead);
};

export const byId = async (db: Database, workspaceId: string, id: string): Promise<Message | null> => {
	const row = await db.models.mailboxMessages
		.findOne({ _id: parseId(id), workspaceId: parseId(workspaceId), deletedAt: null })
		.lean<MailboxMessageRow>();
	if (!row) return null;
	const { messageId, fromName, html, text, source } = row;
	return { ...toHead(row), messageId, fromName, html, text, source };
};

/** Takes all messages out; they are gone for good a minute later. */
export const clear = async (db: Database, workspaceId: string, now: Date): Promise<void> => {
	await repeatable(() =>
		db.models.mailboxMessages.updateMany(
			{ workspaceId: parseId(workspaceId), deletedAt: null },
			{ $set: { deletedAt: now } },
		),
	);
};

/** Brings back what was taken out since. */
export const restore = async (db: Database, workspaceId: string, since: Date): Promise<void> => {
	await repeatable(() =>
		db.models.mailboxMessages.updateMany(
			{ workspaceId: parseId(workspaceId), deletedAt: { $gte: since } },
			{ $set: { deletedAt: null } },
		),
	);
};

// Verbs on the built-in mailbox, a workspace's own.
import type { Database } from './database.ts';
import { ObjectId } from './rows/base.ts';
import { repeatable } from './retry.ts';

export type NewMessage = {
	workspaceId: string;
	messageId: string;
	fromName: string;
	to: string;
	subject: string;
	html: string;
	text: string;
	source: string;
};

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

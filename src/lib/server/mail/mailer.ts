// What the rest of the product may know of sending mail.
import type { Reply } from '#lib/domain/sending/reply.ts';

export type OutgoingMail = {
	to: string;
	subject: string;
	html: string;
	text: string;
	/** Kept on every retry, so that a receiver can tell a repeat. Made by the mailer when left out. */
	messageId?: string;
	/** Display name for the From header; the address is MAIL_FROM's. */
	fromName?: string;
	replyTo?: string;
	headers?: Record<string, string>;
	/** survey mails and alerts may be shown in the built-in mailbox; account mails (sign-in, reset, invite) never. */
	kind: 'survey' | 'alert' | 'account';
	/** Whose mailbox page shows it. Null only for account mails. */
	workspaceId: string | null;
};

/**
 * sent: the server accepted it, with its words.
 * refused: a permanent no, which blames the address (nobody is there) or this message (its content, a policy).
 * later: a passing no for this recipient (4xx); try again after a pause.
 * down: no server to be had, or it takes nothing from us (connection, sign-in, sender); no fault of this mail.
 */
export type Delivery =
	| { outcome: 'sent'; reply: Reply; messageId: string }
	| { outcome: 'refused'; reply: string; blames: 'address' | 'message' }
	| { outcome: 'later'; reply: Reply }
	| { outcome: 'down'; reply: string };

export type Mailer = {
	/** True when mail goes to the built-in mailbox and not to a server. */
	isMailbox: boolean;
	send(mail: OutgoingMail): Promise<Delivery>;
	/** Connects and signs in; where that fails, with the server's own words. */
	check(): Promise<{ ok: true } | { ok: false; reply: string }>;
	close(): Promise<void>;
};

/** No delivery takes longer than this, whatever a server does; leases on mails outlive it. */
export const longestDeliveryMs = 120_000;

/** Connections that each process opens to the mail server at most. */
export const smtpConnections = 5;

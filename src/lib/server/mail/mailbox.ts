// The built-in mailbox: where mail goes when no server is set, as the very message a server would have been given.
import { createTransport } from 'nodemailer';
import type { Mailer } from './mailer.ts';
import { messageFor, parseFrom } from './message.ts';

/** A message as the mailbox page shows it. */
export type KeptMessage = {
	workspaceId: string;
	messageId: string;
	fromName: string;
	to: string;
	subject: string;
	html: string;
	text: string;
	/** The whole message as a mail server would have received it (RFC 5322). */
	source: string;
};

/** Keeps a message; the same Message-ID twice is kept once. */
export type Keep = (message: KeptMessage) => Promise<void>;

/** A mailer that hands messages to `keep`. Account mails (sign-in, reset, invite) are for one person's eyes and are not kept. */
export const mailboxMailer = (settings: { from: string; keep: Keep }): Mailer => {
	const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
	return {
		isMailbox: true,
		async send(mail) {
			const message = messageFor(mail, settings.from);
			if (mail.kind !== 'account' && mail.workspaceId) {
				const composed = await composer.sendMail(message);
				await settings.keep({
					workspaceId: mail.workspaceId,
					messageId: message.messageId,
					fromName: mail.fromName ?? parseFrom(settings.from).name,
					to: mail.to,
					subject: mail.subject,
					html: mail.html,
					text: mail.text,
					source: composed.message.toString('utf8'),
				});
			}
			return { outcome: 'sent', reply: { is: 'kept' }, messageId: message.messageId };
		},
		check: async () => ({ ok: true }),
		close: async () => composer.close(),
	};
};

// Turns a mail of ours into what nodemailer sends: addresses as parts, so that no name can smuggle in another address.
import { randomUUID } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import type { OutgoingMail } from './mailer.ts';

/** The parts of MAIL_FROM: 'Shop <a@shop.example>' → { name: 'Shop', address: 'a@shop.example' }. */
export const parseFrom = (from: string): { name: string; address: string } => {
	const [, name = '', address = from] = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(from) ?? [];
	return { name, address: address.trim() };
};

const oneAddress = /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+$/;

/** What nodemailer is given. Throws, as nodemailer does, for what is not exactly one address. The Message-ID is made here when the mail brings none. */
export const messageFor = (mail: OutgoingMail, mailFrom: string): SendMailOptions & { messageId: string } => {
	const from = parseFrom(mailFrom);
	if (!oneAddress.test(mail.to))
		throw Object.assign(new Error(`"${mail.to}" is not an address that mail can be sent to`), {
			code: 'EENVELOPE',
			command: 'API',
		});
	return {
		from: { name: mail.fromName ?? from.name, address: from.address },
		to: { name: '', address: mail.to },
		envelope: { from: from.address, to: [mail.to] },
		subject: mail.subject,
		html: mail.html,
		text: mail.text,
		messageId: mail.messageId ?? `<${randomUUID()}@${from.address.split('@').at(-1)}>`,
		replyTo: mail.replyTo && { name: '', address: mail.replyTo },
		headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers },
		disableFileAccess: true,
		disableUrlAccess: true,
	};
};

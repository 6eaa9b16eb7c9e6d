// The mailer that speaks SMTP: a small pool, a limit on every wait, and the server's own words.
import { createTransport } from 'nodemailer';
import type { NodemailerError } from 'nodemailer';
import { longestDeliveryMs, smtpConnections, type Mailer } from './mailer.ts';
import { messageFor } from './message.ts';
import { deliveryFailure } from './replies.ts';

const waits = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000, dnsTimeout: 15_000 };

const words = (error: unknown): string => {
	const { response, message } = error as NodemailerError;
	return (response ?? message).trim();
};

/** A mailer for SMTP_URL, such as smtp://user:password@mail.example.com:587, that sends as MAIL_FROM. */
export const smtpMailer = (settings: { url: string; from: string }): Mailer => {
	const pool = createTransport({
		url: settings.url,
		pool: true,
		maxConnections: smtpConnections,
		maxMessages: 500,
		// A connection the server dropped while it was idle costs no attempt.
		maxRequeues: 1,
		...waits,
	});
	return {
		isMailbox: false,
		async send(mail) {
			try {
				const message = messageFor(mail, settings.from);
				const sent = await pool.sendMail({ ...message, signal: AbortSignal.timeout(longestDeliveryMs) });
				return { outcome: 'sent', reply: sent.response, messageId: message.messageId };
			} catch (error) {
				return deliveryFailure(error as NodemailerError);
			}
		},
		async check() {
			// Its own connection, so that the answer is of now and waits behind no mail.
			const single = createTransport({ url: settings.url, ...waits });
			try {
				await single.verify();
				return { ok: true };
			} catch (error) {
				return { ok: false, reply: words(error) };
			} finally {
				single.close();
			}
		},
		async close() {
			pool.close();
		},
	};
};

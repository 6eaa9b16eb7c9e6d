// What a mail server's no means for one mail: whom it blames, and whether trying again can help.
import type { NodemailerError } from 'nodemailer';
import type { Delivery } from './mailer.ts';

/** RFC 3463's class, subject and detail: '550 5.1.1 No such user' → '5.1.1'. */
const enhancedCode = (reply: string): string | null => /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(reply)?.[1] ?? null;

/** Subjects 1 (address) and 2 (mailbox) of RFC 3463 speak of the recipient; 7 (policy) and others of us or the message. */
const blamesAddress = (reply: string, command: string): boolean => {
	const code = enhancedCode(reply);
	if (code) return code.startsWith('5.1.') || code.startsWith('5.2.');
	return command === 'RCPT TO';
};

/** How a delivery failed, from what nodemailer throws. */
export const deliveryFailure = (error: NodemailerError): Delivery => {
	const reply = (error.response ?? error.message).trim();
	const status = error.responseCode ?? 0;
	const command = error.command ?? '';
	const isAboutMail = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
	// 421 closes the session whatever the command was; a refused sender is a setting of ours.
	if (!isAboutMail || command === 'MAIL FROM' || status === 421) return { outcome: 'down', reply };
	// Nodemailer itself found the address unfit to be spoken to a server.
	if (command === 'API') return { outcome: 'refused', reply, blames: 'address' };
	if (status >= 500 && status !== 503)
		return { outcome: 'refused', reply, blames: blamesAddress(reply, command) ? 'address' : 'message' };
	return { outcome: 'later', reply };
};

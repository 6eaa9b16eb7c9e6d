// The link with which somebody chooses a new password.
import { letter } from './layout.ts';
import type { Mail } from './mail.ts';

/** `minutes`: how long the link works. */
export const passwordReset = ({ url, minutes }: { url: string; minutes: number }): Mail =>
	letter({
		subject: 'Choose a new password for Heed',
		heading: 'Choose a new password',
		blocks: [
			{ paragraph: `Somebody, we hope you, asked for a new password. This link works once, for ${minutes} minutes.` },
			{ button: { label: 'Choose a new password', url } },
			{ paragraph: 'If it was not you, do nothing: your password stays as it is.' },
		],
		why: 'You received this message because this address belongs to an account in Heed.',
	});

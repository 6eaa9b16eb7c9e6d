// The link with which somebody chooses a new password.
import { t } from '#lib/messages/managers.ts';
import { letter } from './layout.ts';
import type { Mail } from './mail.ts';

/** `minutes`: how long the link works. */
export const passwordReset = ({ url, minutes }: { url: string; minutes: number }): Mail =>
	letter({
		subject: t.account_letter_reset_subject(),
		heading: t.account_reset_title(),
		blocks: [
			{ paragraph: t.account_letter_reset_text({ n: minutes }) },
			{ button: { label: t.account_reset_title(), url } },
			{ paragraph: t.account_letter_reset_not_you() },
		],
		why: t.account_letter_reset_why(),
	});

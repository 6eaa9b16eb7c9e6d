// The message by which an owner sees that mail really arrives.
import { t } from '#lib/messages/managers.ts';
import { letter } from './layout.ts';
import type { Mail } from './mail.ts';

export const mailCheck = ({
	workspace,
	from,
	publicUrl,
}: {
	workspace: string;
	from: string;
	publicUrl: string;
}): Mail =>
	letter({
		subject: t.account_letter_check_subject({ workspace }),
		heading: t.account_letter_check_heading(),
		blocks: [
			{ paragraph: t.account_letter_check_text() },
			{
				facts: [
					[t.account_mailbox_from(), from],
					[t.account_mail_links(), publicUrl],
				],
			},
		],
		why: t.account_letter_check_why({ workspace }),
	});

// The link with which a colleague joins a workspace.
import type { Role } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import { letter } from './layout.ts';
import type { Mail } from './mail.ts';

/** `days`: how long the link works. */
export const colleagueInvite = ({
	inviter,
	workspace,
	role,
	url,
	days,
}: {
	inviter: string;
	workspace: string;
	role: Role;
	url: string;
	days: number;
}): Mail =>
	letter({
		subject: t.account_letter_invite_subject({ inviter, workspace }),
		heading: t.account_join_title({ workspace }),
		blocks: [
			{ paragraph: t.account_letter_invite_text({ inviter, workspace, role }) },
			{ button: { label: t.account_letter_invite_accept(), url } },
			{ paragraph: t.account_letter_invite_days({ n: days }) },
		],
		why: t.account_letter_invite_why({ inviter }),
	});

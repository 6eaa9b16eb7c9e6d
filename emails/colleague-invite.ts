// The link with which a colleague joins a workspace.
import type { Role } from '#lib/domain/workspace/workspace.ts';
import { letter } from './layout.ts';
import type { Mail } from './mail.ts';

const may: Record<Role, string> = {
	viewer: 'see every survey, answer and score',
	member: 'make surveys, send them and see the answers',
	owner: 'do everything, including inviting others',
};

/** `days`: how long the link works. */
export const colleagueInvite = (invite: {
	inviter: string;
	workspace: string;
	role: Role;
	url: string;
	days: number;
}): Mail =>
	letter({
		subject: `${invite.inviter} invites you to ${invite.workspace} in Heed`,
		heading: `Join ${invite.workspace}`,
		blocks: [
			{
				paragraph: `${invite.inviter} invites you to ${invite.workspace}, where your team asks customers one question and sees whether the score moved. As ${invite.role} you can ${may[invite.role]}.`,
			},
			{ button: { label: 'Accept the invitation', url: invite.url } },
			{ paragraph: `The link works for ${invite.days} days.` },
		],
		why: `You received this message because ${invite.inviter} entered your address. If you do not know them, do nothing.`,
	});

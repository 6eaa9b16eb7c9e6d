// Where a workspace's pages are: the one list that the sidebar, the phone's bar and its menu read.
import { isAtLeast, type Role } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import type { IconName } from './icons.ts';

export type Place = {
	href: string;
	label: string;
	icon: IconName;
	/** Pages elsewhere that belong to it. */
	others?: string[];
};

/** The places one may go to in a workspace, the everyday ones first. */
export function places(slug: string, role: Role, hasMailbox: boolean): { daily: Place[]; further: Place[] } {
	const base = `/w/${slug}`;
	const further: Place[] = [{ href: `${base}/team`, label: t.account_team_title(), icon: 'team' }];
	if (isAtLeast(role, 'member'))
		further.push({ href: `${base}/settings`, label: t.account_settings_title(), icon: 'settings' });
	if (hasMailbox && role === 'owner')
		further.push({ href: '/mailbox', label: t.account_mailbox_title(), icon: 'mailbox' });
	return {
		daily: [
			{ href: `${base}/surveys`, label: t.common_surveys(), icon: 'surveys' },
			{ href: `${base}/people`, label: t.common_people(), icon: 'people', others: [`${base}/imports`] },
			{ href: `${base}/sendings`, label: t.common_sendings(), icon: 'sendings' },
		],
		further,
	};
}

/** Whether a path is at a place or below it. */
export const isAt = ({ href, others = [] }: Pick<Place, 'href' | 'others'>, path: string): boolean =>
	[href, ...others].some((start) => path === start || path.startsWith(`${start}/`));

// What sendings are called on the managers' pages.
import type { LeftOut } from '#lib/domain/contact/asking.ts';
import type { Audience, InvitationStatus, SendingStatus } from '#lib/domain/sending/sending.ts';
import type { MessageTone } from './tone.ts';

export const sendingStates: Record<SendingStatus, { label: string; tone: MessageTone }> = {
	scheduled: { label: 'Scheduled', tone: 'info' },
	preparing: { label: 'Sending', tone: 'info' },
	sending: { label: 'Sending', tone: 'info' },
	held: { label: 'On hold', tone: 'warning' },
	done: { label: 'Sent', tone: 'success' },
	cancelled: { label: 'Stopped', tone: 'neutral' },
};

export const invitationStates: Record<InvitationStatus, { label: string; tone: MessageTone }> = {
	scheduled: { label: 'Waiting', tone: 'info' },
	leased: { label: 'Being sent', tone: 'info' },
	held: { label: 'On hold', tone: 'warning' },
	sent: { label: 'Sent', tone: 'success' },
	refused: { label: 'Refused', tone: 'danger' },
	failed: { label: 'Given up', tone: 'danger' },
	cancelled: { label: 'Not sent', tone: 'neutral' },
};

/** Why people are left out: the reason, and what it means. */
export const leftOutWords: Record<LeftOut, { label: string; meaning: (quietDays: number) => string }> = {
	unsubscribed: { label: 'Unsubscribed', meaning: () => 'They asked not to get your surveys' },
	refused: { label: 'Refused by their server', meaning: () => 'Their mail server said that the address does not work' },
	askedLately: {
		label: 'Asked lately',
		meaning: (days) => `A survey of this workspace was sent to them in the last ${days === 1 ? 'day' : `${days} days`}`,
	},
	sample: { label: 'Sample people', meaning: () => 'Made up, or at an address where nobody can be' },
};

/** Everybody, or: plan = pro */
export const describeAudience = (audience: Audience): string =>
	audience.kind === 'all' ? 'Everybody' : `${audience.key} = ${audience.value}`;

// What sendings are called on the managers' pages.
import type { LeftOut } from '#lib/domain/contact/asking.ts';
import type { Audience, InvitationStatus, SendingStatus } from '#lib/domain/sending/sending.ts';
import { t } from '#lib/messages/managers.ts';
import type { MessageTone } from './tone.ts';

export const sendingStates: Record<SendingStatus, { label: () => string; tone: MessageTone }> = {
	scheduled: { label: t.sendings_state_scheduled, tone: 'info' },
	preparing: { label: t.sendings_state_sending, tone: 'info' },
	sending: { label: t.sendings_state_sending, tone: 'info' },
	held: { label: t.sendings_state_held, tone: 'warning' },
	done: { label: t.sendings_state_done, tone: 'success' },
	cancelled: { label: t.sendings_state_cancelled, tone: 'neutral' },
};

export const invitationStates: Record<InvitationStatus, { label: () => string; tone: MessageTone }> = {
	scheduled: { label: t.sendings_mail_waiting, tone: 'info' },
	leased: { label: t.sendings_mail_leased, tone: 'info' },
	held: { label: t.sendings_mail_held, tone: 'warning' },
	sent: { label: t.sendings_mail_sent, tone: 'success' },
	refused: { label: t.sendings_mail_refused, tone: 'danger' },
	failed: { label: t.sendings_mail_failed, tone: 'danger' },
	cancelled: { label: t.sendings_mail_cancelled, tone: 'neutral' },
};

type LeftOutWords = { label: () => string; meaning: (quietDays: number) => string; list: () => string };

/** Why people are left out: the reason, what it means, and what a list of such people is called. */
export const leftOutWords: Record<LeftOut, LeftOutWords> = {
	unsubscribed: {
		label: t.sendings_unsubscribed,
		meaning: () => t.sendings_unsubscribed_meaning(),
		list: t.sendings_unsubscribed_list,
	},
	refused: {
		label: t.sendings_refused,
		meaning: () => t.sendings_refused_meaning(),
		list: t.sendings_refused_list,
	},
	askedLately: {
		label: t.sendings_asked_lately,
		meaning: (days) => t.sendings_asked_lately_meaning({ days }),
		list: t.sendings_asked_lately_list,
	},
	sample: { label: t.sendings_sample, meaning: () => t.sendings_sample_meaning(), list: t.sendings_sample_list },
};

/** Everybody, or: plan = pro */
export const describeAudience = (audience: Audience): string =>
	audience.kind === 'all' ? t.sendings_everybody() : `${audience.key} = ${audience.value}`;

// Who may be asked now, and if not, why: the one rule that the preview counts by and the sending goes by.
import { isReservedAddress } from './address.ts';
import type { Contact } from './contact.ts';

/**
 * Why somebody is left out, in the order in which it is looked at: who unsubscribed is never counted as asked lately.
 * sample: nobody is there; unsubscribed; refused: their mail server said no for good; askedLately: within the quiet period.
 */
export const leftOutReasons = ['sample', 'unsubscribed', 'refused', 'askedLately'] as const;
export type LeftOut = (typeof leftOutReasons)[number];

export type AskingRules = {
	/** Asked after this, somebody is left in peace. Null: no quiet period. */
	askedSince: Date | null;
	/** Whether mail goes to a real server, so that addresses where nobody can be are left out. */
	isForReal: boolean;
};

const dayMs = 86_400_000;

/** The rules at a moment: 30 quiet days before 2026-03-31T09:00Z reach back to 2026-03-01T09:00Z, itself askable again. */
export const rulesAt = (now: Date, quietDays: number, isForReal: boolean): AskingRules => ({
	askedSince: quietDays > 0 ? new Date(now.getTime() - quietDays * dayMs) : null,
	isForReal,
});

/** Why this person is left out, or null when they may be asked. */
export const whyLeftOut = (
	contact: Pick<Contact, 'address' | 'isSample' | 'unsubscribedAt' | 'bouncedAt' | 'lastAskedAt'>,
	{ askedSince, isForReal }: AskingRules,
): LeftOut | null => {
	if (contact.isSample || (isForReal && isReservedAddress(contact.address))) return 'sample';
	if (contact.unsubscribedAt) return 'unsubscribed';
	if (contact.bouncedAt) return 'refused';
	if (askedSince && contact.lastAskedAt && contact.lastAskedAt > askedSince) return 'askedLately';
	return null;
};

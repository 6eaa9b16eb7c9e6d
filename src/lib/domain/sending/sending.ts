// One survey going out to an audience, and the one question to one person that it is made of.
import type { LeftOut } from '../contact/asking.ts';
import type { Reply } from './reply.ts';

/** Everyone, or everyone whose property `key` has `value`. */
export type Audience = { kind: 'all' } | { kind: 'property'; key: string; value: string };

/**
 * scheduled → preparing → sending → done; held while the survey takes no answers; cancelled at any time before done.
 * Mail goes out while it is still being prepared.
 */
export type SendingStatus = 'scheduled' | 'preparing' | 'sending' | 'held' | 'done' | 'cancelled';

export type Sending = {
	id: string;
	workspaceId: string;
	surveyId: string;
	version: number;
	audience: Audience;
	status: SendingStatus;
	/** When it starts. */
	sendAt: Date;
	/** Once everybody in the audience was either invited or left out. */
	preparedAt: Date | null;
	/** How many were invited so far, and how many were left out, by reason. */
	invited: number;
	leftOut: Record<LeftOut, number>;
	cancelledAt: Date | null;
	createdBy: string;
	createdAt: Date;
};

/**
 * scheduled → leased → sent, or refused (by the customer's server, for good), failed (given up), cancelled.
 * held: as scheduled, but its sending is held. Whether it was answered is `answeredAt`, beside the state.
 */
export type InvitationStatus = 'scheduled' | 'leased' | 'held' | 'sent' | 'refused' | 'failed' | 'cancelled';

export type Invitation = {
	id: string;
	workspaceId: string;
	/** Null for a test send. */
	sendingId: string | null;
	surveyId: string;
	version: number;
	contactId: string | null;
	address: string;
	language: string;
	isTest: boolean;
	status: InvitationStatus;
	/** When it is to be sent; while leased, when the lease ends. */
	dueAt: Date;
	attempts: number;
	messageId: string | null;
	/** The mail server's last words, or why it was not sent. */
	lastReply: Reply | null;
	sentAt: Date | null;
	answeredAt: Date | null;
	createdAt: Date;
};

/** Whether an address leads only to this machine, so that a customer's click on it would reach nobody: http://localhost:3000. */
export const isLoopback = (url: string): boolean => {
	const { hostname } = new URL(url);
	return /^(localhost|.+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/.test(hostname);
};

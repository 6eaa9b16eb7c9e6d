// One survey going out to an audience, and the one question to one person that it is made of.

/** Everyone, or everyone whose property `key` has `value`. */
export type Audience = { kind: 'all' } | { kind: 'property'; key: string; value: string };

export type SendingStatus = 'scheduled' | 'preparing' | 'sending' | 'done' | 'cancelled';

export type Sending = {
	id: string;
	workspaceId: string;
	surveyId: string;
	version: number;
	audience: Audience;
	status: SendingStatus;
	/** When it starts. */
	sendAt: Date;
	createdBy: string;
	createdAt: Date;
};

/**
 * scheduled → leased → sent, or refused (by the customer's server, for good), failed (given up), cancelled.
 * Whether it was answered is `answeredAt`, beside the state.
 */
export type InvitationStatus = 'scheduled' | 'leased' | 'sent' | 'refused' | 'failed' | 'cancelled';

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
	dueAt: Date;
	attempts: number;
	messageId: string | null;
	/** The mail server's last words. */
	lastReply: string | null;
	sentAt: Date | null;
	answeredAt: Date | null;
	createdAt: Date;
};

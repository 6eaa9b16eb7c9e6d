// An answer: the truth that every number is counted from.
import type { Property } from '../contact/contact.ts';

/** How an answer came in. */
export const channels = ['email', 'link', 'embed', 'import'] as const;
export type Channel = (typeof channels)[number];

/** Only `real` answers are counted, exported and mailed about; a sample survey shows its `sample` ones. */
export type ResponseKind = 'real' | 'test' | 'preview' | 'sample';

export type Response = {
	id: string;
	workspaceId: string;
	surveyId: string;
	version: number;
	kind: ResponseKind;
	channel: Channel;
	score: number;
	comment: string;
	language: string;
	/** The person's properties as they were when they answered. */
	properties: Property[];
	contactId: string | null;
	invitationId: string | null;
	importId: string | null;
	/** An id from elsewhere, unique within the survey. */
	externalId: string | null;
	askedAt: Date | null;
	answeredAt: Date;
	updatedAt: Date;
};

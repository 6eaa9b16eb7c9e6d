// An answer: the truth that every number is counted from.
import type { Property } from '../contact/contact.ts';
import type { GivenAnswer } from '../survey/answer-value.ts';

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
	/** To the questions after the score, in the order they were asked. */
	answers: GivenAnswer[];
	/** The last question of the page that they went on from last, answered or not. */
	reached?: string | null;
	/** Whether they may be contacted about it; null where nobody asked, or they did not say. */
	mayContact: boolean | null;
	/** Where to, given by somebody who is no known person. */
	contactEmail: string | null;
	language: string;
	/** The person's properties as they were when they were asked, or what a shared link carried. */
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

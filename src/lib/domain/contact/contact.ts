// The customers: who they are and what is known of them.
import type { Language } from '../survey/language.ts';

/** Strangers choose the keys, so properties are rows and never field names. */
export type Property = { key: string; value: string };

export type Contact = {
	id: string;
	workspaceId: string;
	/** Lower-cased e-mail address, unique in the workspace. */
	address: string;
	/** The address as it was written. */
	email: string;
	name: string;
	language: Language | null;
	properties: Property[];
	lastAskedAt: Date | null;
	unsubscribedAt: Date | null;
	/** When their mail server refused for good, and in which words. */
	bouncedAt: Date | null;
	bounceReason: string | null;
	isSample: boolean;
	createdAt: Date;
};

// What a customer's page shows: the question with what was typed so far, or the answer that was given.
import type { Definition } from '../survey/definition.ts';
import type { Language } from '../survey/language.ts';

/** What was wrong with what a customer sent, and where. */
export type Problem = { field: 'score' } | { field: 'comment'; length: number } | { field: 'too-many' };

/** What could not be taken, shown so that it can be copied. */
export type Unsent = { score: number | null; comment: string };

/** Who asks, and how it looks. */
export type Letterhead = {
	company: string;
	/** Address of the logo, or null. */
	logo: string | null;
	/** #rrggbb */
	colour: string;
	language: Language;
	/** Said where answers are not counted. */
	note: 'preview' | 'test' | null;
	/** A page in another site's frame is light unless that site says that it can be dark. */
	theme: 'auto' | 'light' | 'dark';
	/** Where moments are told in. */
	timeZone: string;
};

export type QuestionStep = {
	step: 'question';
	version: number;
	score: number | null;
	comment: string;
	/** From an open link: makes the same form sent twice one answer. Null for an invitation, which is its own key. */
	submissionKey: string | null;
	/** Whether an answer was given already, and this changes it. */
	isChange: boolean;
	problem: Problem | null;
};

export type News = 'given' | 'changed' | 'too-late';

export type AnsweredStep = {
	step: 'answered';
	score: number;
	comment: string;
	submissionKey: string | null;
	/** Whether it was given or changed just now, or came too late to be changed; null on a later visit. */
	news: News | null;
	unsent: Unsent | null;
	/** Null when it can be changed no more. */
	changeUntil: Date | null;
	timeZone: string;
};

export type Asking = { head: Letterhead; definition: Definition } & (QuestionStep | AnsweredStep);

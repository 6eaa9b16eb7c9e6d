// What a customer's page shows: the score's question, the questions after it, or the answer that was given.
import type { GivenAnswer } from '../survey/answer-value.ts';
import type { Brand } from '../survey/brand.ts';
import type { Definition } from '../survey/definition.ts';
import type { Language } from '../survey/language.ts';
import type { Person } from '../survey/personal.ts';
import type { Question } from '../survey/question.ts';
import type { AnswerProblem } from './reading.ts';
import type { Typed } from './typed.ts';

/** What was wrong with what a customer sent, and where. */
export type Problem = { field: 'score' } | { field: 'comment'; length: number } | { field: 'too-many' };

/** What could not be taken, shown so that it can be copied. */
export type Unsent = { score: number | null; comment: string; answers?: GivenAnswer[] };

/** Who asks, and how it looks. */
export type Letterhead = {
	company: string;
	/** Address of the logo, or null. */
	logo: string | null;
	/** #rrggbb */
	colour: string;
	/** What else the survey's brand says about looks; the product's own where it is left out. */
	style?: Pick<Brand, 'typeface' | 'corner' | 'background'>;
	language: Language;
	/** Said where answers are not counted. */
	note: 'preview' | 'test' | null;
	/** A page in another site's frame is light unless that site says that it can be dark. */
	theme: 'auto' | 'light' | 'dark';
	/** Where moments are told in. */
	timeZone: string;
	/** Where forms are sent, as in <form action>; to the page's own address when left out. */
	action?: string;
};

/** What each page sends along, so that the next one knows where it is. */
type Carried = {
	version: number;
	/** From an open link: makes the same form sent twice one answer. Null for an invitation, which is its own key. */
	submissionKey: string | null;
	/** Whether an answer was given already, and this changes it. */
	isChange: boolean;
};

export type QuestionStep = Carried & {
	step: 'question';
	score: number | null;
	comment: string;
	/** What a shared link carried, by the names that the survey has for it. */
	hidden: { key: string; value: string }[];
	problem: Problem | null;
};

export type MoreStep = Carried & {
	step: 'more';
	/** Those of this page. */
	questions: Question[];
	/** The ids of those on the pages before it. */
	asked: string[];
	typed: Typed;
	/** By question id. */
	problems: Partial<Record<string, AnswerProblem>>;
	/** From which the order of shuffled options follows. */
	seed: string;
	/** They came back to it later: what they gave before may be what they came for. */
	isResumed?: boolean;
};

export type News = 'given' | 'changed' | 'permission' | 'too-late';

export type AnsweredStep = {
	step: 'answered';
	version: number;
	score: number;
	comment: string;
	answers: GivenAnswer[];
	submissionKey: string | null;
	/** Whether it was given or changed just now, or came too late to be changed; null on a later visit. */
	news: News | null;
	unsent: Unsent | null;
	/** Null when it can be changed no more. */
	changeUntil: Date | null;
	timeZone: string;
	/** Whether they may be contacted, where to when they are no known person, and whether that has to be asked. */
	contact: { may: boolean | null; email: string; needsEmail: boolean; isEmailWrong: boolean };
};

export type Step = QuestionStep | MoreStep | AnsweredStep;
export type Asking = { head: Letterhead; definition: Definition; person: Person } & Step;

// What the builder calls the parts of a survey.
import type { EndingKind } from '#lib/domain/survey/ending.ts';
import type { Bucket, Look } from '#lib/domain/survey/metric.ts';
import type { QuestionKind } from '#lib/domain/survey/question.ts';
import { bucketNames } from './report-words.ts';

export const kindNames: Record<QuestionKind, string> = {
	'short-text': 'Short text',
	'long-text': 'Long text',
	'one-choice': 'One choice',
	'many-choices': 'Several choices',
	rating: 'Rating',
	matrix: 'Matrix',
	ranking: 'Ranking',
	date: 'Date',
	'yes-no': 'Yes or no',
	email: 'E-mail address',
	phone: 'Phone number',
	number: 'Number',
	consent: 'Consent',
};

/** The kinds as they are offered, what is used most first. */
export const kindGroups: { label: string; kinds: QuestionKind[] }[] = [
	{ label: 'To choose', kinds: ['one-choice', 'many-choices', 'yes-no', 'rating', 'matrix', 'ranking'] },
	{ label: 'To write', kinds: ['short-text', 'long-text', 'number', 'date'] },
	{ label: 'To be reached', kinds: ['email', 'phone', 'consent'] },
];

export const lookNames: Record<Look, string> = {
	numbers: 'Numbers',
	faces: 'Faces',
	stars: 'Stars',
	words: 'Words',
	thumbs: 'Thumbs',
};

/** Buckets as the builder speaks of them: as in a report, but in a sentence where one word would not say what was. */
export const bucketWords: Record<Bucket, string> = { ...bucketNames, hard: 'It was hard', easy: 'It was easy' };

export const endingNames: Record<EndingKind, string> = {
	thanks: 'Thank them',
	permission: 'Ask whether you may contact them',
	promise: 'Promise a reply',
	link: 'Send them to a page, such as a review',
};

/** 0–6, or 3 where a part of the scale is one step. */
export const rangeText = (from: number, upTo: number): string => (from === upTo ? `${from}` : `${from}–${upTo}`);

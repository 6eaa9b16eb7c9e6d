// What the builder calls the parts of a survey.
import type { EndingKind } from '#lib/domain/survey/ending.ts';
import type { Bucket, Look } from '#lib/domain/survey/metric.ts';
import type { QuestionKind } from '#lib/domain/survey/question.ts';
import { t, writtenIn } from '#lib/messages/managers.ts';
import { bucketNames } from './report-words.ts';

export const kindNames: Record<QuestionKind, () => string> = {
	'short-text': t.builder_kind_short_text,
	'long-text': t.builder_kind_long_text,
	'one-choice': t.builder_kind_one_choice,
	'many-choices': t.builder_kind_many_choices,
	rating: t.builder_kind_rating,
	matrix: t.builder_kind_matrix,
	ranking: t.builder_kind_ranking,
	date: t.builder_kind_date,
	'yes-no': t.builder_kind_yes_no,
	email: t.builder_kind_email,
	phone: t.builder_kind_phone,
	number: t.builder_kind_number,
	consent: t.builder_kind_consent,
};

/** The kinds as they are offered, what is used most first. */
export const kindGroups: { label: () => string; kinds: QuestionKind[] }[] = [
	{ label: t.builder_kinds_to_choose, kinds: ['one-choice', 'many-choices', 'yes-no', 'rating', 'matrix', 'ranking'] },
	{ label: t.builder_kinds_to_write, kinds: ['short-text', 'long-text', 'number', 'date'] },
	{ label: t.builder_kinds_to_reach, kinds: ['email', 'phone', 'consent'] },
];

export const lookNames: Record<Look, () => string> = {
	numbers: t.builder_look_numbers,
	faces: t.builder_look_faces,
	stars: t.builder_look_stars,
	words: t.builder_look_words,
	thumbs: t.builder_look_thumbs,
};

/** Buckets as the builder speaks of them: as in a report, but in a sentence where one word would not say what was. */
export const bucketWords: Record<Bucket, () => string> = {
	...bucketNames,
	hard: t.builder_bucket_hard,
	easy: t.builder_bucket_easy,
};

export const endingNames: Record<EndingKind, () => string> = {
	thanks: t.builder_ending_thanks,
	permission: t.builder_ending_permission,
	promise: t.builder_ending_promise,
	link: t.builder_ending_link,
};

/** 0–6, or 3 where a part of the scale is one step. */
export const rangeText = (from: number, upTo: number): string => (from === upTo ? `${from}` : `${from}–${upTo}`);

/** "a, b or c" */
export const either = (words: readonly string[]): string =>
	new Intl.ListFormat(writtenIn(), { type: 'disjunction' }).format(words);

/** "a, b and c" */
export const together = (words: readonly string[]): string =>
	new Intl.ListFormat(writtenIn(), { type: 'conjunction' }).format(words);

/** "a, b, c" */
export const listed = (words: readonly string[]): string =>
	new Intl.ListFormat(writtenIn(), { type: 'unit', style: 'short' }).format(words);

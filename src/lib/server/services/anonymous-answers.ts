// What anonymous answers say in words and choices: each question on its own, so that no two can be put together.
import { Conflict } from '#lib/domain/errors.ts';
import * as anonymity from '#lib/domain/report/anonymity.ts';
import { byteOrderMark, csvRecord } from '#lib/domain/report/csv.ts';
import type { Filters } from '#lib/domain/report/filters.ts';
import { lists } from '#lib/domain/report/matching.ts';
import { choicesIn, choicesOf, ownWords, valuesOf, type Told } from '#lib/domain/report/told.ts';
import type { Response } from '#lib/domain/response/response.ts';
import type { AnswerValue } from '#lib/domain/survey/answer-value.ts';
import type { Scale } from '#lib/domain/survey/metric.ts';
import { lastDayOf } from '#lib/domain/time/day.ts';
import { allSaid } from '#lib/messages/answers.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import { open, type Basis } from './anonymous.ts';
import { toldOf } from './anonymous-told.ts';

/** Words with the weeks that they were written in. */
type Written = { text: string; from: string; until: string };

/** A comment with the weeks that it was given in. */
export type AnonymousComment = { id: string; comment: string; from: string; until: string };

/** What is told of a question. */
export type AnonymousQuestion = {
	id: string;
	title: string;
	/** Of how many answers of which weeks it is told, and how many of these said something; null where all wait. */
	told: { of: number; from: string; until: string } | null;
	answered: number;
	/** Most chosen first. */
	choices: { text: string; count: number }[];
	/** How many made one of the choices that are told as one, because some of them are rare. */
	rest: { texts: string[]; count: number };
	/** Of numbers and ratings, the latter up to `points`. */
	mean: number | null;
	points: number | null;
	/** In no order within their weeks. */
	texts: Written[];
	/** Newer answers wait until there are enough of them. */
	isWaiting: boolean;
};

export type AnonymousAnswers = {
	/** Newest weeks first and in no order within them; null where these are too few. */
	comments: AnonymousComment[] | null;
	questions: AnonymousQuestion[];
};

const commentsOf = (shown: readonly Told<Response>[], filters: Filters, scale: Scale): AnonymousComment[] | null => {
	const answers = shown.flatMap(({ from, until, answers }) => answers.map((answer) => ({ ...answer, from, until })));
	const matching = anonymity.listed(answers, lists(filters, scale));
	if (matching.length === 0 && (filters.bucket || filters.words)) return null;
	return matching
		.filter(({ comment }) => comment !== '')
		.sort((a, b) => (a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? 1 : -1))
		.map(({ id, comment, from, until }) => ({ id, comment, from, until }));
};

type Found = Awaited<ReturnType<typeof toldOf>>;

/** Sums up a question over the weeks that it is told of. */
const questionOf = (
	{ versions, questions, all }: Found,
	id: string,
	range: { from: string; until: string },
): AnonymousQuestion => {
	const everything = questions.get(id) ?? [];
	const told = anonymity.within(everything, range);
	const definitionOf = (number: number) => versions.find(({ version }) => version === number)?.definition;
	/** A value in words, by the version it was given to. */
	const read = (version: number, value: AnswerValue) => {
		const definition = definitionOf(version);
		return (definition && allSaid(definition, [{ question: id, value }], '')[0]?.answer) ?? '';
	};
	/** A choice in words, by the newest version it was made in. */
	const name = (choice: string, answers: readonly Response[]) => {
		const makers = answers.filter(({ answers }) =>
			answers.some(
				({ question, value }) => question === id && choicesIn(value).some((each) => JSON.stringify(each) === choice),
			),
		);
		return read(Math.max(...makers.map(({ version }) => version)), JSON.parse(choice) as AnswerValue);
	};
	const counts = new Map<string, number>();
	const merged = new Set<string>();
	let [answered, rest] = [0, 0];
	const figures: number[] = [];
	const texts: Written[] = [];
	for (const { from, until, answers } of told.toReversed()) {
		const choices = choicesOf(id, answers);
		const values = valuesOf(id, answers);
		answered += choices.answered.size;
		rest += choices.rest.size;
		for (const [choice, { size }] of choices.byChoice) counts.set(choice, (counts.get(choice) ?? 0) + size);
		for (const choice of choices.merged) merged.add(choice);
		const hasOwnWords = choices.byChoice.has(JSON.stringify(ownWords));
		const words: string[] = [];
		for (const { id, version } of answers) {
			const value = values.get(id);
			if (typeof value === 'number') figures.push(value);
			else if (typeof value === 'string') words.push(read(version, value));
			else if (hasOwnWords && typeof value === 'object' && 'other' in value && value.other) words.push(value.other);
		}
		// By the words alone: any other order could be laid beside that of the comments.
		texts.push(...words.sort().map((text) => ({ text, from, until })));
	}
	const everyone = told.flatMap(({ answers }) => answers);
	const newest = versions.find(({ definition }) => definition.questions.some((question) => question.id === id));
	const question = newest?.definition.questions.find((question) => question.id === id);
	const title = newest?.definition.texts[newest.definition.language]?.questions?.[id]?.title;
	return {
		id,
		title: title || id,
		told: told.length
			? {
					of: told.reduce((sum, { answers }) => sum + answers.length, 0),
					from: told[0]!.from,
					until: told.at(-1)!.until,
				}
			: null,
		answered,
		choices: [...counts]
			.map(([choice, count]) => ({ text: name(choice, everyone), count }))
			.sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1)),
		rest: { texts: [...merged].map((choice) => name(choice, everyone)).sort(), count: rest },
		mean: figures.length ? figures.reduce((sum, figure) => sum + figure, 0) / figures.length : null,
		points: question?.kind === 'rating' ? question.points : null,
		texts,
		isWaiting: (everything.at(-1)?.until ?? '') < (all.at(-1)?.until ?? ''),
	};
};

/** The comments that an address lists, and what is told of each question in its range. */
export const list = async (
	ctx: Context,
	basis: Omit<Basis, 'isComplete'>,
	scale: Scale,
	asked: Filters,
): Promise<AnonymousAnswers> => {
	const { filters, range, batches } = await open(ctx, { ...basis, isComplete: false }, asked);
	const found = await toldOf(ctx, basis, scale, batches);
	// Narrowed to a bucket, only those are listed whose buckets are told.
	const shown = anonymity.within(filters.bucket ? found.buckets : found.all, range);
	const ids = found.versions.flatMap(({ definition }) => definition.questions.map(({ id }) => id));
	return {
		comments: commentsOf(shown, filters, scale),
		questions: [...new Set(ids)].map((id) => questionOf(found, id, range)),
	};
};

/** The same as CSV. Neither score nor week of a single answer is in it. */
export async function* lines(ctx: Context, basis: Basis, scale: Scale, asked: Filters): AsyncGenerator<string> {
	const { comments, questions } = await list(ctx, basis, scale, asked);
	yield byteOrderMark + csvRecord(['First day', 'Last day', 'Comment', 'Question', 'Answer', 'Answers']);
	for (const { from, until, comment } of comments ?? [])
		yield csvRecord([from, lastDayOf({ from, until }), comment, null, null, null]);
	for (const { id, title, told, choices, rest, mean, answered, texts } of questions) {
		if (!told) continue;
		const heading = title === id ? id : `${title} (${id})`;
		const line = ({ from, until }: { from: string; until: string }, answer: string | number, count: number | null) =>
			csvRecord([from, lastDayOf({ from, until }), null, heading, answer, count]);
		for (const { text, count } of choices) yield line(told, text, count);
		if (rest.count > 0) yield line(told, rest.texts.join(' + '), rest.count);
		if (mean !== null) yield line(told, mean, answered);
		for (const written of texts) yield line(written, written.text, null);
	}
}

/** Of an anonymous survey nobody is known. Throws Conflict. */
export const refusePeople = (): never => {
	throw new Conflict(t.report_no_people_export());
};

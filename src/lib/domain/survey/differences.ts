// What is different between two versions of a survey, one thing after the other.
import type { Definition } from './definition.ts';
import { between, minor, same, type Difference } from './difference.ts';
import { partsOf } from './edits.ts';
import type { Ending } from './ending.ts';
import { languages, type Language } from './language.ts';
import { buckets } from './metric.ts';
import { questionDifferences, ruleDifferences } from './question-differences.ts';
import type { Spot } from './text-places.ts';
import type { QuestionTexts, Texts } from './texts.ts';

export type { Difference } from './difference.ts';

const scaleDifferences = (before: Definition, after: Definition): Difference[] => {
	const [a, b] = [before.scale, after.scale];
	return [
		...between(before.metric, after.metric, (both) => ({ kind: 'metric', ...both }), true),
		...between(before.template, after.template, () => ({ kind: 'template' }), true),
		...between(a.points, b.points, (both) => ({ kind: 'points', ...both }), true),
		...between(a.look, b.look, (both) => ({ kind: 'look', ...both }), true),
		...between(a.order, b.order, (both) => ({ kind: 'order', ...both }), true),
	];
};

const textDifferences = (language: Language, before: Definition, after: Definition): Difference[] => {
	const [was, is]: [Texts, Texts] = [before.texts[language] ?? {}, after.texts[language] ?? {}];
	// Translations follow the wording they are of; comparison ends with what most people were asked.
	const isBase = language === after.language;
	const worded = (spot: Spot, from: string | undefined, to: string | undefined, endsComparison = false) =>
		between(from ?? null, to ?? null, (both) => ({ kind: 'wording', spot, language, ...both }), endsComparison);
	const none: QuestionTexts = {};
	return [
		...worded({ of: 'question' }, was.question, is.question, isBase),
		...worded({ of: 'low-end' }, was.lowLabel, is.lowLabel, isBase),
		...worded({ of: 'high-end' }, was.highLabel, is.highLabel, isBase),
		...buckets.flatMap((bucket) =>
			worded({ of: 'follow-up', bucket }, was.followUps?.[bucket], is.followUps?.[bucket]),
		),
		...after.questions.flatMap((asked, index) => {
			const { id } = asked;
			if (!before.questions.some((each) => each.id === id)) return [];
			const [old, now, question] = [was.questions?.[id] ?? none, is.questions?.[id] ?? none, index + 1];
			return [
				...worded({ of: 'title', question }, old.title, now.title),
				...worded({ of: 'description', question }, old.description, now.description),
				...worded({ of: 'low-label', question }, old.lowLabel, now.lowLabel),
				...worded({ of: 'high-label', question }, old.highLabel, now.highLabel),
				...partsOf(asked, 'options').flatMap((part, at) =>
					worded({ of: 'option', question, number: at + 1 }, old.options?.[part], now.options?.[part]),
				),
				...partsOf(asked, 'rows').flatMap((part, at) =>
					worded({ of: 'row', question, number: at + 1 }, old.rows?.[part], now.rows?.[part]),
				),
			];
		}),
		...worded({ of: 'thanks' }, was.thanks, is.thanks),
		...buckets.flatMap((bucket) => [
			...worded({ of: 'ending', bucket }, was.endings?.[bucket]?.text, is.endings?.[bucket]?.text),
			...worded({ of: 'ending-button', bucket }, was.endings?.[bucket]?.button, is.endings?.[bucket]?.button),
		]),
		...worded({ of: 'subject' }, was.subject, is.subject),
	];
};

const thanks: Ending = { kind: 'thanks' };

const restDifferences = (before: Definition, after: Definition): Difference[] => {
	const [was, is] = [before.brand, after.brand];
	return [
		...between(before.language, after.language, (both) => ({ kind: 'language', ...both })),
		...between(before.hasComment, after.hasComment, ({ to }) => ({ kind: 'comment', isAsked: to })),
		...ruleDifferences('score', [before, before.rules], [after, after.rules]),
		...buckets.flatMap((bucket) =>
			between(before.endings[bucket] ?? thanks, after.endings[bucket] ?? thanks, (both) => ({
				kind: 'ending',
				bucket,
				...both,
			})),
		),
		...between(before.hiddenFields, after.hiddenFields, (both) => ({ kind: 'hidden-fields', ...both })),
		...between(was.colour, is.colour, (both) => ({ kind: 'colour', ...both })),
		...between(was.logoId, is.logoId, ({ from, to }) => ({
			kind: to === null ? 'logo-removed' : from === null ? 'logo-added' : 'logo-changed',
		})),
		...between(was.typeface, is.typeface, (both) => ({ kind: 'typeface', ...both })),
		...between(was.corner, is.corner, (both) => ({ kind: 'corner', ...both })),
		...between(was.scheme, is.scheme, (both) => ({ kind: 'scheme', ...both })),
		...between(was.background, is.background, () => ({ kind: 'background' })),
		...between(before.sender.name, after.sender.name, (both) => ({ kind: 'sender-name', ...both })),
		...between(before.sender.replyTo, after.sender.replyTo, (both) => ({ kind: 'reply-to', ...both })),
	];
};

/**
 * Everything that differs from one version to another, what the score rests on first. Two that are equal have none, and
 * two that are not have at least one.
 */
export const differences = (before: Definition, after: Definition): Difference[] => {
	const found = [
		...scaleDifferences(before, after),
		...languages.flatMap((language) => textDifferences(language, before, after)),
		...questionDifferences(before, after),
		...restDifferences(before, after),
	];
	const all = found.toSorted((a, b) => Number(b.endsComparison) - Number(a.endsComparison));
	return all.length === 0 && !same(before, after) ? [minor({ kind: 'other' })] : all;
};

/** Where a line belongs into a chart: versions that asked another question or showed another scale than the one before. */
export type Mark = { version: number; at: Date; differences: Difference[] };

/** The marks of a survey's versions, oldest first; the first version begins the chart and is none. */
export const marksOf = (versions: readonly { version: number; definition: Definition; publishedAt: Date }[]): Mark[] =>
	versions.slice(1).flatMap(({ version, definition, publishedAt }, index) => {
		const found = differences(versions[index]!.definition, definition).filter(({ endsComparison }) => endsComparison);
		return found.length ? [{ version, at: publishedAt, differences: found }] : [];
	});

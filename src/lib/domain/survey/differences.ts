// What is different between two versions of a survey, in words that a manager can read.
import type { Definition } from './definition.ts';
import { same, sentence, worded, type Difference } from './difference.ts';
import { languageNames, languages, type Language } from './language.ts';
import { partName, questionDifferences, ruleDifferences } from './question-differences.ts';
import type { QuestionTexts, Texts } from './texts.ts';

export type { Difference } from './difference.ts';

const lookWords = { numbers: 'numbers', faces: 'faces', stars: 'stars', words: 'words', thumbs: 'thumbs' } as const;
const orderWords = { 'low-first': 'the low end first', 'high-first': 'the high end first' } as const;
const bucketWords = (bucket: string) => bucket.replaceAll('-', ' ');

const scaleDifferences = (before: Definition, after: Definition): Difference[] => {
	const [a, b] = [before.scale, after.scale];
	return [
		...(before.metric === after.metric
			? []
			: [sentence(`Asks ${after.metric.toUpperCase()} instead of ${before.metric.toUpperCase()}`, true)]),
		...(before.template === after.template ? [] : [sentence('Standard wording of another template', true)]),
		...(a.points === b.points ? [] : [sentence(`Scale of ${b.points} points instead of ${a.points}`, true)]),
		...(a.look === b.look
			? []
			: [sentence(`Scale shown as ${lookWords[b.look]} instead of ${lookWords[a.look]}`, true)]),
		...(a.order === b.order
			? []
			: [sentence(`Scale shown with ${orderWords[b.order]} instead of ${orderWords[a.order]}`, true)]),
	];
};

const textDifferences = (language: Language, before: Definition, after: Definition): Difference[] => {
	const [was, is]: [Texts, Texts] = [before.texts[language] ?? {}, after.texts[language] ?? {}];
	const inLanguage = `in ${languageNames[language]}`;
	// Translations follow the wording they are of; comparison ends with what most people were asked.
	const isBase = language === after.language;
	const buckets = [...new Set([...Object.keys(was.followUps ?? {}), ...Object.keys(is.followUps ?? {})])];
	const ends = [...new Set([...Object.keys(was.endings ?? {}), ...Object.keys(is.endings ?? {})])];
	const of = <Value>(record: Partial<Record<string, Value>> | undefined, key: string) => record?.[key];
	const asked = after.questions.filter(({ id }) => before.questions.some((question) => question.id === id));
	const added: QuestionTexts = {};
	return [
		...worded(`Wording of the question ${inLanguage}`, was.question, is.question, isBase),
		...worded(`Label of the low end ${inLanguage}`, was.lowLabel, is.lowLabel, isBase),
		...worded(`Label of the high end ${inLanguage}`, was.highLabel, is.highLabel, isBase),
		...buckets.flatMap((bucket) =>
			worded(
				`Follow-up question for ${bucketWords(bucket)} ${inLanguage}`,
				of(was.followUps, bucket),
				of(is.followUps, bucket),
			),
		),
		...asked.flatMap(({ id }) => {
			const [old, now] = [was.questions?.[id] ?? added, is.questions?.[id] ?? added];
			const name = `question ${after.questions.findIndex((question) => question.id === id) + 1}`;
			const parts = (['options', 'rows'] as const).flatMap((part) =>
				[...new Set([...Object.keys(old[part] ?? {}), ...Object.keys(now[part] ?? {})])].flatMap((key) =>
					worded(
						`${partName(after, id, part, key).split(' “')[0]} of ${name} ${inLanguage}`,
						of(old[part], key),
						of(now[part], key),
					),
				),
			);
			return [
				...worded(`Wording of ${name} ${inLanguage}`, old.title, now.title),
				...worded(`Description of ${name} ${inLanguage}`, old.description, now.description),
				...worded(`Low label of ${name} ${inLanguage}`, old.lowLabel, now.lowLabel),
				...worded(`High label of ${name} ${inLanguage}`, old.highLabel, now.highLabel),
				...parts,
			];
		}),
		...worded(`Thanks ${inLanguage}`, was.thanks, is.thanks),
		...ends.flatMap((bucket) => [
			...worded(
				`Ending for ${bucketWords(bucket)} ${inLanguage}`,
				of(was.endings, bucket)?.text,
				of(is.endings, bucket)?.text,
			),
			...worded(
				`Button of the ending for ${bucketWords(bucket)} ${inLanguage}`,
				of(was.endings, bucket)?.button,
				of(is.endings, bucket)?.button,
			),
		]),
		...worded(`Subject of the mail ${inLanguage}`, was.subject, is.subject),
	];
};

const endingWords = {
	thanks: 'thanks',
	permission: 'asks for permission to contact',
	promise: 'promises a reply',
	link: 'leads to',
};
const endingText = (ending: Definition['endings'][keyof Definition['endings']]) =>
	!ending
		? endingWords.thanks
		: ending.kind === 'link'
			? `${endingWords.link} ${ending.address}`
			: endingWords[ending.kind];

const restDifferences = (before: Definition, after: Definition): Difference[] => {
	const buckets = [
		...new Set([...Object.keys(before.endings), ...Object.keys(after.endings)]),
	] as (keyof Definition['endings'])[];
	const colours = (definition: Definition) => definition.brand.background;
	const changed = (what: string, from: string | null, to: string | null) => worded(what, from ?? 'none', to ?? 'none');
	return [
		...changed('Base language', languageNames[before.language], languageNames[after.language]),
		...(before.hasComment === after.hasComment
			? []
			: [sentence(after.hasComment ? 'A comment is asked for now' : 'No comment is asked for any more')]),
		...ruleDifferences('the score', [before, before.rules], [after, after.rules]),
		...buckets.flatMap((bucket) =>
			changed(
				`Ending for ${bucketWords(bucket)}`,
				endingText(before.endings[bucket]),
				endingText(after.endings[bucket]),
			),
		),
		...changed('Hidden fields', before.hiddenFields.join(', ') || null, after.hiddenFields.join(', ') || null),
		...changed('Colour', before.brand.colour, after.brand.colour),
		...(before.brand.logoId === after.brand.logoId
			? []
			: [
					sentence(
						after.brand.logoId === null
							? 'The logo was removed'
							: before.brand.logoId === null
								? 'A logo was added'
								: 'The logo is another one',
					),
				]),
		...changed('Typeface', before.brand.typeface, after.brand.typeface),
		...changed('Corners', before.brand.corner, after.brand.corner),
		...changed('Light and dark', before.brand.scheme, after.brand.scheme),
		...(same(colours(before), colours(after)) ? [] : [sentence('The background is another one')]),
		...changed('Sender name', before.sender.name, after.sender.name),
		...changed('Replies go to', before.sender.replyTo, after.sender.replyTo),
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
	return all.length === 0 && !same(before, after) ? [sentence('Something else of the content is different')] : all;
};

/** Where a line belongs into a chart: versions that asked another question or showed another scale than the one before. */
export type Mark = { version: number; at: Date; reasons: string[] };

/** The marks of a survey's versions, oldest first; the first version begins the chart and is none. */
export const marksOf = (versions: readonly { version: number; definition: Definition; publishedAt: Date }[]): Mark[] =>
	versions.slice(1).flatMap(({ version, definition, publishedAt }, index) => {
		const reasons = differences(versions[index]!.definition, definition)
			.filter(({ endsComparison }) => endsComparison)
			.map(({ what }) => what);
		return reasons.length ? [{ version, at: publishedAt, reasons }] : [];
	});

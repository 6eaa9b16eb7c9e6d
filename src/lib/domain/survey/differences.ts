// What is different between two versions of a survey, in words that a manager can read.
import { conditionText, placeOf, ruleText } from './condition-text.ts';
import type { Definition } from './definition.ts';
import { languageNames, languages, type Language } from './language.ts';
import type { Question, Rule } from './question.ts';
import type { QuestionTexts, Texts } from './texts.ts';

/**
 * One difference: a sentence such as "Question 2 was added", or a name with what stood there and stands there now, null
 * being the standard wording. `endsComparison` says that scores before and after it are not to be compared.
 */
export type Difference = {
	what: string;
	change: { from: string | null; to: string | null } | null;
	endsComparison: boolean;
};

const sentence = (what: string, endsComparison = false): Difference => ({ what, change: null, endsComparison });

/** A text that changed, as a list of one; an empty one where it did not. */
const worded = (
	what: string,
	from: string | undefined,
	to: string | undefined,
	endsComparison = false,
): Difference[] => (from === to ? [] : [{ what, change: { from: from ?? null, to: to ?? null }, endsComparison }]);

const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);
/** As JSON with its fields in order, so that what was written in another order is the same. */
const canonical = (value: unknown): string =>
	JSON.stringify(value, (_, inner: unknown) =>
		typeof inner === 'object' && inner !== null && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	) ?? 'undefined';

const lookWords = { numbers: 'numbers', faces: 'faces', stars: 'stars', words: 'words', thumbs: 'thumbs' } as const;
const orderWords = { 'low-first': 'the low end first', 'high-first': 'the high end first' } as const;
const bucketWords = (bucket: string) => bucket.replaceAll('-', ' ');
const kindWords = (kind: string) => kind.replaceAll('-', ' ');

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

const plain = (text: string | undefined, most = 60) =>
	text === undefined ? '' : ` “${text.length > most ? `${text.slice(0, most - 1)}…` : text}”`;

/** "Question 2 “Which shop?”": the metric's own question is the first. */
const nameOf = (definition: Definition, id: string): string => {
	const number = definition.questions.findIndex((question) => question.id === id) + 2;
	return `Question ${number}${plain(definition.texts[definition.language]?.questions?.[id]?.title)}`;
};
const partName = (definition: Definition, question: string, part: 'options' | 'rows', id: string) => {
	const title = definition.texts[definition.language]?.questions?.[question]?.[part]?.[id];
	const found = definition.questions.find((each) => each.id === question);
	const all: readonly string[] = found && part in found ? (found as { options: string[]; rows: string[] })[part] : [];
	return `${part === 'options' ? 'Option' : 'Row'} ${all.indexOf(id) + 1}${plain(title)}`;
};

const ruleDifferences = (
	name: string,
	[before, old]: [Definition, readonly Rule[]],
	[after, now]: [Definition, readonly Rule[]],
): Difference[] => {
	const gone = old.filter((rule) => !now.some((other) => same(rule, other)));
	const added = now.filter((rule) => !old.some((other) => same(rule, other)));
	const moved = gone.length === 0 && added.length === 0 && !same(old, now);
	return [
		...gone.map((rule) => sentence(`Rule removed after ${name}: ${ruleText(before, rule)}`)),
		...added.map((rule) => sentence(`Rule added after ${name}: ${ruleText(after, rule)}`)),
		...(moved ? [sentence(`Rules after ${name} are tried in another order`)] : []),
	];
};

const settingWords: Record<string, string> = {
	mostCharacters: 'Most characters',
	hasOther: 'A field for other answers',
	isShuffled: 'Options in another order for each person',
	least: 'Fewest choices',
	most: 'Most choices',
	points: 'Points',
	look: 'Look',
	earliest: 'Earliest day',
	latest: 'Latest day',
	min: 'Lowest number',
	max: 'Highest number',
	isWhole: 'Whole numbers only',
};
const settingValue = (value: unknown): string =>
	value === null || value === undefined ? 'none' : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);

const partDifferences = (
	[before, old]: [Definition, Question],
	[after, now]: [Definition, Question],
	part: 'options' | 'rows',
): Difference[] => {
	const [was, is] = [old, now].map((each) =>
		part in each ? (each as { options: string[]; rows: string[] })[part] : [],
	);
	const name = nameOf(after, now.id);
	const gone = was!.filter((id) => !is!.includes(id));
	const added = is!.filter((id) => !was!.includes(id));
	const isMoved = !same(
		was!.filter((id) => is!.includes(id)),
		is!.filter((id) => was!.includes(id)),
	);
	return [
		...gone.map((id) => sentence(`${name}: ${partName(before, now.id, part, id)} was removed`)),
		...added.map((id) => sentence(`${name}: ${partName(after, now.id, part, id)} was added`)),
		...(isMoved ? [sentence(`${name}: the ${part} stand in another order`)] : []),
	];
};

const questionDifferences = (before: Definition, after: Definition): Difference[] => {
	const old = new Map(before.questions.map((question) => [question.id, question]));
	const now = new Map(after.questions.map((question) => [question.id, question]));
	const kept = after.questions.filter(({ id }) => old.has(id));
	const isMoved = !same(
		before.questions.map(({ id }) => id).filter((id) => now.has(id)),
		kept.map(({ id }) => id),
	);
	return [
		...before.questions.filter(({ id }) => !now.has(id)).map(({ id }) => sentence(`${nameOf(before, id)} was removed`)),
		...after.questions
			.filter(({ id }) => !old.has(id))
			.map(({ id, kind }) => sentence(`${nameOf(after, id)} was added (${kindWords(kind)})`)),
		...(isMoved ? [sentence('The questions come in another order')] : []),
		...kept.flatMap((question) => {
			const was = old.get(question.id)!;
			const name = nameOf(after, question.id);
			if (was.kind !== question.kind)
				return [sentence(`${name} is now ${kindWords(question.kind)} instead of ${kindWords(was.kind)}`)];
			const settings = Object.entries(settingWords).flatMap(([key, word]) => {
				const [from, to] = [was, question].map((each) => (each as unknown as Record<string, unknown>)[key]);
				return same(from, to)
					? []
					: [
							{
								what: `${name}: ${word}`,
								change: { from: settingValue(from), to: settingValue(to) },
								endsComparison: false,
							},
						];
			});
			const required = question.isRequired ? 'has to be answered now' : 'may be left out now';
			return [
				...(was.isRequired === question.isRequired ? [] : [sentence(`${name} ${required}`)]),
				...(same(was.showIf, question.showIf)
					? []
					: [
							{
								what: `${name} is shown`,
								change: {
									from: conditionText(before, was.showIf),
									to: conditionText(after, question.showIf),
								},
								endsComparison: false,
							},
						]),
				...partDifferences([before, was], [after, question], 'options'),
				...partDifferences([before, was], [after, question], 'rows'),
				...settings,
				...ruleDifferences(placeOf(after, question.id), [before, was.rules], [after, question.rules]),
			];
		}),
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
			const name = `question ${after.questions.findIndex((question) => question.id === id) + 2}`;
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

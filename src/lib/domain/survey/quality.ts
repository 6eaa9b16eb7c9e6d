// What somebody who has made many surveys would say about one. It measures words and settings, and invents no rates.
import { adviceOn, brandSchema, type Advice } from './brand.ts';
import type { Definition } from './definition.ts';
import { languages, type Language } from './language.ts';
import { outline } from './outline.ts';
import { outdatedIn, type Outdated } from './outdated.ts';
import { hasLooseBraces, slotsIn } from './personal.ts';
import type { Question } from './question.ts';
import type { QuestionTexts, Texts } from './texts.ts';
import type { StandardTexts } from './wording.ts';

/** What could be better, by name: components/remark-words.ts has the words. */
export type Remark = {
	/** The step it is about: a question's id, or metric, comment, endings, look. */
	step: string;
} & (
	| { kind: 'length'; questions: number }
	| { kind: 'scale' | 'required' }
	/** `slot` is what stands in braces and has no fallback. */
	| { kind: 'personal'; slot: string }
	/** Braces that hold no name. */
	| { kind: 'braces'; text: string }
	| { kind: 'translation'; missing: number; language: Language; base: Language }
	| { kind: 'outdated'; texts: number; language: Language; base: Language }
	| { kind: 'contrast'; advice: Advice }
	/** A guess from the words alone, which may be wrong. */
	| { kind: 'wording'; trap: 'two-in-one' | 'leading'; text: string }
);

/** Questions after the score beyond which a survey is said to be long. */
export const manyQuestions = 5;

/**
 * Reading at four words a second (Brysbaert 2019: 238 a minute), then seconds for each answer: 2 for one tap, 4 for
 * several, 2 for each row or each option to be put in order, 5 for a date, a number or an address, 10 for a short text,
 * 20 for a long one, which the follow-up is too.
 */
const answerSeconds = (question: Question): number => {
	switch (question.kind) {
		case 'one-choice':
		case 'yes-no':
		case 'rating':
		case 'consent':
			return 2;
		case 'many-choices':
			return 4;
		case 'matrix':
			return 2 * question.rows.length;
		case 'ranking':
			return 2 * question.options.length;
		case 'date':
		case 'number':
		case 'email':
		case 'phone':
			return 5;
		case 'short-text':
			return 10;
		case 'long-text':
			return 20;
	}
};

const wordsIn = (text: string, language: Language): number =>
	[...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)].filter(({ isWordLike }) => isWordLike)
		.length;

const textsOf = (texts: QuestionTexts | undefined): string[] => [
	...[texts?.title, texts?.description, texts?.lowLabel, texts?.highLabel].filter((text) => text !== undefined),
	...Object.values(texts?.options ?? {}),
	...Object.values(texts?.rows ?? {}),
];

/** Seconds that the longest way through takes, by the rule above: about 24 for NPS with a follow-up. */
export const secondsOf = (definition: Definition, standard: StandardTexts): number => {
	const { language, questions } = definition;
	const own = definition.texts[language] ?? {};
	const read = (texts: readonly string[]) => wordsIn(texts.join(' \n '), language) / 4;
	const start =
		2 +
		read([own.question ?? standard.question]) +
		(definition.hasComment ? 20 + read([Object.values({ ...standard.followUps, ...own.followUps })[0] ?? '']) : 0);
	const each = new Map(
		questions.map((question) => [
			question.id,
			answerSeconds(question) + read(textsOf({ ...standard.questions[question.id], ...own.questions?.[question.id] })),
		]),
	);
	const ways = outline(definition).flatMap((part) => part.ways);
	const longest = Math.max(
		0,
		...ways.map(({ stops }) => stops.reduce((sum, { question }) => sum + each.get(question)!, 0)),
	);
	return Math.round(start + longest);
};

/** Every text of one language with the step it belongs to. */
const placed = (texts: Texts): { step: string; path: string; text: string }[] => {
	const one = (step: string, path: string, text: string | undefined) => (text ? [{ step, path, text }] : []);
	return [
		...one('metric', 'question', texts.question),
		...one('metric', 'lowLabel', texts.lowLabel),
		...one('metric', 'highLabel', texts.highLabel),
		...Object.entries(texts.followUps ?? {}).flatMap(([bucket, text]) => one('comment', `followUps.${bucket}`, text)),
		...Object.entries(texts.questions ?? {}).flatMap(([id, question]) => [
			...one(id, `${id}.title`, question.title),
			...one(id, `${id}.description`, question.description),
			...one(id, `${id}.lowLabel`, question.lowLabel),
			...one(id, `${id}.highLabel`, question.highLabel),
			...Object.entries(question.options ?? {}).flatMap(([key, text]) => one(id, `${id}.${key}`, text)),
			...Object.entries(question.rows ?? {}).flatMap(([key, text]) => one(id, `${id}.${key}`, text)),
		]),
		...one('endings', 'thanks', texts.thanks),
		...Object.entries(texts.endings ?? {}).flatMap(([bucket, ending]) => [
			...one('endings', `endings.${bucket}`, ending?.text),
			...one('endings', `endings.${bucket}.button`, ending?.button),
		]),
	];
};

/** The step a text belongs to, by its key: "questions.q2.title" is q2's. */
const stepOf = (key: string): string => {
	const [part, id] = key.split('.');
	if (part === 'questions') return id!;
	if (part === 'followUps') return 'comment';
	return part === 'thanks' || part === 'endings' ? 'endings' : 'metric';
};

const twoInOne = /\b(?:and|or|and\/or)\b/i;
const leading =
	/\b(?:don['’]t you|isn['’]t it|wouldn['’]t you|how (?:great|good|amazing|wonderful|excellent|fantastic)|how much (?:do|did) you (?:love|like|enjoy)|obviously|surely|of course)\b/i;

const englishHints = (definition: Definition): Remark[] => {
	if (definition.language !== 'en') return [];
	const asked = placed(definition.texts.en ?? {}).filter(
		({ path }) => path === 'question' || path.startsWith('followUps') || path.endsWith('.title'),
	);
	return asked.flatMap(({ step, text }): Remark[] => [
		...(twoInOne.test(text) ? [{ kind: 'wording', step, trap: 'two-in-one', text } as const] : []),
		...(leading.test(text) ? [{ kind: 'wording', step, trap: 'leading', text } as const] : []),
	]);
};

const translationRemarks = (definition: Definition): Remark[] => {
	const base = placed(definition.texts[definition.language] ?? {});
	return languages.flatMap((language): Remark[] => {
		const texts = definition.texts[language];
		if (!texts || language === definition.language) return [];
		const there = new Set(placed(texts).map(({ path }) => path));
		const missing = base.filter(({ path }) => !there.has(path));
		if (missing.length === 0) return [];
		const { step } = missing[0]!;
		return [{ kind: 'translation', step, missing: missing.length, language, base: definition.language }];
	});
};

const outdatedRemarks = ({ language: base }: Definition, noted: readonly Outdated[]): Remark[] =>
	languages.flatMap((language): Remark[] => {
		const keys = [...outdatedIn(noted, language).keys()];
		const [first] = keys;
		if (first === undefined) return [];
		return [{ kind: 'outdated', step: stepOf(first), texts: keys.length, language, base }];
	});

const personalRemarks = (definition: Definition): Remark[] =>
	languages.flatMap((language) =>
		placed(definition.texts[language] ?? {}).flatMap(({ step, text }): Remark[] => [
			...slotsIn(text)
				.filter(({ fallback }) => !fallback?.trim())
				.map(({ key }) => ({ kind: 'personal' as const, step, slot: key })),
			...(hasLooseBraces(text) ? [{ kind: 'braces' as const, step, text }] : []),
		]),
	);

const contrastRemarks = ({ brand }: Definition): Remark[] => {
	// A colour that is still being typed is none yet.
	if (!brandSchema.safeParse(brand).success) return [];
	return adviceOn(brand).map((advice) => ({ kind: 'contrast', step: 'look', advice }));
};

/** What could be better about a survey; nothing of it keeps one from being published. */
export const remarksOn = (definition: Definition, outdated: readonly Outdated[] = []): Remark[] => {
	const { questions, scale } = definition;
	const remarks: Remark[] = [];
	if (questions.length > manyQuestions)
		remarks.push({ kind: 'length', step: questions[manyQuestions]!.id, questions: questions.length });
	if (scale.order === 'high-first') remarks.push({ kind: 'scale', step: 'metric' });
	for (const { id, kind, isRequired } of questions)
		if (isRequired && (kind === 'short-text' || kind === 'long-text')) remarks.push({ kind: 'required', step: id });
	return [
		...remarks,
		...personalRemarks(definition),
		...translationRemarks(definition),
		...outdatedRemarks(definition, outdated),
		...contrastRemarks(definition),
		...englishHints(definition),
	];
};

// The words one customer is asked in.
import type { Definition } from './definition.ts';
import type { EndingKind } from './ending.ts';
import type { Language } from './language.ts';
import { bucketsOf, scaleOf, type Bucket } from './metric.ts';
import { fill, nobody, withoutIsolation, type Person } from './personal.ts';
import type { QuestionTexts } from './texts.ts';

/** Wording as one customer sees it. Each text comes with the language it is written in, for lang and dir. */
export type Phrase = { text: string; language: Language };

export type QuestionWording = {
	title: Phrase;
	description: Phrase | null;
	/** By option and row id. */
	options: Partial<Record<string, Phrase>>;
	rows: Partial<Record<string, Phrase>>;
	lowLabel: Phrase | null;
	highLabel: Phrase | null;
};

export type Wording = {
	question: Phrase;
	lowLabel: Phrase;
	highLabel: Phrase;
	followUps: Partial<Record<Bucket, Phrase>>;
	/** By question id. */
	questions: Partial<Record<string, QuestionWording>>;
	thanks: Phrase;
	/** What is said at the end in place of the thanks, where there is something; and on its button. */
	endings: Partial<Record<Bucket, { text: Phrase; button: Phrase | null }>>;
	/** Of the mail, where the manager wrote one. */
	subject: Phrase | null;
};

/** The product's own words for a template in one language; `company` is already in them. */
export type StandardTexts = {
	question: string;
	lowLabel: string;
	highLabel: string;
	followUps: Partial<Record<Bucket, string>>;
	questions: Partial<Record<string, QuestionTexts>>;
	thanks: string;
	endings: Record<EndingKind, { text: string; button: string | null }>;
};

/**
 * The wording a customer of `language` sees: their translation, else the manager's own words in the base language,
 * else the standard words in the customer's language; with the person's name and properties where they belong.
 */
export const wordingFor = (
	definition: Definition,
	language: Language,
	standard: StandardTexts,
	person: Person = nobody,
): Wording => {
	const theirs = definition.texts[language] ?? {};
	const base = definition.texts[definition.language] ?? {};
	const phrase = (own: string | undefined, fallback: string | undefined, words: string | undefined): Phrase | null => {
		// A text that was nothing but a name they have not is none.
		const theirText = own && fill(own, person, language);
		if (theirText) return { text: theirText, language };
		const baseText = fallback && fill(fallback, person, definition.language);
		if (baseText) return { text: baseText, language: definition.language };
		return words ? { text: words, language } : null;
	};
	const pick = (own: string | undefined, fallback: string | undefined, words: string): Phrase =>
		phrase(own, fallback, words) ?? { text: words, language };

	const followUps: Wording['followUps'] = {};
	const endings: Wording['endings'] = {};
	for (const bucket of bucketsOf(scaleOf(definition))) {
		const followUp = phrase(theirs.followUps?.[bucket], base.followUps?.[bucket], standard.followUps[bucket]);
		if (followUp) followUps[bucket] = followUp;
		const kind = definition.endings[bucket]?.kind ?? 'thanks';
		const [own, fallback, words] = [theirs.endings?.[bucket], base.endings?.[bucket], standard.endings[kind]];
		endings[bucket] = {
			text:
				kind === 'thanks' && !own?.text && !fallback?.text
					? pick(theirs.thanks, base.thanks, standard.thanks)
					: pick(own?.text, fallback?.text, words.text),
			button: phrase(own?.button, fallback?.button, words.button ?? undefined),
		};
	}

	const questions: Wording['questions'] = {};
	for (const { id, ...question } of definition.questions) {
		const [own, fallback, words] = [theirs.questions?.[id], base.questions?.[id], standard.questions[id]];
		const labels = (part: 'options' | 'rows', ids: readonly string[]) =>
			Object.fromEntries(
				ids.map((label) => [
					label,
					pick(own?.[part]?.[label], fallback?.[part]?.[label], words?.[part]?.[label] ?? ''),
				]),
			);
		questions[id] = {
			title: pick(own?.title, fallback?.title, words?.title ?? ''),
			description: phrase(own?.description, fallback?.description, words?.description),
			options: labels('options', 'options' in question ? question.options : []),
			rows: labels('rows', 'rows' in question ? question.rows : []),
			lowLabel: phrase(own?.lowLabel, fallback?.lowLabel, words?.lowLabel),
			highLabel: phrase(own?.highLabel, fallback?.highLabel, words?.highLabel),
		};
	}
	const subject = phrase(theirs.subject, base.subject, undefined);
	return {
		question: pick(theirs.question, base.question, standard.question),
		lowLabel: pick(theirs.lowLabel, base.lowLabel, standard.lowLabel),
		highLabel: pick(theirs.highLabel, base.highLabel, standard.highLabel),
		followUps,
		questions,
		thanks: pick(theirs.thanks, base.thanks, standard.thanks),
		endings,
		subject: subject && { ...subject, text: withoutIsolation(subject.text) },
	};
};

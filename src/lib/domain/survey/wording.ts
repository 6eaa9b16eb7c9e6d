// The words one customer is asked in.
import type { Definition } from './definition.ts';
import type { Language } from './language.ts';
import { bucketsOf, type Bucket } from './metric.ts';

/** Wording as one customer sees it. Each text comes with the language it is written in, for lang and dir. */
export type Phrase = { text: string; language: Language };
export type Wording = {
	question: Phrase;
	lowLabel: Phrase;
	highLabel: Phrase;
	followUps: Partial<Record<Bucket, Phrase>>;
	thanks: Phrase;
};

/** The product's own words for a template in one language; `company` is already in them. */
export type StandardTexts = {
	question: string;
	lowLabel: string;
	highLabel: string;
	followUps: Partial<Record<Bucket, string>>;
	thanks: string;
};

/**
 * The wording a customer of `language` sees: their translation, else the manager's own words in the base language,
 * else the standard words in the customer's language.
 */
export const wordingFor = (definition: Definition, language: Language, standard: StandardTexts): Wording => {
	const theirs = definition.texts[language] ?? {};
	const base = definition.texts[definition.language] ?? {};
	const pick = (own: string | undefined, fallback: string | undefined, words: string): Phrase => {
		if (own) return { text: own, language };
		if (fallback) return { text: fallback, language: definition.language };
		return { text: words, language };
	};
	const followUps: Wording['followUps'] = {};
	for (const bucket of bucketsOf(definition.metric)) {
		const words = standard.followUps[bucket];
		if (words) followUps[bucket] = pick(theirs.followUps?.[bucket], base.followUps?.[bucket], words);
	}
	return {
		question: pick(theirs.question, base.question, standard.question),
		lowLabel: pick(theirs.lowLabel, base.lowLabel, standard.lowLabel),
		highLabel: pick(theirs.highLabel, base.highLabel, standard.highLabel),
		followUps,
		thanks: pick(theirs.thanks, base.thanks, standard.thanks),
	};
};

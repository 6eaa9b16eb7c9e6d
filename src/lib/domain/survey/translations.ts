// A survey's words in its languages side by side: what is translated, what the product says itself, and what is missing.
import type { Definition } from './definition.ts';
import { languages, type Language } from './language.ts';
import { slotName, slotsIn } from './personal.ts';
import { placesOf, standardAt, textAt, withText, type Place, type Spot } from './text-places.ts';
import type { StandardTexts } from './wording.ts';

/** The product's words for this survey in a language. */
export type StandardIn = (language: Language) => StandardTexts;

/**
 * own: translated; standard: the product's own words are used; missing: the customer meets the base language, or
 * nothing; empty: nobody has words there, and none are needed.
 */
export type TextState = 'own' | 'standard' | 'missing' | 'empty';

export type Text = Place & {
	/** What the base language says: its own words, else the standard ones. */
	base: string;
	/** Whether those are the survey's own. */
	isOwnBase: boolean;
	/** In the chosen language, as written; '' is none. */
	text: string;
	/** What is used there while nothing is written: the standard words, where the base has none of its own. */
	standard: string;
	state: TextState;
	/** Personal words of the base that the translation lost: ['first name']. */
	lost: string[];
};

/** The names in braces that one text has and the other has not: lostIn('Hi {first name}!', 'Bonjour !') is ['first name']. */
export const lostIn = (base: string, text: string): string[] => {
	const kept = new Set(slotsIn(text).map(({ key }) => slotName(key)));
	const names = new Map(slotsIn(base).map(({ key }) => [slotName(key), key]));
	return [...names].filter(([name]) => !kept.has(name)).map(([, key]) => key);
};

/** Every text of a survey in one language beside its base. */
export const sideBySide = (definition: Definition, language: Language, standardIn: StandardIn): Text[] => {
	const isBase = language === definition.language;
	const [baseTexts, texts] = [definition.texts[definition.language], definition.texts[language]];
	const [baseStandard, standard] = [standardIn(definition.language), standardIn(language)];
	return placesOf(definition).map((place) => {
		const ownBase = textAt(baseTexts, place.key);
		const text = textAt(texts, place.key) ?? '';
		const base = ownBase ?? standardAt(baseStandard, definition, place.key) ?? '';
		// Own words of the base language go before the standard ones of another.
		const words = ownBase && !isBase ? '' : (standardAt(standard, definition, place.key) ?? '');
		const isMissing = ownBase ? !isBase : place.isNeeded;
		const state: TextState = text ? 'own' : words ? 'standard' : isMissing ? 'missing' : 'empty';
		const lost = text && ownBase && !isBase ? lostIn(ownBase, text) : [];
		return { ...place, base, isOwnBase: ownBase !== undefined, text, standard: words, state, lost };
	});
};

/** The languages a survey has words in or was given, the base first, then in the order of their names. */
export const languagesOf = (definition: Pick<Definition, 'language' | 'texts'>): Language[] => [
	definition.language,
	...languages.filter((code) => code !== definition.language && definition.texts[code]),
];

export type Completeness = { language: Language; missing: number; total: number };

/** How far each of a survey's languages is; `total` counts what needs words of its own or the product's. */
export const completeness = (definition: Definition, standardIn: StandardIn): Completeness[] =>
	languagesOf(definition).map((language) => {
		const texts = sideBySide(definition, language, standardIn).filter(({ state }) => state !== 'empty');
		return { language, missing: texts.filter(({ state }) => state === 'missing').length, total: texts.length };
	});

/** Why a text cannot be taken: its key is none of the survey's any more, or it has more characters than fit. */
export type TextProblem = { is: 'gone' } | { is: 'too-long'; spot: Spot; length: number; most: number };

const problemOf = (place: Place | undefined, { length }: string): TextProblem | null => {
	if (!place) return { is: 'gone' };
	return length > place.most ? { is: 'too-long', spot: place.spot, length, most: place.most } : null;
};

/**
 * The definition with these texts in a language, by key; an empty one is taken out, so that the standard wording or the
 * base is used. What is not named stays, and so does what cannot be taken: `problems` says by key why.
 */
export const apply = (
	definition: Definition,
	language: Language,
	changes: Readonly<Record<string, string>>,
): { definition: Definition; problems: Map<string, TextProblem> } => {
	const places = new Map(placesOf(definition).map((place) => [place.key, place]));
	const problems = new Map<string, TextProblem>();
	let texts = definition.texts[language] ?? {};
	for (const [key, written] of Object.entries(changes)) {
		const text = written.trim();
		const problem = problemOf(places.get(key), text);
		if (problem) problems.set(key, problem);
		else texts = withText(texts, key, text || undefined);
	}
	return { definition: { ...definition, texts: { ...definition.texts, [language]: texts } }, problems };
};

/** With one more language, nothing written in it yet. */
export const addLanguage = (definition: Definition, language: Language): Definition => ({
	...definition,
	texts: { ...definition.texts, [language]: definition.texts[language] ?? {} },
});

/** Without a language and all that was written in it; null for the base, which everything falls back to. */
export const removeLanguage = (definition: Definition, language: Language): Definition | null => {
	if (language === definition.language) return null;
	const { [language]: _removed, ...texts } = definition.texts;
	return { ...definition, texts };
};

/**
 * Whether a text is not what its editor saw any more, and not what they wrote either: somebody else wrote there in
 * between. `before` is by key; what is not in it was not seen.
 */
export const isOvertaken = (
	definition: Definition,
	language: Language,
	changes: Readonly<Record<string, string>>,
	before: Readonly<Record<string, string>>,
): boolean =>
	Object.entries(changes).some(([key, written]) => {
		const now = textAt(definition.texts[language], key) ?? '';
		return now !== (before[key] ?? '').trim() && now !== written.trim();
	});

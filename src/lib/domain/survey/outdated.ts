// Translations of words that the base language does not say any more: noted when the base is edited, until somebody has
// written or confirmed each of them.
import type { Definition } from './definition.ts';
import type { Language } from './language.ts';
import { placesOf, textAt } from './text-places.ts';
import { languagesOf } from './translations.ts';

/** One text's translations into `languages` are of what it said before; '' is the standard wording. */
export type Outdated = { key: string; was: string; languages: Language[] };

/** What was noted for one language, by key: what the base said when it was translated. */
export const outdatedIn = (noted: readonly Outdated[], language: Language): ReadonlyMap<string, string> =>
	new Map(noted.filter(({ languages }) => languages.includes(language)).map(({ key, was }) => [key, was]));

/**
 * What is to be noted after an edit. A translation that was written anew is up to date, and so is each whose base says
 * again what it said; another base language starts anew.
 */
export const noteOutdated = (before: Definition, noted: readonly Outdated[], after: Definition): Outdated[] => {
	const base = after.language;
	if (base !== before.language) return [];
	const others = languagesOf(after)
		.filter((language) => language !== base)
		.map((language) => ({ language, was: outdatedIn(noted, language) }));
	const isNoted = new Set(noted.map(({ key }) => key));
	return placesOf(after).flatMap(({ key }): Outdated[] => {
		const says = textAt(after.texts[base], key) ?? '';
		const said = textAt(before.texts[base], key) ?? '';
		// Most texts are neither: this is done on every key that somebody presses.
		if (says === said && !isNoted.has(key)) return [];
		const byWas = new Map<string, Language[]>();
		for (const { language, was } of others) {
			const text = textAt(after.texts[language], key);
			const translated = was.get(key) ?? said;
			if (!text || text !== textAt(before.texts[language], key) || translated === says) continue;
			byWas.set(translated, [...(byWas.get(translated) ?? []), language]);
		}
		return [...byWas].map(([was, languages]) => ({ key, was, languages }));
	});
};

/** Without the note on one translation, which somebody found to be right still. */
export const confirmed = (noted: readonly Outdated[], language: Language, key: string): Outdated[] =>
	noted.flatMap((each) => {
		const languages = each.key === key ? each.languages.filter((other) => other !== language) : each.languages;
		return languages.length > 0 ? [{ ...each, languages }] : [];
	});

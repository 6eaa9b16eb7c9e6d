// What managers read for the name of a language.
import { languageNames, parseLanguage } from '#lib/domain/survey/language.ts';
import { spoken } from './managers.ts';

/** A language's name, or the tag itself: "si" → "Sinhala". English names are ours, as every machine has its own. */
export const languageText = (tag: string): string => {
	const known = parseLanguage(tag);
	if (known && spoken() === 'en') return languageNames[known];
	try {
		return new Intl.DisplayNames([spoken()], { type: 'language' }).of(known ?? tag) ?? tag;
	} catch {
		return tag;
	}
};

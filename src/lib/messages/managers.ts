// What managers read, in the language of the moment: t.common_people(). Each area of the product has its folder of texts
// under managers/, with one file a language; a text that a language lacks is said in English.
import { languages, preferredLanguage, type Language } from '#lib/domain/survey/language.ts';
import { baseLocale, getLocale, locales, overwriteGetLocale, type Locale } from './managers/paraglide/runtime.js';

export { m as t } from './managers/paraglide/messages.js';
export type { Locale };

/** The language of the moment, as a tag for Intl: of the request on a server, of the page in a browser, else English. */
export const spoken = (): Locale => getLocale();

/** The tag that days are written in: English ones as in "14 Mar 2026". */
export const writtenIn = (): string => (spoken() === 'en' ? 'en-GB' : spoken());

/** Says where the language of the moment is to be found. */
export const listenTo = (language: () => Locale) => overwriteGetLocale(language);

/** The language of ours that is meant by a customer's language, where it is one of ours. */
export const localeOf = (language: Language): Locale | undefined => locales.find((locale) => locale === language);

const ours = languages.filter((language) => (locales as readonly Language[]).includes(language));

/** The language of ours that an Accept-Language header asks for first, or English. */
export const wanted = (header: string | null): Locale => {
	const language = preferredLanguage(header, ours);
	return (language && localeOf(language)) ?? baseLocale;
};

// Whether somebody who grew up with a language has read all of its words: null means nobody has, not yet.
import type { Language } from '#lib/domain/survey/language.ts';

/** Who read the words of a language, and on which day: { name: 'Ana Silva', day: '2026-12-01' }. */
export type Review = { name: string; day: string };

export const reviewed: Readonly<Record<Language, Review | null>> = {
	ar: null,
	bn: null,
	de: null,
	en: null,
	es: null,
	fa: null,
	fr: null,
	he: null,
	hi: null,
	hy: null,
	id: null,
	it: null,
	ja: null,
	ko: null,
	ml: null,
	nl: null,
	pl: null,
	pt: null,
	ru: null,
	si: null,
	ta: null,
	th: null,
	tr: null,
	uk: null,
	ur: null,
	vi: null,
	zh: null,
};

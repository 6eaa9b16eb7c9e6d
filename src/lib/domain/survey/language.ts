// The languages a customer can be met in, and how one is chosen for them.

/** BCP 47 codes of the languages that have all of the customer's words. */
export const languages = ['en', 'si', 'hy', 'ml', 'ar'] as const;
export type Language = (typeof languages)[number];

/** Their names in English. */
export const languageNames: Record<Language, string> = {
	en: 'English',
	si: 'Sinhala',
	hy: 'Armenian',
	ml: 'Malayalam',
	ar: 'Arabic',
};

const rightToLeft = new Set<string>(['ar', 'he', 'fa', 'ur']);

/** Writing direction of a language: ar → rtl. */
export const directionOf = (language: string): 'ltr' | 'rtl' =>
	rightToLeft.has(language.split('-')[0]!) ? 'rtl' : 'ltr';

/** The supported language that a tag means, or null: "AR-eg" → ar, "xx" → null. */
export const parseLanguage = (tag: string | null | undefined): Language | null => {
	const base = tag?.trim().toLowerCase().split(/[-_]/)[0];
	return languages.find((language) => language === base) ?? null;
};

/** The first supported language of an Accept-Language header by its q-values, or null. */
export const preferredLanguage = (header: string | null): Language | null => {
	const wishes = (header ?? '').split(',').map((part) => {
		const [tag, ...parameters] = part.trim().split(';');
		const q = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='));
		return { tag, weight: q ? Number(q.slice(2)) || 0 : 1 };
	});
	wishes.sort((a, b) => b.weight - a.weight);
	for (const { tag, weight } of wishes) {
		const language = weight > 0 ? parseLanguage(tag) : null;
		if (language) return language;
	}
	return null;
};

// The languages a customer can be met in, what they are called, and how one is chosen for somebody.

/** Codes of the languages that have all of the customer's words, in the order of their English names. */
export const languages = [
	'ar',
	'hy',
	'bn',
	'zh',
	'nl',
	'en',
	'fr',
	'de',
	'he',
	'hi',
	'id',
	'it',
	'ja',
	'ko',
	'ml',
	'fa',
	'pl',
	'pt',
	'ru',
	'si',
	'es',
	'ta',
	'th',
	'tr',
	'uk',
	'ur',
	'vi',
] as const;
export type Language = (typeof languages)[number];

/** Their names in English: written here, because a server and a browser may know different ones. */
export const languageNames: Readonly<Record<Language, string>> = {
	ar: 'Arabic',
	hy: 'Armenian',
	bn: 'Bengali',
	zh: 'Chinese (Simplified)',
	nl: 'Dutch',
	en: 'English',
	fr: 'French',
	de: 'German',
	he: 'Hebrew',
	hi: 'Hindi',
	id: 'Indonesian',
	it: 'Italian',
	ja: 'Japanese',
	ko: 'Korean',
	ml: 'Malayalam',
	fa: 'Persian',
	pl: 'Polish',
	pt: 'Portuguese',
	ru: 'Russian',
	si: 'Sinhala',
	es: 'Spanish',
	ta: 'Tamil',
	th: 'Thai',
	tr: 'Turkish',
	uk: 'Ukrainian',
	ur: 'Urdu',
	vi: 'Vietnamese',
};

/** Written here like the English names, and for the same reason. */
const ownNames: Readonly<Record<Language, string>> = {
	ar: 'العربية',
	hy: 'Հայերեն',
	bn: 'বাংলা',
	zh: '中文',
	nl: 'Nederlands',
	en: 'English',
	fr: 'Français',
	de: 'Deutsch',
	he: 'עברית',
	hi: 'हिन्दी',
	id: 'Indonesia',
	it: 'Italiano',
	ja: '日本語',
	ko: '한국어',
	ml: 'മലയാളം',
	fa: 'فارسی',
	pl: 'Polski',
	pt: 'Português',
	ru: 'Русский',
	si: 'සිංහල',
	es: 'Español',
	ta: 'தமிழ்',
	th: 'ไทย',
	tr: 'Türkçe',
	uk: 'Українська',
	ur: 'اردو',
	vi: 'Tiếng Việt',
};

/** What a language is called by those who speak it: de → Deutsch, es → Español, ta → தமிழ். */
export const ownNameOf = (language: Language): string => ownNames[language];

/** All languages in the order in which their speakers look for them: by script, then by their own names. */
export const byOwnName = (): Language[] =>
	languages.toSorted((one, other) => ownNameOf(one).localeCompare(ownNameOf(other), 'en'));

const rightToLeft = new Set<string>(['ar', 'he', 'fa', 'ur']);

/** Writing direction of a language: ar → rtl. */
export const directionOf = (language: string): 'ltr' | 'rtl' =>
	rightToLeft.has(language.split('-')[0]!) ? 'rtl' : 'ltr';

/** Language and script that a tag means, old codes and underscores included: iw_IL → { he, Hebr }. */
const readTag = (tag: string): { language: string; script: string | undefined } | null => {
	try {
		const { language, script } = new Intl.Locale(tag.trim().replaceAll('_', '-')).maximize();
		return { language, script };
	} catch {
		return null;
	}
};

/**
 * The supported language that a tag means, or null: "AR-eg" → ar, "zh-CN" → zh, "xx" → null. A tag that means another
 * script than ours is not met with it: "zh-TW" and "hi-Latn" → null.
 */
export const parseLanguage = (tag: string | null | undefined): Language | null => {
	const asked = tag ? readTag(tag) : null;
	const language = languages.find((code) => code === asked?.language);
	return language && readTag(language)?.script === asked?.script ? language : null;
};

/** The first of our languages in an Accept-Language header by its q-values, or null: "xx, de;q=0.8, si;q=0.9" → si. */
export const preferredLanguage = (header: string | null, ours: readonly Language[] = languages): Language | null => {
	const wishes = (header ?? '').split(',').map((part) => {
		const [tag, ...parameters] = part.trim().split(';');
		const q = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='));
		return { tag, weight: q ? Number(q.slice(2)) || 0 : 1 };
	});
	wishes.sort((a, b) => b.weight - a.weight);
	for (const { tag, weight } of wishes) {
		const language = weight > 0 ? parseLanguage(tag) : null;
		if (language && ours.includes(language)) return language;
	}
	return null;
};

// How each language is written: its letters, and what a slip of keyboard or script would leave behind.
import type { Locale } from '#lib/messages/paraglide/runtime.js';

type Writing = {
	/** Every letter it may use, as the inside of a character class; both cases. */
	letters: string;
	/** Signs of another writing: Latin punctuation, another alphabet's look-alikes. */
	never?: RegExp;
	/** Keys whose word really is the English one. */
	cognates?: readonly string[];
};

const latinMarks = /[?,;]/;
const eastAsia = /[?!,;:.]/;
const danda = /\.(\s|$)/;
const vietnamese = 'a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ';

export const writings: Readonly<Record<Locale, Writing>> = {
	ar: { letters: 'ء-غف-ي', never: latinMarks },
	bn: { letters: String.raw`\p{Script=Bengali}`, never: danda },
	de: { letters: 'a-zäöüß' },
	en: { letters: 'a-z' },
	es: { letters: 'a-záéíñóúü', cognates: ['face_3', 'no'] },
	fa: { letters: 'آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئءأؤ', never: latinMarks },
	fr: { letters: 'a-zàâæçéèêëîïôœùûüÿ', never: /['"]| [?!:;»]/, cognates: ['stars_high'] },
	he: { letters: 'א-ת' },
	hi: { letters: String.raw`\p{Script=Devanagari}`, never: danda },
	hy: { letters: String.raw`\p{Script=Armenian}`, never: /[?;.]/ },
	id: { letters: 'a-z' },
	it: { letters: 'a-zàèéìòù', never: /['"]/, cognates: ['no'] },
	ja: { letters: String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー`, never: eastAsia },
	ko: { letters: String.raw`\p{Script=Hangul}` },
	ml: { letters: String.raw`\p{Script=Malayalam}` },
	nl: { letters: 'a-zéèêëïöü' },
	pl: { letters: 'a-pr-uwyząćęłńóśźż' },
	pt: { letters: 'a-záâãàçéêíóôõú' },
	ru: { letters: 'а-яё' },
	si: { letters: String.raw`\p{Script=Sinhala}` },
	ta: { letters: String.raw`\p{Script=Tamil}` },
	th: { letters: String.raw`\p{Script=Thai}`, never: /[.?,]/ },
	tr: { letters: 'a-pr-vyzçğıİöşüâ' },
	uk: { letters: 'а-щьюяґєії', never: /['"]/ },
	ur: { letters: 'آابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنوہھءیئےںؤ', never: /[?,;.]/ },
	vi: { letters: vietnamese },
	// Simplified: none of the forms that only traditional writing has.
	zh: { letters: String.raw`\p{Script=Han}`, never: /[?!,;:.這們對請謝問題開關點調發鏈結號碼為與試後]/ },
};

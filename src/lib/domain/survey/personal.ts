// Personal words in a text: {first name}, {order number|your order}. A sentence never breaks where a value is missing.
import type { Property } from '../contact/contact.ts';
import { directionOf, type Language } from './language.ts';

/** What is known of the person who reads. */
export type Person = { name: string; properties: readonly Property[] };
export const nobody: Person = { name: '', properties: [] };

/** A name in braces, and what stands there for everybody who has none: {name|fallback}. */
const slot = /\{([^{}|\n]{1,60})(?:\|([^{}|\n]{0,200}))?\}/gu;

/** A name as it is compared: "First_Name" and "first name" are one. */
export const slotName = (key: string): string =>
	key
		.normalize('NFKC')
		.trim()
		.toLocaleLowerCase('en')
		.replace(/[\s_-]+/g, ' ');

/** As much of a text as 200 signs, none of them cut in two. */
const cut = (text: string): string =>
	text.length <= 200
		? text
		: [...new Intl.Segmenter().segment(text)]
				.slice(0, 200)
				.map((each) => each.segment)
				.join('');

/** A value as it can stand in a sentence: one line, no braces, nothing that turns the sentence's direction, not endless. */
const tidy = (value: string) =>
	cut(
		value
			.replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')
			.replace(/[\p{Cc}\s{}]+/gu, ' ')
			.trim(),
	);

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A value of another direction than its sentence, kept from reordering what stands beside it. */
const isolate = (value: string, language: Language): string => {
	const isForeign =
		directionOf(language) === 'rtl' ? /[^\p{Script=Arabic}\p{Script=Hebrew}\s]/u.test(value) : rightToLeft.test(value);
	return isForeign ? `\u2068${value}\u2069` : value;
};

/** Without the marks around such values, for where they would be read as letters. */
export const withoutIsolation = (text: string): string => text.replace(/[\u2068\u2069]/gu, '');

/** "Ann" of "Ann Perera", and of "Perera, Ann". */
const firstOf = (name: string): string => name.replace(/^\S+[,،]\s+(?=\S)/u, '').split(/\s+/u)[0]!;

const valueOf = ({ name, properties }: Person, key: string): string => {
	const wanted = slotName(key);
	if (wanted === 'name') return tidy(name);
	if (wanted === 'first name') return firstOf(tidy(name));
	return tidy(properties.find((property) => slotName(property.key) === wanted)?.value ?? '');
};

/** The names in a text's braces with their fallbacks: [{ key: 'first name', fallback: null }] of "Hello {first name}". */
export const slotsIn = (text: string): { key: string; fallback: string | null }[] =>
	[...text.matchAll(slot)].map(([, key, fallback]) => ({ key: key!.trim(), fallback: fallback ?? null }));

/** Whether braces stand in a text that hold no name, and so are shown as they are: "Hello {first name". */
export const hasLooseBraces = (text: string): boolean => /[{}]/.test(text.replace(slot, ''));

/** A name with its fallback as it stands in a text: slotOf('city', 'your city') is "{city|your city}". */
export const slotOf = (key: string, fallback: string): string => `{${key}|${fallback}}`;

/** The keys that can stand in braces and are not a person's own name there: ['City'] of ['City', 'First Name', 'a|b']. */
export const slotKeys = (keys: readonly string[]): string[] =>
	keys.filter((key) => /^[^{}|\n]{1,60}$/u.test(key) && !['name', 'first name'].includes(slotName(key)));

/** Stands where a value is missing until the sentence around it is mended; no text contains it. */
const gap = '\u{F8FF}';

// Letters that cling to a name go with it, "’s" and Korean endings among them; scripts without spaces cling all along,
// so that only their forms of address do.
const clinging = String.raw`(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}#№/])`;
const space = String.raw`[ \t\u00a0\u202f]`;
const withClinging = new RegExp(
	`${clinging}{0,30}${gap}(?:['’\\u200c-]?${clinging}{1,30}|様|さま|さん|先生|女士|小姐)?`,
	'gu',
);
const inBrackets = new RegExp(String.raw`[\p{Ps}\p{Pi}\p{Pf}"']\s*${gap}\s*[\p{Pe}\p{Pf}\p{Pi}"']`, 'gu');
const atStart = new RegExp(String.raw`(^|[¿¡\p{Ps}\p{Pi}])(\s*)${gap}[\s,،、，:;\p{Pd}]*`, 'gmu');
const beforeMark = new RegExp(
	String.raw`${space}*[,،、，:\p{Pd}]?${space}*${gap}(?=${space}*(?:[\p{Po}\p{Pe}\p{Pf}\p{Pd}]|$))`,
	'gmu',
);
const elsewhere = new RegExp(`${space}*${gap}`, 'gu');

/**
 * A missing name takes along what clings to it, its brackets and quotes, and the comma and the space before it: "Hello
 * {first name}!" becomes "Hello!". Where nothing but marks is left, nothing is.
 */
const close = (text: string): string => {
	const closed = text
		.replace(/\u{F8FF}+/gu, gap)
		.replace(withClinging, gap)
		.replace(inBrackets, gap)
		.replace(atStart, '$1$2')
		.replace(beforeMark, '')
		.replace(elsewhere, '')
		.trim();
	return /[^\p{P}\s]/u.test(closed) ? closed : '';
};

const capital = (text: string, language: Language) =>
	text.replace(/^[\p{P}\s]*\p{Ll}/u, (start) => start.toLocaleUpperCase(language));

/** A text of a language with a person's values in it: "How was {order number|your order}?" → "How was A-17?", or "How was your order?". */
export const fill = (text: string, person: Person, language: Language): string => {
	if (!text.includes('{')) return text;
	const filled = text
		.replaceAll(gap, '')
		.replace(
			slot,
			(_, key: string, fallback: string | undefined) =>
				isolate(valueOf(person, key), language) || fallback?.trim() || gap,
		);
	if (!filled.includes(gap)) return filled;
	const startsEmpty = new RegExp(String.raw`^[\p{P}\s]*${gap}`, 'u').test(filled);
	const closed = close(filled);
	return startsEmpty ? capital(closed, language) : closed;
};

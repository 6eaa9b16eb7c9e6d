// Which passwords are good enough: long, and not among the first that somebody would try.
import { commonPasswords } from './common-passwords.ts';

export const shortestPassword = 12;
export const longestPassword = 200;

/** Only letters and digits, lower-cased: "Summer-Time_2024" → "summertime2024". */
const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const signs: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's' };
/** Letters for the signs that stand for them: "p@55w0rd" → "password". */
const spelled = (text: string) => text.replace(/[013457@$]/g, (sign) => signs[sign]!);

const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const sequences = rows.flatMap((row) => [row, [...row].reverse().join('')]);
const isSequence = (text: string) => sequences.some((sequence) => sequence.includes(text));

/** What is left when stretches of the keyboard and the alphabet are taken away: "qwerty12345678!!" → "!!". */
const withoutSequences = (text: string): string => {
	let rest = '';
	for (let at = 0; at < text.length;) {
		let length = 0;
		while (at + length < text.length && isSequence(text.slice(at, at + length + 1))) length++;
		if (length < 3) rest += text[at];
		at += length < 3 ? 1 : length;
	}
	return rest;
};

/** Whether a text is one short piece again and again: "abcabcabcabc". */
const isRepetition = (text: string) => /^(.{1,6}?)\1+.{0,5}$/su.test(text) || new Set(text).size < 5;

/** What is left when words that an attacker knows are taken away. */
const withoutWords = (password: string, words: readonly string[]): string =>
	words
		.filter((word) => word.length >= 3)
		.reduce((rest, word) => rest.replaceAll(spelled(word), ''), plain(spelled(password.toLowerCase())));

/**
 * Why a password is refused, as a sentence, or null when it is good. `about` holds what is known of its owner: e-mail
 * address, name, workspace. "correct fox umbrella" → null; "heedheed2026" → a sentence.
 */
export const weakness = (password: string, about: readonly string[] = []): string | null => {
	const length = [...password].length;
	if (length < shortestPassword)
		return `Use at least ${shortestPassword} characters; this has ${length}. A few words in a row are easy to remember`;
	if (length > longestPassword) return `Use at most ${longestPassword} characters`;
	const lower = password.toLowerCase();
	if ([lower, plain(lower), plain(spelled(lower))].some((form) => commonPasswords.has(form)))
		return 'This password is on lists of common ones. Choose another';
	if (isRepetition(lower)) return 'This repeats the same few characters. Choose something less regular';
	if (withoutSequences(plain(lower)).length < 5)
		return 'This follows the keyboard or the alphabet. Choose something less regular';
	const known = about.flatMap((text) => [plain(text), ...text.split(/[@.\s]+/).map(plain)]);
	if (withoutWords(password, [...known, 'heed', 'password']).length < 6)
		return 'This is mostly a name that others know: yours, your address or the product. Choose something nobody would guess';
	return null;
};

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { directionOf } from '#lib/domain/survey/language.ts';
import { bucketsOf, scaleOf } from '#lib/domain/survey/metric.ts';
import { m } from '#lib/messages/paraglide/messages.js';
import { baseLocale, locales, type Locale } from '#lib/messages/paraglide/runtime.js';
import { reviewed } from '#lib/messages/reviewed.ts';
import { standardTexts } from '#lib/messages/standard.ts';
import { writings } from './writing.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';

const root = new URL('../../../', import.meta.url);
const folder = new URL('src/lib/messages/words/', root);

/** A message with forms: which of them is taken depends on a number. */
type Forms = { declarations: string[]; selectors: string[]; match: Record<string, string> };
type Message = string | [Forms];

const wordsOf = (language: string): Record<string, Message> =>
	JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8'));
const formsOf = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message[0].match));
const textsOf = (words: Record<string, Message>) =>
	Object.entries(words).flatMap(([key, message]) => formsOf(message).map((text) => ({ key, text })));

const english = wordsOf('en');
const keys = Object.keys(english);
const placeholder = /\{\w+\}/g;
const placeholdersOf = (text: string) => String((text.match(placeholder) ?? []).sort());
const lettersOf = (text: string) => text.replace(placeholder, '').match(/\p{L}/gu) ?? [];
const numbersOf = (text: string): string[] => text.match(/\d+/g) ?? [];

/** The first whole numbers of a plural category: [1] for English "one", [1, 21, 31 …] for the Russian one. */
const numbersIn = (language: string, category: string): number[] => {
	const rules = new Intl.PluralRules(language);
	return Array.from({ length: 200 }, (_, n) => n).filter((n) => rules.select(n) === category);
};
const categoryOf = (match: string) => match.replace('form=', '');

test('there is a file for every language, and a language for every file', () => {
	expect(readdirSync(folder).sort()).toEqual(locales.map((locale) => `${locale}.json`).sort());
});

describe.each(locales)('the words of %s', (language) => {
	const words = wordsOf(language);
	const { letters, never, cognates = [] } = writings[language];

	test('are the same list as in English', () => {
		expect(Object.keys(words)).toEqual(keys);
	});

	test('say whether a native speaker has read them', () => {
		const review = reviewed[language];
		expect(review === null || Boolean(review.name && Date.parse(review.day))).toBe(true);
	});

	test('keep every placeholder', () => {
		const lost = keys.filter((key) => {
			const message = words[key]!;
			if (typeof message === 'string') return placeholdersOf(message) !== placeholdersOf(formsOf(english[key]!)[0]!);
			// "One character" may stand for "{n} characters" where the form is that number's alone.
			return Object.entries(message[0].match).some(
				([match, text]) =>
					placeholdersOf(text) !== placeholdersOf(formsOf(english[key]!).at(-1)!) &&
					numbersIn(language, categoryOf(match)).length !== 1,
			);
		});
		expect(lost).toEqual([]);
	});

	test('have every plural form that the language has, where English has forms', () => {
		const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
		for (const key of keys) {
			const [message, model] = [words[key]!, english[key]!];
			expect([key, typeof message]).toEqual([key, typeof model]);
			if (typeof message === 'string' || typeof model === 'string') continue;
			expect(message[0].declarations).toEqual(model[0].declarations);
			expect(message[0].selectors).toEqual(['form']);
			expect([key, Object.keys(message[0].match).map(categoryOf).sort()]).toEqual([key, pluralCategories.toSorted()]);
		}
	});

	test('keep every number', () => {
		const lost = keys.filter((key) => {
			const kept = numbersOf(formsOf(words[key]!).join());
			return numbersOf(formsOf(english[key]!).join()).some((number) => !kept.includes(number));
		});
		expect(lost).toEqual([]);
	});

	test('are written in their own letters and signs only', () => {
		const own = new RegExp(`^[${letters}]*$`, 'iu');
		const foreign = textsOf(words).filter(
			({ text }) => !own.test(lettersOf(text).join('')) || never?.test(text.replace(placeholder, '')),
		);
		expect(foreign).toEqual([]);
		const plain = /^[a-z]*$/i;
		const all = textsOf(words).flatMap(({ text }) => lettersOf(text));
		expect(plain.test(all.join(''))).toBe(letters === 'a-z');
	});

	test('are trimmed, on one line and normalised', () => {
		for (const { text } of textsOf(words)) {
			expect(text).toBe(text.trim());
			expect(text).not.toMatch(/[\n\r\t]| {2}/);
			expect(text).toBe(text.normalize('NFC'));
		}
	});

	test.skipIf(language === baseLocale)('are never the English ones', () => {
		const same = keys.filter((key) =>
			formsOf(words[key]!).some((text) => lettersOf(text).length > 0 && formsOf(english[key]!).includes(text)),
		);
		expect(same).toEqual(cognates);
	});

	test('are hardly ever those of another language', () => {
		for (const other of locales.filter((locale) => locale !== language)) {
			const theirs = wordsOf(other);
			const same = keys.filter((key) => String(formsOf(words[key]!)) === String(formsOf(theirs[key]!)));
			expect([other, same.length < keys.length / 10]).toEqual([other, true]);
		}
	});

	// A subject is one line of plain text, and names nothing after the company. A bound may be below zero, and its minus
	// would be read after it.
	test.runIf(directionOf(language) === 'rtl')('keep names and numbers of another direction apart', () => {
		const loose = textsOf(words).filter(
			({ key, text }) =>
				key !== 'mail_subject' &&
				/(?<!\u2068)\{(company|address|min|number)\}|\{(company|address|min|number)\}(?!\u2069)/.test(text),
		);
		expect(loose).toEqual([]);
	});

	test('are what the compiled messages say', () => {
		const compiled: Record<string, unknown> = { ...m };
		const say = (key: string, inputs: Record<string, string | number>) =>
			(compiled[key] as (given: typeof inputs, options: { locale: Locale }) => string)(inputs, { locale: language });
		for (const [key, message] of Object.entries(words)) {
			if (typeof message === 'string') {
				const names = message.match(placeholder) ?? [];
				const inputs = Object.fromEntries(names.map((name) => [name.slice(1, -1), `<${name}>`]));
				expect(say(key, inputs)).toBe(message.replace(placeholder, '<$&>'));
				continue;
			}
			const [input] = message[0].declarations[0]!.match(/\w+$/)!;
			for (const [match, text] of Object.entries(message[0].match))
				for (const number of numbersIn(language, categoryOf(match)))
					expect(say(key, { [input]: number })).toBe(text.replace(placeholder, String(number)));
		}
	});

	test.each(templates)('give the template $id all of its texts', (template) => {
		const definition = definitionFrom(template, language);
		const texts = standardTexts(definition, language, 'Fjord & Co');
		if (template.id !== 'live-chat') expect(texts.question).toContain('Fjord & Co');
		for (const bucket of bucketsOf(scaleOf(definition))) expect(texts.followUps[bucket]).toBeTruthy();
		for (const { id, ...question } of definition.questions) {
			expect(texts.questions[id]?.title).toBeTruthy();
			const options = 'options' in question ? question.options : [];
			for (const option of options) expect(texts.questions[id]?.options?.[option]).toBeTruthy();
		}
		for (const text of [texts.lowLabel, texts.highLabel, texts.thanks, ...Object.values(texts.followUps)])
			expect(text).toBeTruthy();
	});

	test('fit where a manager could write their own', () => {
		for (const template of templates) {
			const { lowLabel, highLabel } = standardTexts(definitionFrom(template, language), language, 'Fjord');
			expect(Math.max(lowLabel.length, highLabel.length)).toBeLessThanOrEqual(60);
		}
	});
});

test('numbers are grouped as the language does, in the digits of the scale', () => {
	const say = (locale: Locale) => m.comment_too_long({ over: 1_234_567 }, { locale });
	expect(say('de')).toContain('1.234.567 Zeichen');
	expect(say('hi')).toContain('12,34,567');
	for (const locale of locales) expect(say(locale)).toMatch(/\d[\d.,\s\u202f\u00a0]*567/);
});

test('every word is said somewhere', () => {
	const sources = ['src', 'emails'].flatMap((room) =>
		readdirSync(new URL(room, root), { recursive: true, encoding: 'utf8' })
			.filter((path) => /\.(ts|svelte)$/.test(path) && !path.includes('paraglide'))
			.map((path) => readFileSync(new URL(`${room}/${path}`, root), 'utf8')),
	);
	const said = new Set(sources.flatMap((source) => [...source.matchAll(/\bm\.(\w+)/g)].map(([, key]) => key)));
	expect(keys.filter((key) => !said.has(key))).toEqual([]);
});

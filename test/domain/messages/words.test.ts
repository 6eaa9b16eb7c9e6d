import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { templateIds } from '#lib/domain/survey/definition.ts';
import { languages, type Language } from '#lib/domain/survey/language.ts';
import { bucketsOf } from '#lib/domain/survey/metric.ts';
import { m } from '#lib/messages/paraglide/messages.js';
import { standardTexts } from '#lib/messages/standard.ts';

const wordsOf = (language: Language): Record<string, string> =>
	JSON.parse(readFileSync(new URL(`../../../src/lib/messages/words/${language}.json`, import.meta.url), 'utf8'));

const english = wordsOf('en');
const scripts = { en: 'Latin', si: 'Sinhala', hy: 'Armenian', ml: 'Malayalam', ar: 'Arabic' };
const placeholder = /\{\w+\}/g;
const placeholdersOf = (text: string) => (text.match(placeholder) ?? []).sort();
const lettersOf = (text: string) => text.replace(placeholder, '').match(/\p{L}/gu) ?? [];

/** Only placeholders, digits and signs would leave nothing to compare. */
const hasLetters = (key: string) => lettersOf(english[key]!).length > 0;

describe.each(languages)('the words of %s', (language) => {
	const words = wordsOf(language);

	test('are the same list as in English', () => {
		expect(Object.keys(words)).toEqual(Object.keys(english));
	});

	test('keep every placeholder', () => {
		const lost = Object.keys(english).filter(
			(key) => String(placeholdersOf(words[key]!)) !== String(placeholdersOf(english[key]!)),
		);
		expect(lost).toEqual([]);
	});

	test('are written in their own script only', () => {
		const own = new RegExp(`^\\p{Script=${scripts[language]}}+$`, 'u');
		const foreign = Object.keys(english).filter((key) => hasLetters(key) && !own.test(lettersOf(words[key]!).join('')));
		expect(foreign).toEqual([]);
	});

	test('are trimmed, on one line and normalised', () => {
		for (const text of Object.values(words)) {
			expect(text).toBe(text.trim());
			expect(text).not.toMatch(/[\n\r\t]| {2}/);
			expect(text).toBe(text.normalize('NFC'));
		}
	});

	test.skipIf(language === 'en')('are never the English ones', () => {
		const same = Object.keys(english).filter((key) => words[key] === english[key]);
		expect(same).toEqual([]);
	});

	test('are what the compiled messages say', () => {
		const compiled: Record<string, unknown> = { ...m };
		for (const [key, text] of Object.entries(words)) {
			const message = compiled[key] as (inputs: Record<string, string>, options: { locale: Language }) => string;
			const inputs = Object.fromEntries(placeholdersOf(text).map((name) => [name.slice(1, -1), `<${name}>`]));
			expect(message(inputs, { locale: language })).toBe(text.replace(placeholder, '<$&>'));
		}
	});

	test.each(templateIds)('give the template %s all of its texts', (template) => {
		const texts = standardTexts(template, language, 'Fjord & Co');
		expect(texts.question).toContain('Fjord & Co');
		const buckets = bucketsOf(template === 'nps-after-purchase' ? 'nps' : 'csat');
		expect(Object.keys(texts.followUps)).toEqual(buckets);
		for (const text of [texts.lowLabel, texts.highLabel, texts.thanks, ...Object.values(texts.followUps)])
			expect(text).toBeTruthy();
	});
});

test('labels fit where a manager could write one', () => {
	for (const language of languages) {
		for (const template of templateIds) {
			const { lowLabel, highLabel } = standardTexts(template, language, 'Fjord');
			expect(Math.max(lowLabel.length, highLabel.length)).toBeLessThanOrEqual(60);
		}
	}
});

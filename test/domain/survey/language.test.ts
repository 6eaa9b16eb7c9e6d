import { describe, expect, test } from 'vitest';
import {
	byOwnName,
	directionOf,
	languageNames,
	languages,
	ownNameOf,
	parseLanguage,
	preferredLanguage,
} from '#lib/domain/survey/language.ts';
import { locales } from '#lib/messages/paraglide/runtime.js';

test('every language has words, and every one with words can be chosen', () => {
	expect(languages.toSorted()).toEqual([...locales].sort());
	expect(languages.length).toBeGreaterThanOrEqual(25);
});

test('languages stand in the order of their English names', () => {
	const names = languages.map((language) => languageNames[language]);
	expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other, 'en')));
	expect(Object.keys(languageNames)).toEqual([...languages]);
});

test.each([
	['de', 'Deutsch'],
	['es', 'Español'],
	['tr', 'Türkçe'],
	['si', 'සිංහල'],
	['he', 'עברית'],
	['zh', '中文'],
	['vi', 'Tiếng Việt'],
] as const)('%s calls itself %s', (language, name) => {
	expect(ownNameOf(language)).toBe(name);
	expect(byOwnName()).toContain(language);
});

test('no two languages call themselves the same, and each is in the list once', () => {
	expect(new Set(languages.map(ownNameOf)).size).toBe(languages.length);
	expect(byOwnName().toSorted()).toEqual(languages.toSorted());
});

test('Arabic, Hebrew, Persian and Urdu run from right to left, and nothing else does', () => {
	expect(languages.filter((language) => directionOf(language) === 'rtl').sort()).toEqual(['ar', 'fa', 'he', 'ur']);
	expect(directionOf('ar-EG')).toBe('rtl');
});

describe('a tag means', () => {
	test.each([
		['en', 'en'],
		['AR-eg', 'ar'],
		[' pt-BR ', 'pt'],
		['pt-PT', 'pt'],
		['en_US', 'en'],
		['zh', 'zh'],
		['zh-CN', 'zh'],
		['zh_SG', 'zh'],
		['zh-Hans-HK', 'zh'],
		['zh-TW', null],
		['zh-Hant', null],
		['zh-HK', null],
		['iw', 'he'],
		['in-ID', 'id'],
		['prs', 'fa'],
		['fa-AF', 'fa'],
		['ur-IN', 'ur'],
		['hi-Latn', null],
		['de-CH-1996', 'de'],
		['ja-JP-u-ca-japanese', 'ja'],
		['english', null],
		['xx', null],
		['*', null],
		['', null],
		['e', null],
		['en-', null],
		['<script>', null],
		['__proto__', null],
		[null, null],
		[undefined, null],
	] as const)('%s → %s', (tag, language) => {
		expect(parseLanguage(tag)).toBe(language);
	});
});

describe('a browser that asks for', () => {
	test.each([
		['si-LK,en;q=0.5', 'si'],
		['xx,de;q=0.2,fr;q=0.9', 'fr'],
		['zh-TW,zh;q=0.9,en;q=0.8', 'zh'],
		['zh-TW,en;q=0.8', 'en'],
		['de;q=0,it;q=0.1', 'it'],
		['*', null],
		['', null],
		[null, null],
	] as const)('%s is met in %s', (header, language) => {
		expect(preferredLanguage(header)).toBe(language);
	});
});

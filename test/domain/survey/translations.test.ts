import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';
import { placesOf, textAt, withText } from '#lib/domain/survey/text-places.ts';
import { fromCsv, toCsv, type Taken } from '#lib/domain/survey/translation-file.ts';
import {
	addLanguage,
	apply,
	completeness,
	isOvertaken,
	languagesOf,
	lostIn,
	removeLanguage,
	sideBySide,
} from '#lib/domain/survey/translations.ts';
import { placeName } from '#lib/messages/places.ts';
import { standardTexts } from '#lib/messages/standard.ts';
import { randomSurvey } from '#test/support/random-survey.ts';

const template = (id: string) =>
	definitionFrom(
		templates.find((each) => each.id === id)!,
		'en',
	);
const standardOf = (definition: Definition) => (language: Language) =>
	standardTexts(definition, language, 'Corner Shop');
const missingIn = (definition: Definition, language: Language, standardIn: ReturnType<typeof standardOf>) =>
	sideBySide(definition, language, standardIn)
		.filter(({ state }) => state === 'missing')
		.map(({ key }) => key);
const plain = template('nps-after-purchase');
const own: Definition = {
	...plain,
	texts: { en: { question: 'How was {order number|it}, {first name}?' }, si: { thanks: 'ස්තුතියි' } },
};
const textsOf = (definition: Definition, language: Language) =>
	new Map(sideBySide(definition, language, standardOf(definition)).map((text) => [text.key, text]));

test('standard wording needs no translation in any language', () => {
	for (const { id } of templates)
		for (const language of ['en', 'si', 'ar', 'zh'] as const)
			expect(missingIn(template(id), language, standardOf(template(id))), `${id} ${language}`).toEqual([]);
});

test('own words of the base are missing where they are not translated', () => {
	expect(missingIn(own, 'si', standardOf(own))).toEqual(['question']);
	expect(textsOf(own, 'si').get('thanks')).toMatchObject({ state: 'own', text: 'ස්තුතියි' });
	expect(textsOf(own, 'si').get('lowLabel')!.state).toBe('standard');
	expect(textsOf(own, 'si').get('subject')!.state).toBe('empty');
	expect(missingIn(own, 'en', standardOf(own))).toEqual([]);
});

test('an option that nobody named is missing in the base itself', () => {
	const unnamed = { ...plain, questions: [...template('cancellation').questions] };
	expect(missingIn(unnamed, 'en', standardOf(unnamed))).toContain('questions.qreason.title');
});

test('says how far each language is, the base first', () => {
	const [base, si] = completeness(own, standardOf(own));
	expect(base).toMatchObject({ language: 'en', missing: 0 });
	expect(si).toMatchObject({ language: 'si', missing: 1, total: base!.total });
});

test.each([
	['Hi {first name}!', 'Bonjour !', ['first name']],
	['Hi {first name}!', 'Bonjour {First_Name|vous} !', []],
	['{a|x} and {b}', '{b}', ['a']],
	['No names', '{first name}', []],
])('%s → %s lost %j', (base, text, lost) => {
	expect(lostIn(base, text)).toEqual(lost);
});

test('applies texts by key, takes out what is emptied, and leaves the rest', () => {
	const { definition, problems } = apply(own, 'si', { question: ' කොහොමද? ', thanks: '' });
	expect(problems.size).toBe(0);
	expect(definition.texts).toEqual({ ...own.texts, si: { question: 'කොහොමද?' } });
	expect(apply(definition, 'si', {}).definition).toEqual(definition);
});

test('refuses a text that is too long and a key that is none, by key', () => {
	const changes = { question: 'x'.repeat(301), 'questions.q9.title': 'x', '__proto__.x': 'y' };
	const { definition, problems } = apply(own, 'si', changes);
	expect([...problems]).toEqual([
		['question', { is: 'too-long', spot: { of: 'question' }, length: 301, most: 300 }],
		['questions.q9.title', { is: 'gone' }],
		['__proto__.x', { is: 'gone' }],
	]);
	expect(definition).toEqual(own);
	expect(({} as { x?: string }).x).toBeUndefined();
});

test('adds a language with nothing in it, and removes it with all that is', () => {
	expect(languagesOf(addLanguage(own, 'ar'))).toEqual(['en', 'ar', 'si']);
	expect(addLanguage(own, 'si')).toEqual(own);
	expect(languagesOf(removeLanguage(own, 'si')!)).toEqual(['en']);
	expect(removeLanguage(own, 'en')).toBeNull();
});

test.each([
	['nobody wrote there', { thanks: 'new' }, { thanks: 'ස්තුතියි' }, false],
	['somebody else wrote there', { thanks: 'new' }, { thanks: 'old' }, true],
	['somebody else wrote the same', { thanks: 'ස්තුතියි' }, { thanks: 'old' }, false],
	['it was not there when it was seen', { thanks: 'new' }, {}, true],
] as const)('knows a text that was overtaken: %s', (_, changes, before, isSo) => {
	expect(isOvertaken(own, 'si', changes, before as Record<string, string>)).toBe(isSo);
});

test('every text that a survey has is listed, and can be changed by its key', () => {
	fc.assert(
		fc.property(randomSurvey(), (survey) => {
			const keys = placesOf(survey).map(({ key }) => key);
			expect(new Set(keys).size).toBe(keys.length);
			for (const key of keys) {
				const texts = withText({}, key, 'words');
				expect(textAt(texts, key)).toBe('words');
				expect(withText(texts, key, undefined)).toEqual({});
			}
		}),
		{ numRuns: 25 },
	);
});

const csvOf = (definition: Definition) => toCsv(definition, standardOf(definition), (spot) => placeName(spot, 'en'));
const columns = (csv: string) => csv.trim().split('\r\n')[0];

test('a file for translators has every text with its base, and a column for each language', () => {
	const csv = csvOf(own);
	expect(columns(csv)).toBe('key,context,base,si');
	expect(csv).toContain('question,The question with the score,"How was {order number|it}, {first name}?",\r\n');
	expect(csv).toContain('thanks,Thanks,Thank you for your answer. It helps us to get better.,ස්තුතියි\r\n');
});

test('a formula in a text does not run in a spreadsheet, and comes back as it was', () => {
	const hostile = { ...plain, texts: { en: { question: '=1+1' }, si: { question: '@SUM(A1)' } } };
	const csv = csvOf(hostile);
	expect(csv).toContain(",'=1+1,'@SUM(A1)");
	const taken = fromCsv(hostile, csv, standardOf(hostile));
	expect(taken).toEqual({ definition: hostile, changed: {}, refused: [] });
});

test('every survey’s own file changes nothing when it comes back', () => {
	fc.assert(
		fc.property(randomSurvey({ questions: 4 }), (survey) => {
			const taken = fromCsv(
				addLanguage(survey, survey.language === 'ar' ? 'si' : 'ar'),
				csvOf(addLanguage(survey, survey.language === 'ar' ? 'si' : 'ar')),
				standardOf(survey),
			) as Taken;
			expect(taken.changed).toEqual({});
			expect(taken.definition.texts).toMatchObject(survey.texts);
		}),
		{ numRuns: 40 },
	);
});

const take = (rows: string) => fromCsv(own, rows, standardOf(own)) as Taken;
const base = 'How was {order number|it}, {first name}?';

test('takes what translators wrote, with semicolons and a byte-order mark as Excel saves it', () => {
	const taken = take(`\uFEFFkey;base;ar;si\r\nquestion;"${base}";كيف كان {order number|طلبك}، {first name}؟;\r\n`);
	expect(taken.refused).toEqual([]);
	expect(taken.changed).toEqual({ ar: 1 });
	expect(taken.definition.texts.ar).toEqual({ question: 'كيف كان {order number|طلبك}، {first name}؟' });
	expect(taken.definition.texts.si).toEqual(own.texts.si);
});

test.each([
	['an unknown key', 'key,si\nnope,x', 2, null, { is: 'unknown-key', key: 'nope' }],
	['a key twice', 'key,si\nlowLabel,a\nlowLabel,b', 3, null, { is: 'repeated-key', key: 'lowLabel' }],
	['too much', `key,si\nlowLabel,${'x'.repeat(61)}`, 2, 'si', { is: 'too-long', length: 61, most: 60 }],
	['a lost name', 'key,si\nquestion,{first name}?', 2, 'si', { is: 'lost-names', names: ['order number'] }],
	[
		'letters that became question marks',
		'key,si\nthanks,??????? !',
		2,
		'si',
		{ is: 'lost-letters', text: '??????? !' },
	],
	['a letter that did', 'key,pl\nthanks,Dzi?kujemy', 2, 'pl', { is: 'lost-letters', text: 'Dzi?kujemy' }],
	['letters that cannot be read', 'key,si\nthanks,\uFFFD', 2, 'si', { is: 'lost-letters', text: '\uFFFD' }],
	[
		'a base that reads otherwise now',
		'key,base,si\nquestion,How was it?,x',
		2,
		null,
		{ is: 'other-base', base, theirs: 'How was it?' },
	],
	['a language nobody can be met in', 'key,si,tlh\nlowLabel,a,b', 1, null, { is: 'unknown-language', name: 'tlh' }],
] as const)(
	'refuses %s with its line and the reason, and keeps what is there',
	(_what, rows, line, language, reason) => {
		const taken = take(rows);
		expect(taken.refused).toEqual([{ line, language, reason }]);
		expect(taken.definition.texts).toMatchObject(own.texts);
	},
);

test.each(['Really?? Thanks', 'Ça va ?', '¿Qué tal?', 'Thanks???', '满意吗?请说'])(
	'takes “%s”, whose question marks are meant',
	(words) => {
		const asked = { ...own, texts: { ...own.texts, en: { ...own.texts.en, thanks: 'Thanks???' } } };
		expect((fromCsv(asked, `key,fr\nthanks,${words}`, standardOf(asked)) as Taken).refused).toEqual([]);
	},
);

test('an empty cell leaves what is there', () => {
	expect(take('key,si\nthanks,').definition).toEqual(own);
});

test.each([
	['', { is: 'empty' }],
	['question,si\nx,y', { is: 'no-key' }],
	['key,context,base\nquestion,,', { is: 'no-language' }],
	['key,si,si\nquestion,a,b', { is: 'repeated-language', language: 'si' }],
])('refuses %j as a whole', (rows, problem) => {
	expect(take(rows)).toEqual(problem);
});

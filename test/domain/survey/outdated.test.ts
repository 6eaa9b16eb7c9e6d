import { describe, expect, test } from 'vitest';
import { definitionSchema, type Definition } from '#lib/domain/survey/definition.ts';
import { confirmed, noteOutdated, outdatedIn, type Outdated } from '#lib/domain/survey/outdated.ts';
import { remarksOn } from '#lib/domain/survey/quality.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';

type Words = Definition['texts'];
const nps = definitionFrom(
	templates.find(({ id }) => id === 'nps-relationship')!,
	'en',
);
const surveyWith = (texts: Words): Definition => definitionSchema.parse({ ...nps, texts });

const translated: Words = {
	en: { question: 'How was it?', thanks: 'Thanks' },
	si: { question: 'කොහොමද?', thanks: 'ස්තුතියි' },
	ar: { question: 'كيف كان؟', lowLabel: 'سيئ' },
};
const before = surveyWith(translated);
const edited = (changes: Words): Definition => surveyWith({ ...translated, ...changes });
const asked = (question: string) => ({ en: { ...translated.en, question } });

describe('an edit of the base', () => {
	const cases: [string, Definition, Outdated[]][] = [
		['changes nothing', before, []],
		[
			'leaves every translation of that text behind',
			edited(asked('How was your visit?')),
			[{ key: 'question', was: 'How was it?', languages: ['ar', 'si'] }],
		],
		[
			'leaves behind only what was not written anew with it',
			edited({ ...asked('How was your visit?'), ar: { question: 'كيف كانت زيارتك؟' } }),
			[{ key: 'question', was: 'How was it?', languages: ['si'] }],
		],
		[
			'leaves behind what translated the standard wording',
			edited({ en: { ...translated.en, lowLabel: 'Bad' } }),
			[{ key: 'lowLabel', was: '', languages: ['ar'] }],
		],
		['is none where a translation changes', edited({ si: { question: 'කෙසේද?' } }), []],
		['takes a translation along that was taken out', edited({ ...asked('New'), si: {}, ar: {} }), []],
	];
	test.each(cases)('%s', (_, after, expected) => {
		expect(noteOutdated(before, [], after)).toEqual(expected);
	});

	const after = edited(asked('How was your visit?'));
	const noted = noteOutdated(before, [], after);

	test('is known by what was translated, however often it is edited again', () => {
		expect(noteOutdated(after, noted, edited(asked('And now?')))).toEqual(noted);
		expect(noteOutdated(after, noted, after)).toEqual(noted);
	});

	test('that is taken back leaves nothing behind', () => expect(noteOutdated(after, noted, before)).toEqual([]));

	test('is answered for one language by writing or confirming, and for the other stays', () => {
		const written = edited({ ...asked('How was your visit?'), si: { question: 'ඔබේ පැමිණීම කොහොමද?' } });
		const rest: Outdated[] = [{ key: 'question', was: 'How was it?', languages: ['ar'] }];
		expect(noteOutdated(after, noted, written)).toEqual(rest);
		expect(confirmed(noted, 'si', 'question')).toEqual(rest);
		expect(confirmed(confirmed(noted, 'si', 'question'), 'ar', 'question')).toEqual([]);
		expect(outdatedIn(rest, 'si').size).toBe(0);
		expect(outdatedIn(rest, 'ar').get('question')).toBe('How was it?');
	});

	test('is forgotten with another base language', () =>
		expect(noteOutdated(after, noted, { ...after, language: 'si' })).toEqual([]));

	test('is remarked by the check, with the step it is about', () =>
		expect(remarksOn(after, noted).filter(({ kind }) => kind === 'outdated')).toEqual([
			{ kind: 'outdated', step: 'metric', texts: 1, language: 'ar', base: 'en' },
			{ kind: 'outdated', step: 'metric', texts: 1, language: 'si', base: 'en' },
		]));
});

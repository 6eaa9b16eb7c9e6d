import { describe, expect, it } from 'vitest';
import { applyTyped, draftSchema, typedSchema } from '#lib/domain/survey/draft.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import { wordingFor } from '#lib/domain/survey/wording.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';
import type { Texts } from '#lib/domain/survey/texts.ts';

const definition = (texts: Definition['texts'], language: Language = 'en'): Definition => ({
	...definitionFrom(templates[0]!, language),
	texts,
});
const words = { text: 'thanks', button: null };
const standard = {
	question: 'standard',
	lowLabel: 'low',
	highLabel: 'high',
	followUps: {},
	questions: {},
	thanks: 'thanks',
	endings: { thanks: words, permission: words, promise: words, link: words },
};

describe('the question a customer reads', () => {
	const own: Texts = { question: 'own' };
	const translated: Texts = { question: 'translated' };
	it.each([
		['nothing written', {}, 'ar', { text: 'standard', language: 'ar' }],
		['their language is the base', { en: own }, 'en', { text: 'own', language: 'en' }],
		['no translation', { en: own }, 'ar', { text: 'own', language: 'en' }],
		['a translation', { en: own, ar: translated }, 'ar', { text: 'translated', language: 'ar' }],
		['a translation of something else', { en: own, ar: { thanks: 'x' } }, 'ar', { text: 'own', language: 'en' }],
		[
			'a translation that is nothing but a name',
			{ en: own, ar: { question: '{name}؟' } },
			'ar',
			{ text: 'own', language: 'en' },
		],
		[
			'own words that are nothing but a name',
			{ en: { question: '{name}!' } },
			'ar',
			{ text: 'standard', language: 'ar' },
		],
		['a translation but no own words', { ar: translated }, 'en', { text: 'standard', language: 'en' }],
	] as const)('with %s', (_case, texts, language, phrase) => {
		expect(wordingFor(definition(texts), language, standard).question).toEqual(phrase);
	});
});

describe('what a plain form sends', () => {
	const typed = (given: Record<string, unknown> = {}) => ({
		draftRevision: '3',
		name: ' Name ',
		draft: { texts: { en: { question: ' Mine? ', lowLabel: '', followUps: { passive: '  ' } } } },
		...given,
	});
	const read = (draft: Definition, given: Record<string, unknown> = {}) => {
		const form = typedSchema.parse(typed(given));
		return draftSchema.safeParse({ draftRevision: form.draftRevision, ...applyTyped({ name: 'Old', draft }, form) });
	};

	it('leaves out what is empty, at every depth, and keeps what the form did not hold', () => {
		const { data } = read(definition({ en: { thanks: 'Bye', lowLabel: 'Bad' }, si: { question: 'si?' } }));
		expect(data).toMatchObject({ draftRevision: 3, name: 'Name' });
		expect(data!.draft.texts).toEqual({ en: { question: 'Mine?', thanks: 'Bye' }, si: { question: 'si?' } });
	});

	it('keeps a language that nothing is written in yet, and no base without words', () => {
		const given = { draft: { texts: { en: { question: '' } } } };
		expect(read(definition({ si: {}, ar: { question: '' } }), given).data!.draft.texts).toEqual({ si: {}, ar: {} });
	});

	it.each([
		['name', { name: ' ' }],
		['draft.language', { draft: { language: 'xx' } }],
		['draft.texts.en.question', { draft: { texts: { en: { question: 'x'.repeat(301) } } } }],
		['draft.texts.en', { draft: { texts: { en: { script: 'x' } } } }],
		['draft.brand.colour', { draft: { brand: { colour: 'red' } } }],
		['draft.brand.logoId', { draft: { brand: { logoId: '../x' } } }],
		['draft.sender.replyTo', { draft: { sender: { replyTo: 'nobody' } } }],
	])('names %s when it is wrong', (path, given) => {
		const issues = read(definition({}), given).error?.issues ?? [];
		expect(issues.map((issue) => issue.path.join('.'))).toEqual([path]);
	});

	it('keeps translations, and takes the words along when the base language changes', () => {
		const draft = definition({ en: { question: 'Old?' }, si: { question: 'si?' } });
		const { data } = read(draft, { draft: { language: 'ar', texts: { en: { question: 'Mine?' } } } });
		expect(data!.draft).toMatchObject({
			language: 'ar',
			texts: { ar: { question: 'Mine?' }, si: { question: 'si?' } },
		});
		expect(data!.draft.texts.en).toBeUndefined();
	});

	it('takes an emptied sender for none', () => {
		const { data } = read(definition({}), { draft: { sender: { name: ' ', replyTo: '' } } });
		expect(data!.draft.sender).toEqual({ name: null, replyTo: null });
	});
});

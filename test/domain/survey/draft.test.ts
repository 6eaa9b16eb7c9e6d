import { describe, expect, it } from 'vitest';
import { applyForm, draftFormSchema } from '#lib/domain/survey/draft.ts';
import { fieldsOf } from '#lib/domain/survey/draft-fields.ts';
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
		['a translation but no own words', { ar: translated }, 'en', { text: 'standard', language: 'en' }],
	] as const)('with %s', (_case, texts, language, phrase) => {
		expect(wordingFor(definition(texts), language, standard).question).toEqual(phrase);
	});
});

describe("the editor's form", () => {
	const typed = (given: Record<string, unknown> = {}) => ({
		draftRevision: '3',
		name: ' Name ',
		language: 'en',
		texts: { question: ' Mine? ', lowLabel: '', followUps: { passive: '  ' } },
		brand: { colour: '#AA2200', logoId: '' },
		...given,
	});

	it('leaves out what is empty, at every depth', () => {
		expect(draftFormSchema.parse(typed())).toEqual({
			draftRevision: 3,
			name: 'Name',
			language: 'en',
			texts: { question: 'Mine?' },
			brand: { colour: '#aa2200', logoId: null },
		});
	});

	it.each([
		['name', { name: ' ' }],
		['language', { language: 'xx' }],
		['texts.question', { texts: { question: 'x'.repeat(301) } }],
		['texts', { texts: { script: 'x' } }],
		['brand.colour', { brand: { colour: 'red', logoId: '' } }],
		['brand.logoId', { brand: { colour: '#aa2200', logoId: '../x' } }],
		['draftRevision', { draftRevision: '-1' }],
	])('names %s when it is wrong', (path, given) => {
		const issues = draftFormSchema.safeParse(typed(given)).error?.issues ?? [];
		expect(issues.map((issue) => issue.path.join('.'))).toEqual([path]);
	});

	it('keeps translations, and takes the words along when the base language changes', () => {
		const draft = definition({ en: { question: 'Old?' }, si: { question: 'si?' } });
		const form = draftFormSchema.parse(typed({ language: 'ar' }));
		expect(applyForm(draft, form)).toMatchObject({
			language: 'ar',
			texts: { ar: { question: 'Mine?' }, si: { question: 'si?' } },
		});
		expect(applyForm(draft, form).texts.en).toBeUndefined();
	});

	it('shows a draft as it was typed', () => {
		const fields = fieldsOf('Name', definition({ en: { question: 'Q?', followUps: { detractor: 'Why?' } } }));
		expect(fields).toMatchObject({
			name: 'Name',
			'texts.question': 'Q?',
			'texts.followUps.detractor': 'Why?',
			'texts.followUps.passive': '',
			'texts.thanks': '',
			'brand.logoId': '',
		});
	});
});

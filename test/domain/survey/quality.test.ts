import { describe, expect, it } from 'vitest';
import type { Definition } from '#lib/domain/survey/definition.ts';
import { newQuestion, questionKinds } from '#lib/domain/survey/question.ts';
import { remarksOn, secondsOf } from '#lib/domain/survey/quality.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';
import { standardTexts } from '#lib/messages/standard.ts';

const survey = (change: Partial<Definition> = {}): Definition => ({
	...definitionFrom(templates[0]!, 'en'),
	...change,
});
const standard = (definition: Definition) => standardTexts(definition, definition.language, 'Shop');
const seconds = (change: Partial<Definition> = {}) => secondsOf(survey(change), standard(survey(change)));
const kinds = (change: Partial<Definition>) => remarksOn(survey(change)).map(({ kind, step }) => `${kind} ${step}`);
const own = (question: string) => ({ texts: { en: { question } } });

describe('how long a survey takes', () => {
	it('is a tap and the reading of its question at four words a second', () => {
		expect(seconds({ hasComment: false, ...own('One two three four five six seven eight') })).toBe(4);
	});
	it('is twenty seconds longer with a follow-up, and what reading that takes', () => {
		const followUps = { detractor: 'one two three four' };
		const texts = { en: { question: 'one two three four', followUps } };
		expect(seconds({ texts })).toBe(2 + 1 + 20 + 1);
	});
	it.each([
		['yes-no', 2],
		['rating', 2],
		['many-choices', 4],
		['matrix', 4],
		['ranking', 6],
		['date', 5],
		['number', 5],
		['short-text', 10],
		['long-text', 20],
	] as const)('grows by what a question of the kind %s takes: %i', (kind, more) => {
		const shared = { hasComment: false, ...own('one two three four') };
		expect(seconds({ ...shared, questions: [newQuestion(kind, 'q1')] }) - seconds(shared)).toBe(more);
	});
	it('is that of the longest way through', () => {
		const shared = { hasComment: false, ...own('one two three four') };
		const only = (bucket: 'promoter' | 'detractor', id: string) => ({
			...newQuestion('long-text', id),
			showIf: { test: 'bucket' as const, oneOf: [bucket] },
		});
		expect(seconds({ ...shared, questions: [only('promoter', 'q1'), only('detractor', 'q2')] })).toBe(3 + 20);
	});
	it('is known for every kind', () => {
		const questions = questionKinds.map((kind, index) => newQuestion(kind, `q${index + 1}`));
		expect(seconds({ questions })).toBeGreaterThan(60);
	});
});

describe('what could be better', () => {
	it('is nothing of a survey in standard wording', () => {
		for (const template of templates) expect(remarksOn(definitionFrom(template, 'en'))).toEqual([]);
	});
	it('is more than five questions', () => {
		const many = (count: number) => Array.from({ length: count }, (_, at) => newQuestion('yes-no', `q${at + 1}`));
		expect(kinds({ questions: many(5) })).toEqual([]);
		expect(kinds({ questions: many(6) })).toEqual(['length q6']);
	});
	it('is a scale that begins with its high end', () => {
		expect(kinds({ scale: { ...survey().scale, order: 'high-first' } })).toEqual(['scale metric']);
	});
	it('is a text that has to be written', () => {
		const questions = [{ ...newQuestion('short-text', 'q1'), isRequired: true }];
		expect(kinds({ questions })).toEqual(['required q1']);
	});
	it('is what a translation leaves out, and not what it need not say', () => {
		const texts = { en: { question: 'Mine?', thanks: 'Bye' }, si: { thanks: 'si' } };
		const [remark, ...rest] = remarksOn(survey({ texts }));
		expect(rest).toEqual([]);
		expect(remark).toEqual({ kind: 'translation', step: 'metric', missing: 1, language: 'si', base: 'en' });
		expect(kinds({ texts: { si: { thanks: 'si' } } })).toEqual([]);
	});
	it('is a name without a fallback, in any language', () => {
		const texts = { en: { question: 'Well, {first name|friend}?' }, si: { question: '{first name}?' } };
		expect(kinds({ texts })).toEqual(['personal metric']);
	});
	it.each(['Hello {first name', 'Hello first name}', 'Hello {}', 'Hello {|friend}', 'Hello {{first name|you}}'])(
		'is a brace that holds no name: %s',
		(question) => expect(kinds({ texts: { ar: { question } } })).toEqual(['braces metric']),
	);
	it('is a colour that its background swallows', () => {
		const brand = survey().brand;
		expect(kinds({ brand: { ...brand, colour: '#ffffcc' } })).toEqual(['contrast look']);
		expect(kinds({ brand: { ...brand, colour: '#1f6f5c' } })).toEqual([]);
	});
	it.each([
		['How quick and friendly were we?', ['two-in-one']],
		['Was it good or bad?', ['two-in-one']],
		['How quick were we?', []],
		['How sandy was the beach?', []],
		["Don't you love our tea?", ['leading']],
		['How amazing was our tea?', ['leading']],
		['Surely you will come again?', ['leading']],
		['Surely it was quick and friendly?', ['two-in-one', 'leading']],
	] as const)('hints in English only: %s', (question, traps) => {
		const found = remarksOn(survey(own(question)));
		expect(found).toEqual(traps.map((trap) => ({ kind: 'wording', step: 'metric', trap, text: question })));
		expect(remarksOn(survey({ language: 'de', texts: { de: { question } } }))).toEqual([]);
	});
});

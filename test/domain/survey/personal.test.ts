import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Language } from '#lib/domain/survey/language.ts';
import { fill, nobody, slotKeys, slotOf, slotsIn, type Person } from '#lib/domain/survey/personal.ts';

const ann: Person = { name: 'Ann Perera', properties: [{ key: 'Order Number', value: 'A-17' }] };

describe('a text with somebody in it', () => {
	const cases: [string, Person, string][] = [
		['Hello {first name}!', ann, 'Hello Ann!'],
		['Hello {first name}!', nobody, 'Hello!'],
		['Hello, {first name}!', nobody, 'Hello!'],
		['{first name}, how was it?', nobody, 'How was it?'],
		['How was {order number|your order}?', ann, 'How was A-17?'],
		['How was {order_number|your order}?', nobody, 'How was your order?'],
		['Thanks {name} for {order number}.', nobody, 'Thanks for.'],
		['Nothing to fill', ann, 'Nothing to fill'],
		['{city}', ann, ''],
		['مرحبًا {first name}، كيف كان؟', nobody, 'مرحبًا، كيف كان؟'],
	];
	for (const [text, person, expected] of cases)
		it(`"${text}" of ${person.name || 'nobody'} is "${expected}"`, () =>
			expect(fill(text, person, 'en')).toBe(expected));

	const closed: [string, Language, string][] = [
		['¡{first name}, gracias!', 'es', '¡Gracias!'],
		['¿{first name}, cómo fue?', 'es', '¿Cómo fue?'],
		['Thanks, {first name} – see you', 'en', 'Thanks – see you'],
		['How was {first name}’s visit?', 'en', 'How was visit?'],
		['Bonjour, {first name} !', 'fr', 'Bonjour !'],
		['« {product} » vous a plu ?', 'fr', 'Vous a plu ?'],
		['Wie war „{product}“?', 'de', 'Wie war?'],
		['Siparişiniz {order number}’nin durumu', 'tr', 'Siparişiniz durumu'],
		['{first name}様、ありがとう', 'ja', 'ありがとう'],
		['「{product}」はいかがでしたか', 'ja', 'はいかがでしたか'],
		['{first name}님, 안녕하세요', 'ko', '안녕하세요'],
		['你好{first name}先生，谢谢', 'zh', '你好，谢谢'],
		['สวัสดีคุณ{first name} เป็นอย่างไรบ้าง', 'th', 'สวัสดีคุณ เป็นอย่างไรบ้าง'],
		['שלום ל{first name}, איך היה?', 'he', 'שלום, איך היה?'],
		['ස්තුතියි {first name}ට!', 'si', 'ස්තුතියි!'],
		['Your order: {order number}.', 'en', 'Your order.'],
		['How was order #{order number}?', 'en', 'How was order?'],
		['Hello {first name}/{name}', 'en', 'Hello'],
		['👋 {first name}', 'en', '👋'],
		['“{first name}!”', 'en', ''],
	];
	for (const [text, language, expected] of closed)
		it(`"${text}" of nobody is "${expected}"`, () => expect(fill(text, nobody, language)).toBe(expected));

	const layla: Person = { name: 'ليلى حداد', properties: [{ key: 'order', value: 'A-17' }] };
	const foreign: [string, Person, Language, string][] = [
		['شكرًا {first name}!', ann, 'ar', 'شكرًا \u2068Ann\u2069!'],
		['شكرًا {first name}!', layla, 'ar', 'شكرًا ليلى!'],
		['طلبك {order} وصل', layla, 'ar', 'طلبك \u2068A-17\u2069 وصل'],
		['Thanks, {name} (again)!', layla, 'en', 'Thanks, \u2068ليلى حداد\u2069 (again)!'],
		['Thanks, {name}!', ann, 'en', 'Thanks, Ann Perera!'],
		['{first name}, ister misiniz?', nobody, 'tr', 'İster misiniz?'],
	];
	for (const [text, person, language, expected] of foreign)
		it(`"${text}" of ${person.name || 'nobody'} keeps its order in ${language}`, () =>
			expect(fill(text, person, language)).toBe(expected));

	it('cannot be turned by a value', () =>
		expect(fill('Hi {name}!', { name: '\u202egnirts\u2066 x', properties: [] }, 'en')).toBe('Hi gnirts x!'));

	it('takes the first name of “Perera, Ann”', () =>
		expect(fill('Hi {first name}!', { name: 'Perera, Ann', properties: [] }, 'en')).toBe('Hi Ann!'));

	it('cuts a long value between signs, never within one', () =>
		expect(fill('{name}', { name: '👩‍👧'.repeat(300), properties: [] }, 'en')).toBe('👩‍👧'.repeat(200)));

	it('names its slots', () =>
		expect(slotsIn('{first name} and {city|here}')).toEqual([
			{ key: 'first name', fallback: null },
			{ key: 'city', fallback: 'here' },
		]));

	it('has in it what is inserted', () => {
		expect(fill(`Hi ${slotOf('first name', 'there')}!`, ann, 'en')).toBe('Hi Ann!');
		expect(fill(`Hi ${slotOf('first name', 'there')}!`, nobody, 'en')).toBe('Hi there!');
		expect(fill(`Hi ${slotOf('first name', '')}!`, nobody, 'en')).toBe('Hi!');
	});

	it('is offered the properties that can stand in braces and are not a name', () =>
		expect(
			slotKeys(['City', 'First_Name', 'NAME', 'a|b', '{x}', 'two\nlines', '', 'x'.repeat(61), 'Name of pet']),
		).toEqual(['City', 'Name of pet']));
});

it('is a whole sentence, whatever is empty', () => {
	const slot = fc.constantFrom('{first name}', '{name}', '{order number}', '{city}', '{city|}');
	const word = fc.constantFrom('Hello', 'how', 'was', 'order', 'සුබ', 'شكرًا', 'Ann');
	const part = fc.oneof(slot, word);
	const sentence = fc
		.tuple(
			fc.array(fc.tuple(part, fc.constantFrom(' ', ' ', ', ', ' – ')), { minLength: 1, maxLength: 6 }),
			part,
			fc.constantFrom('.', '!', '?', '؟', '…', ''),
		)
		.map(([parts, last, end]) => parts.map(([word, gap]) => word + gap).join('') + last + end);
	const value = fc.constantFrom('', ' ', 'A-17', '{first name}', 'two  words', 'x\ny');
	fc.assert(
		fc.property(sentence, value, value, (text, name, order) => {
			const filled = fill(text, { name, properties: [{ key: 'order number', value: order }] }, 'en');
			expect(filled).not.toMatch(/[{}\u{F8FF}]/u);
			expect(filled).not.toMatch(/ {2}/);
			expect(filled).not.toMatch(/ [,.!?؟…]/u);
			expect(filled).toBe(filled.trim());
		}),
		{ numRuns: 2000 },
	);
});

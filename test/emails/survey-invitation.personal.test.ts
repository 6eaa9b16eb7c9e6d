import { describe, expect, test } from 'vitest';
import { compileInvitation, type PersonalWords } from '#emails/survey-invitation.ts';
import { m } from '#lib/messages/paraglide/messages.js';
import { nobody, type Person } from '#lib/domain/survey/personal.ts';
import { designOf, links } from './design.ts';

const texts = {
	en: {
		question: 'Hello {first name|there}, how was {order number|your order}?',
		subject: '{first name}, one question about {order number|your order}',
		lowLabel: 'Bad, {first name}',
	},
};
const ana: Person = { name: 'Ana Silva', properties: [{ key: 'order_number', value: 'A-17' }] };

const wordsOf = (person: Person, changes = texts): PersonalWords => {
	const { wording } = designOf('nps', 'en', { texts: changes, person });
	return {
		question: wording.question.text,
		lowLabel: wording.lowLabel.text,
		highLabel: wording.highLabel.text,
		subject: wording.subject?.text ?? null,
	};
};
const mailFor = async (person: Person, changes = texts) =>
	(await compileInvitation(designOf('nps', 'en', { texts: changes })))(links, wordsOf(person, changes));

describe('a mail with personal words', () => {
	test('says each person’s in subject, question, labels and text', async () => {
		const mail = await mailFor(ana);
		expect(mail.subject).toBe('Ana, one question about A-17');
		for (const part of [mail.html, mail.text]) expect(part).toContain('Hello Ana, how was A-17?');
		expect(mail.html).toContain('<title>Hello Ana, how was A-17?</title>');
		expect(mail.html).toContain('aria-label="0 of 10, Bad, Ana"');
		expect(mail.text).toContain('0 – Bad, Ana: ');
	});

	test('is a whole sentence for who has none', async () => {
		const mail = await mailFor(nobody);
		expect(mail.subject).toBe('One question about your order');
		expect(mail.text).toContain('Hello there, how was your order?');
		expect(mail.html).toContain('aria-label="0 of 10, Bad"');
	});

	test('has nobody’s words without a person', async () => {
		const mail = (await compileInvitation(designOf('nps', 'en', { texts })))(links);
		expect(mail.subject).toBe('One question about your order');
	});

	test('lays out once and writes many in little time', async () => {
		const write = await compileInvitation(designOf('nps', 'en', { texts }));
		const start = performance.now();
		for (let person = 0; person < 1_000; person++) {
			const mail = write(links, wordsOf({ name: `P${person} Q`, properties: [] }));
			expect(mail.subject.startsWith(`P${person}, `)).toBe(true);
		}
		expect(performance.now() - start).toBeLessThan(10_000);
	});
});

/** The same sequence in every run. */
const randomFrom = (seed: number) => () => {
	seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
	return seed / 2 ** 32;
};

const hostile = [
	'',
	' ',
	'\r\nBcc: everyone@example.com',
	'<script>alert(1)</script>',
	'"><img src=x onerror=y>',
	'{{answer}}',
	'{first name}',
	'\uE000question\uE001',
	'\uF8FF',
	'$& $1',
	'\u2028new line',
	'مريم',
	'ශ්‍රී',
	'👩🏽‍🌾',
	'x'.repeat(5_000),
	'O’Hara-Žižek',
];
const sentences = [
	'Hello {first name}!',
	'{first name}, how was it?',
	'How was {order number|your order}?',
	'Thank you, {name|dear customer}.',
	'How do you like your plan ({plan})?',
	'How is life, {first name}, with {plan|us}?',
	'How are you?',
];

test('whatever somebody is called, no header, tag or address comes of it, and no sentence breaks', async () => {
	const random = randomFrom(4);
	const any = <Item>(list: readonly Item[]) => list[Math.floor(random() * list.length)]!;
	for (let round = 0; round < 40; round++) {
		const question = Array.from({ length: 1 + Math.floor(random() * 5) }, () => any(sentences)).join(' ');
		const changes = { en: { question, subject: question.slice(0, 150), lowLabel: 'Low {first name}' } };
		const write = await compileInvitation(designOf('nps', 'en', { texts: changes }));
		const blank = write(links);
		for (let person = 0; person < 10; person++) {
			const who = {
				name: any(hostile),
				properties: [
					{ key: 'order number', value: any(hostile) },
					{ key: 'Plan', value: any(hostile) },
				],
			};
			const mail = write(links, wordsOf(who, changes));
			expect(mail.subject).not.toMatch(/[\r\n\u2028\p{Cc}]/u);
			expect([...mail.subject].length).toBeLessThanOrEqual(200);
			expect(mail.html).not.toMatch(/<script|<img src=x|onerror=y>/);
			// As many links as a mail to nobody, to the same places.
			const hrefs = (html: string) => html.match(/href="[^"]*"/g);
			expect(hrefs(mail.html)).toEqual(hrefs(blank.html));
			expect(mail.text.match(/https:\S+/g)).toEqual(blank.text.match(/https:\S+/g));
			const said = mail.text.split('\n\n' + m.mail_tap_nps({}, { locale: 'en' }))[0]!;
			expect(said).not.toMatch(/\{|\uF8FF|\(\s*\)|\s[,.?!](\s|$)|,\s*[,.?!]|^[,.]/);
		}
	}
});

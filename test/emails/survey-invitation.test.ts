import postalMime from 'postal-mime';
import { createTransport } from 'nodemailer';
import { describe, expect, test } from 'vitest';
import { escapeHtml } from '#emails/mail.ts';
import { compileInvitation } from '#emails/survey-invitation.ts';
import { directionOf, languages } from '#lib/domain/survey/language.ts';
import { metrics, standardScale, scoresOf } from '#lib/domain/survey/metric.ts';
import { m } from '#lib/messages/paraglide/messages.js';
import { designOf, links } from './design.ts';

const cases = metrics.flatMap((metric) => languages.map((language) => [metric, language] as const));
const highest = {
	...{ nps: m.nps_high, enps: m.nps_high, csat: m.csat_high, ces: m.ces_high },
	// Of effort the highest is the worst: they disagree that it was easy.
	...{ 'ces-v1': m.ces_low, stars: m.stars_high, thumbs: m.yes, pmf: m.pmf_very },
};
const hrefs = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
/** What is read of a message: no head, no comments for Outlook, no tags. */
const read = (html: string) =>
	html
		.slice(html.indexOf('<body'))
		.replace(/<!--.*?-->/gs, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&nbsp;|\s+/g, ' ');

describe.each(cases)('the mail of a %s survey in %s', (metric, language) => {
	test('links every score, unsubscribing and the page without a score, in both parts', async () => {
		const mail = (await compileInvitation(designOf(metric, language)))(links);
		const scores = scoresOf(standardScale(metric)).map((score) => `${links.answerUrl}?score=${score}`);
		const expected = [...scores, links.answerUrl, links.unsubscribeUrl];
		expect(hrefs(mail.html)).toEqual(expected);
		expect(mail.text.match(/https:\S+/g)).toEqual(expected);
	});

	test('asks first, and says what a tap does, why it came and who sent it', async () => {
		const design = designOf(metric, language);
		const mail = (await compileInvitation(design))(links);
		const text = read(mail.html).trim();
		const preheader = m.mail_preheader({}, { locale: language });
		expect(text.startsWith(read(`<body>${preheader} ${design.wording.question.text}`).trim())).toBe(true);
		expect(mail.text.startsWith(design.wording.question.text)).toBe(true);
		for (const part of [text, mail.text]) {
			expect(part).toContain(m.mail_why({ company: 'Fjord Sports' }, { locale: language }));
			expect(part.split('Fjord Sports').length).toBeGreaterThan(3);
		}
	});

	test('says its language and direction, and names each link in it', async () => {
		const { html } = (await compileInvitation(designOf(metric, language)))(links);
		expect(html).toContain(`<html lang="${language}" dir="${directionOf(language)}"`);
		const names = [...html.matchAll(/<a [^>]*aria-label="([^"]*)"/g)].map(([, name]) => name);
		expect(names).toHaveLength(scoresOf(standardScale(metric)).length);
		const max = standardScale(metric).max;
		const label = highest[metric]({}, { locale: language });
		// Where the words are all there is to choose, a number would only be read out in between.
		const isWords = metric === 'thumbs' || metric === 'pmf';
		const name = isWords ? label : m.score_of_labelled({ score: max, max, label }, { locale: language });
		expect(names.at(-1)).toBe(escapeHtml(name));
	});

	test('leaves no place unfilled and stays far below what Gmail cuts off', async () => {
		const words = 'ഞങ്ങൾ '.repeat(50);
		const texts = { [language]: { question: words, lowLabel: words.slice(0, 60), highLabel: words.slice(0, 60) } };
		const design = designOf(metric, language, { texts, company: 'മ'.repeat(80), postalAddress: words, isTest: true });
		const long = `https://${'a'.repeat(60)}.example.com/s/${'b'.repeat(60)}`;
		const mail = (await compileInvitation(design))({ answerUrl: long, unsubscribeUrl: long });
		expect(mail.html).not.toMatch(/\{\{|undefined|\[object/);
		expect(Buffer.byteLength(mail.html)).toBeLessThan(60_000);
	});
});

test('names the ends of the scale for a screen reader: 10 of 10, Extremely likely', async () => {
	const { html } = (await compileInvitation(designOf('nps', 'en')))(links);
	for (const name of ['0 of 10, Not at all likely', '9 of 10', '10 of 10, Extremely likely']) {
		expect(html).toContain(`aria-label="${name}"`);
	}
});

test('lays out with tables that screen readers pass over', async () => {
	const { html } = (await compileInvitation(designOf('csat', 'en')))(links);
	const tables = html.match(/<table[^>]*>/g) ?? [];
	expect(tables.length).toBeGreaterThan(3);
	for (const table of tables) expect(table).toContain('role="presentation"');
});

test('says where words are in another language than the message', async () => {
	const texts = { en: { question: 'How was it?' } };
	const { html } = (await compileInvitation(designOf('nps', 'ar', { texts })))(links);
	expect(html).toContain('<span lang="en" dir="ltr">How was it?</span>');
	expect(html).not.toContain('<span lang="ar"');
});

const hostile = '</mj-text><script>alert(1)</script><mj-include path="/etc/passwd" /> "\'> {{answer}} $& $1 <!-- ';

test("shows anybody's text as text, whatever it is", async () => {
	const texts = { en: { question: hostile, lowLabel: '<b>low', highLabel: '"><img src=x>' } };
	const design = designOf('csat', 'en', { texts, company: hostile, postalAddress: hostile });
	const { html, text } = (await compileInvitation(design))({
		answerUrl: 'https://ask.example.com/s/a?x="><script>&y=$&',
		unsubscribeUrl: 'https://ask.example.com/u/a?{{score}}',
	});
	expect(html).not.toMatch(/<script|<mj-|<b>|src=x>|root:/);
	expect(html).toContain('&lt;/mj-text&gt;&lt;script&gt;');
	expect(html).toContain('https://ask.example.com/s/a?x=&quot;&gt;&lt;script&gt;&amp;y=$&amp;&amp;score=5');
	expect(html).toContain('https://ask.example.com/u/a?&#123;&#123;score&#125;&#125;');
	expect(text).toContain(hostile.trim());
});

test('has a subject of one line, whatever the company is called', async () => {
	const company = 'Fjord\r\nBcc: everyone@example.com\u2028Sports';
	const { subject } = (await compileInvitation(designOf('nps', 'en', { company })))(links);
	expect(subject).toBe('One question from Fjord Bcc: everyone@example.com Sports');
});

test('says of a test that it is one, in subject and text', async () => {
	const mail = (await compileInvitation(designOf('nps', 'hy', { isTest: true })))(links);
	expect(mail.subject).toBe('Փորձարկում՝ Մեկ հարց «Fjord Sports» ընկերությունից');
	const note = m.test_note({}, { locale: 'hy' });
	expect(mail.html).toContain(note);
	expect(mail.text).toContain(note);
});

test('shows the logo with the company as its alternative text, and nothing where there is none', async () => {
	const company = 'Fjord & "Sons"';
	const { html } = (await compileInvitation(designOf('nps', 'en', { company })))(links);
	expect(html.match(/<img [^>]*>/g)).toEqual([expect.stringContaining('alt="Fjord &amp; &quot;Sons&quot;"')]);
	const without = (await compileInvitation(designOf('nps', 'en', { logoUrl: null })))(links);
	expect(without.html).not.toContain('<img');
});

test.each([
	['#ffd400', '#000000'],
	['#1f6f5c', '#ffffff'],
])('writes numbers on %s in %s', async (colour, text) => {
	const { html } = (await compileInvitation(designOf('nps', 'en', { brand: { colour } })))(links);
	expect(html).toContain(`bgcolor="${colour}"`);
	expect(html).toContain(`<span style="color:${text}">9</span>`);
});

test('arrives through a mail server as it was written', async () => {
	const mail = (await compileInvitation(designOf('nps', 'ml')))(links);
	const transport = createTransport({ streamTransport: true, buffer: true });
	const { message } = await transport.sendMail({ from: 'a@example.com', to: 'b@example.com', ...mail });
	const received = await postalMime.parse(message as Buffer);
	expect(received.subject).toBe(mail.subject);
	expect(received.html?.trim()).toBe(mail.html.trim());
	expect(received.text?.trim()).toBe(mail.text.trim());
});

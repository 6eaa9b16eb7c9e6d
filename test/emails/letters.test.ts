import { expect, test } from 'vitest';
import { colleagueInvite } from '#emails/colleague-invite.ts';
import { detractorAlert, type DetractorAlert } from '#emails/detractor-alert.ts';
import { detractorSummary } from '#emails/detractor-summary.ts';
import { mailCheck } from '#emails/mail-check.ts';
import { passwordReset } from '#emails/password-reset.ts';

const url = 'https://heed.example.com/somewhere?a=1&b=2';
const hostile = '<script>alert(1)</script>\r\nBcc: x@example.com "&{{url}}';

const answer: DetractorAlert = {
	workspace: 'Fjord Sports',
	surveyName: 'After purchase',
	most: 10,
	score: 3,
	bucket: 'detractor',
	said: [{ question: 'What is the main reason?', answer: 'It costs <too> much' }],
	contactEmail: null,
	comment: 'Too slow.\nTwo weeks!',
	person: { name: 'Ani Petrosyan', email: 'ani@example.com' },
	properties: [{ key: 'plan', value: 'Gold' }],
	answeredAt: new Date('2026-03-01T23:30:00Z'),
	timeZone: 'Asia/Yerevan',
	url,
};
const entry = { surveyName: 'After purchase', most: 10, score: 2, who: 'Ani', comment: 'Slow', url } as const;

const letters = {
	'password reset': passwordReset({ url, minutes: 60 }),
	'colleague invite': colleagueInvite({ inviter: hostile, workspace: hostile, role: 'member', url, days: 7 }),
	'detractor alert': detractorAlert({
		...answer,
		workspace: hostile,
		surveyName: hostile,
		comment: hostile,
		person: { name: hostile, email: hostile },
		properties: [{ key: hostile, value: hostile }],
	}),
	'detractor summary': detractorSummary({
		workspace: hostile,
		count: 2,
		answers: [{ ...entry, surveyName: hostile, who: hostile, comment: hostile }],
		url,
	}),
	'mail check': mailCheck({ workspace: hostile, from: hostile, publicUrl: url }),
};

test.each(Object.entries(letters))(
	'%s: one-line subject, no HTML of anybody else, each link in both parts',
	(_, mail) => {
		expect(mail.subject).not.toMatch(/[\r\n]/);
		expect([...mail.subject].length).toBeLessThanOrEqual(200);
		expect(mail.html).not.toContain('<script');
		expect(mail.html).toContain('https://heed.example.com/somewhere?a=1&amp;b=2');
		expect(mail.text).toContain(url);
		expect(mail.text).not.toMatch(/<p|<td|&lt;|undefined|\[object/);
	},
);

test("tells a detractor's answer in the workspace's time", () => {
	const mail = detractorAlert(answer);
	expect(mail.subject).toBe('3 of 10 from Ani Petrosyan: After purchase');
	for (const part of [mail.html, mail.text]) {
		expect(part).toContain('3 of 10 (detractor)');
		expect(part).toContain('2 March 2026 at 03:30 (Asia/Yerevan)');
		expect(part).toContain('Gold');
		expect(part).toContain('Reply to this message to write to Ani Petrosyan.');
	}
	expect(mail.text).toContain('> Too slow.\n> Two weeks!');
	expect(mail.html).toContain('Too slow.<br>Two weeks!');
});

test('offers no reply to somebody unknown, and says when there is no comment', () => {
	const mail = detractorAlert({ ...answer, person: null, comment: '' });
	expect(mail.subject).toBe('3 of 10 from somebody: After purchase');
	expect(mail.text).toContain('They left no comment.');
	expect(mail.text).not.toContain('Reply to this message');
});

test('sums up the rest of an hour, and counts those it does not list', () => {
	const mail = detractorSummary({
		workspace: 'Fjord',
		count: 31,
		answers: [entry, { ...entry, who: null, comment: '' }],
		url,
	});
	expect(mail.subject).toBe('31 more unhappy customers in the last hour: Fjord');
	expect(mail.text).toContain('- 2 of 10 from Ani, After purchase: “Slow”');
	expect(mail.text).toContain('- 2 of 10 from somebody, After purchase\n');
	expect(mail.text).toContain('And 29 more.');
	expect(detractorSummary({ workspace: 'Fjord', count: 1, answers: [entry], url }).text).not.toContain('And ');
});

test('tells an invited colleague who asks and what they may do', () => {
	const mail = colleagueInvite({ inviter: 'Ada', workspace: 'Fjord', role: 'viewer', url, days: 7 });
	expect(mail.subject).toBe('Ada invites you to Fjord in Heed');
	expect(mail.text).toContain('As a viewer you can see every survey, answer and score.');
});

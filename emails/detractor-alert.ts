// One unhappy customer's answer, for the colleague who wants to call them back.
import type { Property } from '#lib/domain/contact/contact.ts';
import type { Bucket } from '#lib/domain/survey/metric.ts';
import { t, writtenIn } from '#lib/messages/managers.ts';
import { letter, type Block } from './layout.ts';
import type { Mail } from './mail.ts';

export type DetractorAlert = {
	workspace: string;
	surveyName: string;
	/** The scale's highest score. */
	most: number;
	score: number;
	bucket: Bucket;
	comment: string;
	/** What they answered to the survey's further questions, in its base language. */
	said: readonly { question: string; answer: string }[];
	/** Where they may be reached, when they said so and are no known person. */
	contactEmail: string | null;
	/** Null for an answer by an open link, which nobody can reply to. */
	person: { name: string; email: string } | null;
	properties: readonly Property[];
	answeredAt: Date;
	/** The workspace's, in which the time is shown. */
	timeZone: string;
	/** The answer in Heed. */
	url: string;
};

const fact = (label: string, value: string | null | undefined): [string, string][] => (value ? [[label, value]] : []);

export const detractorAlert = (answer: DetractorAlert): Mail => {
	const { person, comment, score, most, surveyName: survey } = answer;
	const address = person?.name ? `${person.name} <${person.email}>` : person?.email;
	const who = person && (person.name || person.email);
	const answeredAt = new Intl.DateTimeFormat(writtenIn(), {
		dateStyle: 'long',
		timeStyle: 'short',
		timeZone: answer.timeZone,
	}).format(answer.answeredAt);
	const facts: [string, string][] = [
		[t.account_letter_alert_survey(), survey],
		[
			t.common_score(),
			t.account_letter_alert_score_of({ score, most, bucket: t.common_bucket({ bucket: answer.bucket }) }),
		],
		...fact(t.account_letter_alert_person(), address),
		[t.account_letter_alert_answered(), `${answeredAt} (${answer.timeZone})`],
		...answer.said.map(({ question, answer }): [string, string] => [question, answer]),
		...fact(t.account_letter_alert_contact(), answer.contactEmail),
		...answer.properties.map(({ key, value }): [string, string] => [key, value]),
	];
	const blocks: Block[] = [
		comment ? { quote: comment } : { paragraph: t.account_letter_alert_no_comment() },
		{ facts },
		{ button: { label: t.account_letter_alert_see(), url: answer.url } },
	];
	if (who) blocks.push({ paragraph: t.account_letter_alert_reply({ who }) });
	return letter({
		subject: who
			? t.account_letter_alert_subject({ score, most, who, survey })
			: t.account_letter_alert_subject_anonymous({ score, most, survey }),
		heading: who
			? t.account_letter_alert_heading({ who, score, most })
			: t.account_letter_alert_heading_anonymous({ score, most }),
		blocks,
		why: t.account_letter_alert_why({ workspace: answer.workspace }),
	});
};

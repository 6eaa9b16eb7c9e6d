// One unhappy customer's answer, for the colleague who wants to call them back.
import type { Property } from '#lib/domain/contact/contact.ts';
import type { Bucket } from '#lib/domain/survey/metric.ts';
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

export const detractorAlert = (answer: DetractorAlert): Mail => {
	const { person, comment, score, most, surveyName } = answer;
	const who = person ? person.name || person.email : 'Somebody';
	const answeredAt = new Intl.DateTimeFormat('en-GB', {
		dateStyle: 'long',
		timeStyle: 'short',
		timeZone: answer.timeZone,
	}).format(answer.answeredAt);
	const facts: [string, string][] = [
		['Survey', surveyName],
		['Score', `${score} of ${most} (${answer.bucket})`],
		...(person
			? [['Person', person.name ? `${person.name} <${person.email}>` : person.email] as [string, string]]
			: []),
		['Answered', `${answeredAt} (${answer.timeZone})`],
		...answer.said.map(({ question, answer }): [string, string] => [question, answer]),
		...(answer.contactEmail ? [['May be contacted', answer.contactEmail] as [string, string]] : []),
		...answer.properties.map(({ key, value }): [string, string] => [key, value]),
	];
	const blocks: Block[] = [
		comment ? { quote: comment } : { paragraph: 'They left no comment.' },
		{ facts },
		{ button: { label: 'See the answer', url: answer.url } },
	];
	if (person) blocks.push({ paragraph: `Reply to this message to write to ${who}.` });
	return letter({
		subject: `${score} of ${most} from ${who}: ${surveyName}`,
		heading: `${who} gave ${score} of ${most}`,
		blocks,
		why: `You received this message because you asked for the answers of unhappy customers in ${answer.workspace}. You can turn this off in Heed.`,
	});
};

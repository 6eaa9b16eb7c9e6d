// What came in after an hour's twenty alerts, in one message.
import { t } from '#lib/messages/managers.ts';
import { letter } from './layout.ts';
import type { Mail } from './mail.ts';

export type DetractorSummary = {
	workspace: string;
	/** How many more there are in all; `answers` may be the newest of them. */
	count: number;
	answers: readonly {
		surveyName: string;
		/** The scale's highest score. */
		most: number;
		score: number;
		who: string | null;
		comment: string;
		url: string;
	}[];
	/** All of them in Heed. */
	url: string;
};

const shorten = (text: string, most: number) => {
	const characters = [...text.replace(/\s+/g, ' ').trim()];
	return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
};

export const detractorSummary = ({ workspace, count, answers, url }: DetractorSummary): Mail => {
	const links = answers.map(({ score, most, who, surveyName: survey, comment, url }) => {
		const answer = who
			? t.account_letter_summary_answer({ score, most, who, survey })
			: t.account_letter_summary_answer_anonymous({ score, most, survey });
		const label = comment ? t.account_letter_summary_comment({ answer, comment: shorten(comment, 140) }) : answer;
		return { label, url };
	});
	const left = count - answers.length;
	return letter({
		subject: t.account_letter_summary_subject({ workspace, n: count }),
		heading: t.account_letter_summary_heading({ n: count }),
		blocks: [
			{ paragraph: t.account_letter_summary_text() },
			{ links },
			...(left > 0 ? [{ paragraph: t.account_letter_summary_left({ n: left }) }] : []),
			{ button: { label: t.account_letter_summary_see(), url } },
		],
		why: t.account_letter_alert_why({ workspace }),
	});
};

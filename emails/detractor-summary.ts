// What came in after an hour's twenty alerts, in one message.
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
	const many = count === 1 ? '1 more unhappy customer' : `${count} more unhappy customers`;
	const links = answers.map((answer) => {
		const comment = answer.comment && `: “${shorten(answer.comment, 140)}”`;
		return {
			label: `${answer.score} of ${answer.most} from ${answer.who ?? 'somebody'}, ${answer.surveyName}${comment}`,
			url: answer.url,
		};
	});
	const left = count - answers.length;
	return letter({
		subject: `${many} in the last hour: ${workspace}`,
		heading: `${many} in the last hour`,
		blocks: [
			{ paragraph: 'You already had a message about each of the first 20. These came after them:' },
			{ links },
			...(left > 0 ? [{ paragraph: `And ${left} more.` }] : []),
			{ button: { label: 'See all of them', url } },
		],
		why: `You received this message because you asked for unhappy customers' answers in ${workspace}. You can turn this off in Heed.`,
	});
};

// Which answers are in a list or an export: the filters of the numbers, and those of the list alone.
import type { Response } from '../response/response.ts';
import { bucketOf, isScore, type Scale } from '../survey/metric.ts';
import type { Filters } from './filters.ts';

type Listed = Pick<Response, 'score' | 'comment' | 'language' | 'channel' | 'properties'>;

/** As searched: "Ｄelivery" and "DELIVERY" are found by "delivery". */
const plain = (text: string) => text.normalize('NFKC').toLocaleLowerCase('en');

/** A test whether an answer is within the filters that narrow the numbers. */
export const counts =
	({ language, channel, property }: Pick<Filters, 'language' | 'channel' | 'property'>) =>
	(answer: Omit<Listed, 'comment' | 'score'>): boolean =>
		(language === null || answer.language === language) &&
		(channel === null || answer.channel === channel) &&
		(property === null || answer.properties.find(({ key }) => key === property.key)?.value === property.value);

/** A test whether an answer is in the list: within the numbers' filters, of the bucket, and with all words in its comment. */
export const lists = (filters: Filters, scale: Scale) => {
	const isCounted = counts(filters);
	const words = plain(filters.words).split(/\s+/).filter(Boolean);
	return (answer: Listed): boolean => {
		if (!isCounted(answer)) return false;
		if (filters.hasComment && answer.comment === '') return false;
		if (filters.bucket !== null && !(isScore(scale, answer.score) && bucketOf(scale, answer.score) === filters.bucket))
			return false;
		if (words.length === 0) return true;
		const comment = plain(answer.comment);
		return words.every((word) => comment.includes(word));
	};
};

// Every place in a survey where words stand, under a key that stays: "questions.q2.options.o1". One list for page, CSV and check.
import type { Definition } from './definition.ts';
import { bucketsOf, scaleOf, type Bucket } from './metric.ts';
import type { Texts } from './texts.ts';
import type { StandardTexts } from './wording.ts';

export type Place = {
	key: string;
	/** Where it stands, for a translator: "Question 2, option 1". */
	context: string;
	/** Characters it may have at most. */
	most: number;
	/** Whether a customer sees an empty spot without it. */
	isNeeded: boolean;
};

const bucketWords = (bucket: Bucket) => bucket.replaceAll('-', ' ');

const placesOfQuestions = ({ questions }: Definition): Place[] =>
	questions.flatMap((question, index): Place[] => {
		const [at, name] = [`questions.${question.id}`, `Question ${index + 1}`];
		const list = (part: 'options' | 'rows', word: string, ids: readonly string[]): Place[] =>
			ids.map((id, place) => ({
				key: `${at}.${part}.${id}`,
				context: `${name}, ${word} ${place + 1}`,
				most: 200,
				isNeeded: true,
			}));
		const isRating = question.kind === 'rating';
		return [
			{ key: `${at}.title`, context: name, most: 300, isNeeded: true },
			{ key: `${at}.description`, context: `${name}, description`, most: 600, isNeeded: false },
			...list('rows', 'row', 'rows' in question ? question.rows : []),
			...list('options', 'option', 'options' in question ? question.options : []),
			...(isRating
				? [
						{ key: `${at}.lowLabel`, context: `${name}, low end`, most: 60, isNeeded: false },
						{ key: `${at}.highLabel`, context: `${name}, high end`, most: 60, isNeeded: false },
					]
				: []),
		];
	});

/** Every text a survey can have, in the order in which a customer meets them. */
export const placesOf = (definition: Definition): Place[] => {
	const place = (key: string, context: string, most: number, isNeeded = true) => ({ key, context, most, isNeeded });
	const buckets = bucketsOf(scaleOf(definition));
	const endings = buckets.flatMap((bucket) => {
		const kind = definition.endings[bucket]?.kind ?? 'thanks';
		const name = `Ending, ${bucketWords(bucket)}`;
		// Without an ending of its own a bucket is thanked like everybody.
		if (!definition.endings[bucket]) return [];
		const text = place(`endings.${bucket}.text`, name, 600, kind !== 'thanks');
		return kind === 'permission' || kind === 'link'
			? [text, place(`endings.${bucket}.button`, `${name}, button`, 60)]
			: [text];
	});
	return [
		place('subject', 'Subject of the mail', 150, false),
		place('question', 'The question with the score', 300),
		place('lowLabel', 'Low end of the scale', 60),
		place('highLabel', 'High end of the scale', 60),
		...(definition.hasComment
			? buckets.map((bucket) => place(`followUps.${bucket}`, `Follow-up, ${bucketWords(bucket)}`, 300))
			: []),
		...placesOfQuestions(definition),
		...endings,
		place('thanks', 'Thanks', 600),
	];
};

type Tree = { [name: string]: unknown };

/** The text at a key, or undefined: textAt({ followUps: { passive: 'Why?' } }, 'followUps.passive') is 'Why?'. */
export const textAt = (texts: Texts | undefined, key: string): string | undefined => {
	let at: unknown = texts;
	for (const step of key.split('.')) {
		if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
		at = (at as Tree)[step];
	}
	return typeof at === 'string' ? at : undefined;
};

/** The same texts with another one at a key; undefined takes it out, and what is empty then with it. */
export const withText = (texts: Texts, key: string, text: string | undefined): Texts => {
	const put = (tree: Tree, [step, ...rest]: string[]): Tree => {
		const { [step!]: old, ...others } = tree;
		const value = rest.length ? put((old ?? {}) as Tree, rest) : text;
		const isEmpty = value === undefined || (typeof value === 'object' && Object.keys(value as Tree).length === 0);
		return isEmpty ? others : { ...tree, [step!]: value };
	};
	return put(texts, key.split('.')) as Texts;
};

/** The product's own words at a key, where it has any. */
export const standardAt = (
	standard: StandardTexts,
	definition: Pick<Definition, 'endings'>,
	key: string,
): string | undefined => {
	const [part, name, field] = key.split('.');
	if (part !== 'endings') return textAt(standard as unknown as Texts, key);
	const kind = definition.endings[name as Bucket]?.kind ?? 'thanks';
	const words = standard.endings[kind];
	return (field === 'button' ? words.button : words.text) ?? undefined;
};

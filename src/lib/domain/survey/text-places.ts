// Every place in a survey where words stand, under a key that stays: "questions.q2.options.o1". One list for page, CSV and check.
import type { Definition } from './definition.ts';
import { bucketsOf, scaleOf, type Bucket } from './metric.ts';
import type { Texts } from './texts.ts';
import type { StandardTexts } from './wording.ts';

/** Where a text stands; questions, options and rows by their number, from 1: messages/places.ts has the words. */
export type Spot =
	| { of: 'subject' | 'question' | 'low-end' | 'high-end' | 'thanks' }
	| { of: 'follow-up' | 'ending' | 'ending-button'; bucket: Bucket }
	| { of: 'title' | 'description' | 'low-label' | 'high-label'; question: number }
	| { of: 'option' | 'row'; question: number; number: number };

export type Place = {
	key: string;
	spot: Spot;
	/** Characters it may have at most. */
	most: number;
	/** Whether a customer sees an empty spot without it. */
	isNeeded: boolean;
};

const place = (key: string, spot: Spot, most: number, isNeeded = true): Place => ({ key, spot, most, isNeeded });

const placesOfQuestions = ({ questions }: Definition): Place[] =>
	questions.flatMap((asked, index): Place[] => {
		const [at, question] = [`questions.${asked.id}`, index + 1];
		const list = (part: 'options' | 'rows', of: 'option' | 'row', ids: readonly string[]): Place[] =>
			ids.map((id, before) => place(`${at}.${part}.${id}`, { of, question, number: before + 1 }, 200));
		const isRating = asked.kind === 'rating';
		return [
			place(`${at}.title`, { of: 'title', question }, 300),
			place(`${at}.description`, { of: 'description', question }, 600, false),
			...list('rows', 'row', 'rows' in asked ? asked.rows : []),
			...list('options', 'option', 'options' in asked ? asked.options : []),
			...(isRating
				? [
						place(`${at}.lowLabel`, { of: 'low-label', question }, 60, false),
						place(`${at}.highLabel`, { of: 'high-label', question }, 60, false),
					]
				: []),
		];
	});

/** Every text a survey can have, in the order in which a customer meets them. */
export const placesOf = (definition: Definition): Place[] => {
	const buckets = bucketsOf(scaleOf(definition));
	const endings = buckets.flatMap((bucket) => {
		const kind = definition.endings[bucket]?.kind ?? 'thanks';
		// Without an ending of its own a bucket is thanked like everybody.
		if (!definition.endings[bucket]) return [];
		const text = place(`endings.${bucket}.text`, { of: 'ending', bucket }, 600, kind !== 'thanks');
		return kind === 'permission' || kind === 'link'
			? [text, place(`endings.${bucket}.button`, { of: 'ending-button', bucket }, 60)]
			: [text];
	});
	return [
		place('subject', { of: 'subject' }, 150, false),
		place('question', { of: 'question' }, 300),
		place('lowLabel', { of: 'low-end' }, 60),
		place('highLabel', { of: 'high-end' }, 60),
		...(definition.hasComment
			? buckets.map((bucket) => place(`followUps.${bucket}`, { of: 'follow-up', bucket }, 300))
			: []),
		...placesOfQuestions(definition),
		...endings,
		place('thanks', { of: 'thanks' }, 600),
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

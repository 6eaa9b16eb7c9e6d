// What the rules of the domain say, in the language of the moment. A rule says in plain English why it refuses, and that
// sentence is the name of its translations: rules stay free of languages, and a sentence without a translation is shown.
import { t } from './managers.ts';
import english from './managers/rules/en.json' with { type: 'json' };

type Inputs = Record<string, string>;
type Sentence = { key: string; pattern: RegExp; length: number };

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** "At most {most} characters" → /^At most (?<most>.+?) characters$/ */
const patternOf = (text: string): RegExp => {
	const parts = text.split(/\{(\w+)\}/);
	return new RegExp(`^${parts.map((part, at) => (at % 2 ? `(?<${part}>.+?)` : escaped(part))).join('')}$`, 's');
};

let sentences: Sentence[] | undefined;

/** The most particular first, so that "At most 20 rules" is not read as "At most {most}". */
const all = (): Sentence[] =>
	(sentences ??= Object.entries(english)
		.filter(([key]) => !key.startsWith('$'))
		.map(([key, text]) => ({ key, pattern: patternOf(text), length: text.replace(/\{\w+\}/g, '').length }))
		.toSorted((a, b) => b.length - a.length));

/** The message of a rule's sentence and what it speaks of: "At most 80 characters" → rules_characters_most, { most: '80' }. */
export const messageOf = (sentence: string): { key: string; inputs: Inputs } | null => {
	for (const { key, pattern } of all()) {
		const found = pattern.exec(sentence);
		if (found) return { key, inputs: { ...found.groups } };
	}
	return null;
};

const messages: Record<string, unknown> = t;

/** A rule's sentence in the language of the moment; any other text as it is. */
export const inWords = (sentence: string): string => {
	const message = messageOf(sentence);
	return message ? (messages[message.key] as (inputs: Inputs) => string)(message.inputs) : sentence;
};

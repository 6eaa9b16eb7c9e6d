// What each step of a scale is called, for the eye and for a screen reader.
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { Phrase, Wording } from '#lib/domain/survey/wording.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import { scaleOf, scoresOf } from '#lib/domain/survey/metric.ts';
import { m } from './paraglide/messages.js';
import { middleLabels } from './standard.ts';

/** `label` is null for the numbers between the ends of NPS; `name` says score and label in one: "10 of 10, Extremely likely". */
export type Step = {
	score: number;
	label: Phrase | null;
	name: string;
	/** What stands for it where the scale has faces or thumbs. */
	sign: string;
};

/** Of the first emoji there were, so that old systems draw them too; lowest first. */
const faces = ['😞', '😕', '😐', '😊', '😄'] as const;
const threeFaces = ['😞', '😐', '😄'] as const;
const thumbs = ['👎', '👍'] as const;

/** Every step of a survey's scale, lowest first: the survey's own labels at the ends, the language's words between. */
export const stepsOf = (
	definition: Pick<Definition, 'metric' | 'scale'>,
	wording: Pick<Wording, 'lowLabel' | 'highLabel'>,
	language: Language,
): Step[] => {
	const scale = scaleOf(definition);
	const { min, max, look } = scale;
	const locale = { locale: language };
	const middle = middleLabels(definition, language);
	const signs = look === 'thumbs' ? thumbs : look === 'faces' ? (scale.points === 3 ? threeFaces : faces) : null;
	return scoresOf(scale).map((score, step) => {
		const word = middle[step - 1];
		const label =
			score === min ? wording.lowLabel : score === max ? wording.highLabel : word ? { text: word, language } : null;
		const isWords = scale.metric === 'thumbs' || scale.metric === 'pmf';
		const name =
			label && isWords
				? label.text
				: label
					? m.score_of_labelled({ score, max, label: label.text }, locale)
					: m.score_of({ score, max }, locale);
		return { score, label, name, sign: signs?.[step] ?? String(score) };
	});
};

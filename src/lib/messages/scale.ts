// What each step of a scale is called, for the eye and for a screen reader.
import type { Phrase, Wording } from '#lib/domain/survey/wording.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import { scales, scoresOf, type Metric } from '#lib/domain/survey/metric.ts';
import { m } from './paraglide/messages.js';

/** `label` is null for the numbers between the ends of NPS; `name` says score and label in one: "10 of 10, Extremely likely". */
export type Step = { score: number; label: Phrase | null; name: string };

/** The faces of CSAT, lowest first; of the first emoji there were, so that old systems draw them too. */
export const faces = ['😞', '😕', '😐', '😊', '😄'] as const;

const between: Readonly<Record<Metric, Readonly<Record<number, typeof m.face_2>>>> = {
	nps: {},
	csat: { 2: m.face_2, 3: m.face_3, 4: m.face_4 },
};

/** Every step of a metric's scale, lowest first: the survey's own labels at the ends, the language's words between. */
export const stepsOf = (
	metric: Metric,
	wording: Pick<Wording, 'lowLabel' | 'highLabel'>,
	language: Language,
): Step[] => {
	const { min, max } = scales[metric];
	const locale = { locale: language };
	return scoresOf(metric).map((score) => {
		const word = between[metric][score];
		const label =
			score === min
				? wording.lowLabel
				: score === max
					? wording.highLabel
					: word
						? { text: word({}, locale), language }
						: null;
		const name = label
			? m.score_of_labelled({ score, max, label: label.text }, locale)
			: m.score_of({ score, max }, locale);
		return { score, label, name };
	});
};

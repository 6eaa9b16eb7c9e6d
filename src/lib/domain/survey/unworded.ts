// Finds questions and options that say nothing yet; like a dead end, they keep a survey from being published.
import type { Definition } from './definition.ts';
import { partsOf } from './edits.ts';
import type { Finding } from './paths.ts';
import type { StandardTexts } from './wording.ts';

/** What has neither words of its own in the base language nor standard ones, in the order of the questions. */
export const unworded = (definition: Definition, standard: StandardTexts): Finding[] =>
	definition.questions.flatMap((question) => {
		const { id } = question;
		const own = definition.texts[definition.language]?.questions?.[id];
		const words = standard.questions[id];
		const isSilent = (part: 'options' | 'rows') =>
			partsOf(question, part).some((key) => !own?.[part]?.[key]?.trim() && !words?.[part]?.[key]);
		const found = (is: 'no-title' | 'silent-options' | 'silent-rows'): Finding => ({
			kind: 'unworded',
			question: id,
			reason: { is },
		});
		return [
			...(own?.title?.trim() || words?.title ? [] : [found('no-title')]),
			...(isSilent('options') ? [found('silent-options')] : []),
			...(isSilent('rows') ? [found('silent-rows')] : []),
		];
	});

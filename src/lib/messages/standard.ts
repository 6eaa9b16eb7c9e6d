// The wording a survey has before anybody edits it, in every language a customer can be met in.
import type { TemplateId } from '#lib/domain/survey/definition.ts';
import type { StandardTexts } from '#lib/domain/survey/wording.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import { m } from './paraglide/messages.js';

/** A template's own texts in one language, with the company's name in them: standardTexts('nps-after-purchase', 'en', 'Acme').lowLabel is "Not at all likely". */
export const standardTexts = (template: TemplateId, language: Language, company: string): StandardTexts => {
	const locale = { locale: language };
	switch (template) {
		case 'nps-after-purchase':
			return {
				question: m.nps_question({ company }, locale),
				lowLabel: m.nps_low({}, locale),
				highLabel: m.nps_high({}, locale),
				followUps: {
					detractor: m.nps_follow_up_detractor({}, locale),
					passive: m.nps_follow_up_passive({}, locale),
					promoter: m.nps_follow_up_promoter({}, locale),
				},
				thanks: m.nps_thanks({}, locale),
			};
		case 'csat-after-support':
			return {
				question: m.csat_question({ company }, locale),
				lowLabel: m.csat_low({}, locale),
				highLabel: m.csat_high({}, locale),
				followUps: {
					dissatisfied: m.csat_follow_up_dissatisfied({}, locale),
					neutral: m.csat_follow_up_neutral({}, locale),
					satisfied: m.csat_follow_up_satisfied({}, locale),
				},
				thanks: m.csat_thanks({}, locale),
			};
	}
};

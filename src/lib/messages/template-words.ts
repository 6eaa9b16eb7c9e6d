// What managers read of the templates that a survey starts from.
import type { OfferedTemplate } from '#lib/domain/survey/templates.ts';
import { t } from './managers.ts';

type TemplateWords = {
	name: () => string;
	/** What it is good for. */
	purpose: () => string;
	/** When it is best sent. */
	when: () => string;
	/** Whom to ask. */
	whom: () => string;
};

export const templateWords: Record<OfferedTemplate['id'], TemplateWords> = {
	'nps-relationship': {
		name: t.sendings_template_nps_relationship,
		purpose: t.sendings_template_nps_relationship_purpose,
		when: t.sendings_template_nps_relationship_when,
		whom: t.sendings_template_nps_relationship_whom,
	},
	'nps-b2b': {
		name: t.sendings_template_nps_b2b,
		purpose: t.sendings_template_nps_b2b_purpose,
		when: t.sendings_template_nps_b2b_when,
		whom: t.sendings_template_nps_b2b_whom,
	},
	'nps-after-purchase': {
		name: t.sendings_template_nps_after_purchase,
		purpose: t.sendings_template_nps_after_purchase_purpose,
		when: t.sendings_template_nps_after_purchase_when,
		whom: t.sendings_template_nps_after_purchase_whom,
	},
	'csat-delivery': {
		name: t.sendings_template_csat_delivery,
		purpose: t.sendings_template_csat_delivery_purpose,
		when: t.sendings_template_csat_delivery_when,
		whom: t.sendings_template_csat_delivery_whom,
	},
	'csat-after-support': {
		name: t.sendings_template_csat_after_support,
		purpose: t.sendings_template_csat_after_support_purpose,
		when: t.sendings_template_csat_after_support_when,
		whom: t.sendings_template_csat_after_support_whom,
	},
	'ces-support': {
		name: t.sendings_template_ces_support,
		purpose: t.sendings_template_ces_support_purpose,
		when: t.sendings_template_ces_support_when,
		whom: t.sendings_template_ces_support_whom,
	},
	'live-chat': {
		name: t.sendings_template_live_chat,
		purpose: t.sendings_template_live_chat_purpose,
		when: t.sendings_template_live_chat_when,
		whom: t.sendings_template_live_chat_whom,
	},
	'ces-returns': {
		name: t.sendings_template_ces_returns,
		purpose: t.sendings_template_ces_returns_purpose,
		when: t.sendings_template_ces_returns_when,
		whom: t.sendings_template_ces_returns_whom,
	},
	'store-visit': {
		name: t.sendings_template_store_visit,
		purpose: t.sendings_template_store_visit_purpose,
		when: t.sendings_template_store_visit_when,
		whom: t.sendings_template_store_visit_whom,
	},
	'ces-onboarding': {
		name: t.sendings_template_ces_onboarding,
		purpose: t.sendings_template_ces_onboarding_purpose,
		when: t.sendings_template_ces_onboarding_when,
		whom: t.sendings_template_ces_onboarding_whom,
	},
	cancellation: {
		name: t.sendings_template_cancellation,
		purpose: t.sendings_template_cancellation_purpose,
		when: t.sendings_template_cancellation_when,
		whom: t.sendings_template_cancellation_whom,
	},
	enps: {
		name: t.sendings_template_enps,
		purpose: t.sendings_template_enps_purpose,
		when: t.sendings_template_enps_when,
		whom: t.sendings_template_enps_whom,
	},
	pmf: {
		name: t.sendings_template_pmf,
		purpose: t.sendings_template_pmf_purpose,
		when: t.sendings_template_pmf_when,
		whom: t.sendings_template_pmf_whom,
	},
	csat: {
		name: t.sendings_template_csat,
		purpose: t.sendings_template_csat_purpose,
		when: t.sendings_template_any_when,
		whom: t.sendings_template_any_whom,
	},
	stars: {
		name: t.sendings_template_stars,
		purpose: t.sendings_template_stars_purpose,
		when: t.sendings_template_any_when,
		whom: t.sendings_template_any_whom,
	},
	thumbs: {
		name: t.sendings_template_thumbs,
		purpose: t.sendings_template_thumbs_purpose,
		when: t.sendings_template_thumbs_when,
		whom: t.sendings_template_any_whom,
	},
};

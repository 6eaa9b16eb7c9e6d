// The wording a survey has before anybody edits it, in every language a customer can be met in.
import type { Definition, TemplateId } from '#lib/domain/survey/definition.ts';
import type { StandardTexts } from '#lib/domain/survey/wording.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import type { Metric } from '#lib/domain/survey/metric.ts';
import { m } from './paraglide/messages.js';

type Locale = { locale: Language };
type Word = (inputs: Record<string, never>, locale: Locale) => string;
type CompanyWord = (inputs: { company: string }, locale: Locale) => string;

const questions: Readonly<Record<TemplateId, CompanyWord>> = {
	'nps-relationship': m.nps_question,
	'nps-b2b': m.nps_b2b_question,
	'nps-after-purchase': m.nps_question,
	'csat-delivery': m.delivery_question,
	'csat-after-support': m.csat_question,
	'ces-support': m.ces_question,
	'live-chat': (_, locale) => m.chat_question({}, locale),
	'ces-returns': m.returns_question,
	'store-visit': m.visit_question,
	'ces-onboarding': m.onboarding_question,
	cancellation: m.cancellation_question,
	enps: m.enps_question,
	pmf: m.pmf_question,
	csat: m.csat_plain_question,
	stars: m.stars_question,
	thumbs: m.thumbs_question,
	'ces-v1': m.ces_question,
};

const recommend: Record<string, Word> = {
	detractor: m.nps_follow_up_detractor,
	passive: m.nps_follow_up_passive,
	promoter: m.nps_follow_up_promoter,
};
const satisfaction: Record<string, Word> = {
	dissatisfied: m.nps_follow_up_detractor,
	neutral: m.csat_follow_up_neutral,
	satisfied: m.nps_follow_up_promoter,
};
const help: Record<string, Word> = {
	dissatisfied: m.csat_follow_up_dissatisfied,
	neutral: m.csat_follow_up_neutral,
	satisfied: m.csat_follow_up_satisfied,
};
const effort: Record<string, Word> = {
	hard: m.ces_follow_up_hard,
	neutral: m.ces_follow_up_neutral,
	easy: m.ces_follow_up_easy,
};

/** The question beside the comment, by bucket: of the metric, where the template has none of its own. */
const metricFollowUps: Readonly<Record<Metric, Record<string, Word>>> = {
	nps: recommend,
	enps: { ...recommend, promoter: m.enps_follow_up_promoter },
	csat: satisfaction,
	stars: satisfaction,
	thumbs: satisfaction,
	ces: effort,
	'ces-v1': effort,
	pmf: {
		'not-disappointed': m.pmf_follow_up_not,
		'somewhat-disappointed': m.pmf_follow_up_somewhat,
		'very-disappointed': m.pmf_follow_up_very,
	},
};
const templateFollowUps: Readonly<Partial<Record<TemplateId, Record<string, Word>>>> = {
	'csat-after-support': help,
	'live-chat': help,
	'csat-delivery': { ...satisfaction, dissatisfied: m.delivery_follow_up_dissatisfied },
};

type QuestionWords = { title: Word; options: Record<string, Word> };

/** The words of the questions that a template has after the metric. */
const templateQuestions: Readonly<Partial<Record<TemplateId, Record<string, QuestionWords>>>> = {
	cancellation: {
		qreason: {
			title: m.reason_question,
			options: {
				oprice: m.reason_price,
				omissing: m.reason_missing,
				obetter: m.reason_better,
				oquality: m.reason_quality,
				oneed: m.reason_need,
			},
		},
	},
	'ces-onboarding': {
		qstep: {
			title: m.step_question,
			options: { osignup: m.step_sign_up, osetup: m.step_set_up, ounderstand: m.step_understand, ohelp: m.step_help },
		},
	},
	'ces-returns': {
		qstep: {
			title: m.step_question,
			options: { ounderstand: m.step_understand, osend: m.step_send_back, owait: m.step_wait, ohelp: m.step_help },
		},
	},
};
const said = (questions: Record<string, QuestionWords>, locale: Locale): StandardTexts['questions'] =>
	Object.fromEntries(
		Object.entries(questions).map(([id, { title, options }]) => [
			id,
			{
				title: title({}, locale),
				options: Object.fromEntries(Object.entries(options).map(([option, word]) => [option, word({}, locale)])),
			},
		]),
	);

/** The words of every step that has one, lowest score first; only the ends of long scales do. */
const labels = ({ metric, scale: { points } }: Pick<Definition, 'metric' | 'scale'>): readonly Word[] => {
	switch (metric) {
		case 'nps':
		case 'enps':
			return [m.nps_low, m.nps_high];
		case 'csat':
			if (points === 3) return [m.face_2, m.face_3, m.face_4];
			if (points === 5) return [m.csat_low, m.face_2, m.face_3, m.face_4, m.csat_high];
			if (points === 10) return [m.csat_low, m.csat_high];
			return [
				m.csat_low,
				m.face_2,
				m.csat_somewhat_dissatisfied,
				m.face_3,
				m.csat_somewhat_satisfied,
				m.face_4,
				m.csat_high,
			];
		case 'ces':
			return [m.ces_low, m.ces_2, m.ces_3, m.ces_4, m.ces_5, m.ces_6, m.ces_high];
		case 'ces-v1':
			return [m.ces_high, m.ces_low];
		case 'stars':
			return [m.stars_low, m.stars_high];
		case 'thumbs':
			return [m.no, m.yes];
		case 'pmf':
			return [m.pmf_not, m.pmf_somewhat, m.pmf_very];
	}
};

/** The words of the steps between the ends, lowest first: three of csat's five faces; none of nps. */
export const middleLabels = (definition: Pick<Definition, 'metric' | 'scale'>, language: Language): string[] =>
	labels(definition)
		.slice(1, -1)
		.map((word) => word({}, { locale: language }));

/**
 * A template's own texts in one language, with the company's name in them: the low label of 'nps-after-purchase' in
 * English is "Not at all likely".
 */
export const standardTexts = (
	definition: Pick<Definition, 'template' | 'metric' | 'scale'>,
	language: Language,
	company: string,
): StandardTexts => {
	const { template, metric } = definition;
	const locale = { locale: language };
	const ends = labels(definition);
	const followUps = { ...metricFollowUps[metric], ...templateFollowUps[template] };
	const thanks =
		template === 'csat-after-support' || template === 'live-chat'
			? m.csat_thanks
			: template === 'cancellation'
				? m.cancellation_thanks
				: m.nps_thanks;
	return {
		question: questions[template]({ company }, locale),
		lowLabel: ends[0]!({}, locale),
		highLabel: ends.at(-1)!({}, locale),
		followUps: Object.fromEntries(Object.entries(followUps).map(([bucket, word]) => [bucket, word({}, locale)])),
		questions: said(templateQuestions[template] ?? {}, locale),
		thanks: thanks({}, locale),
		endings: {
			thanks: { text: thanks({}, locale), button: null },
			permission: { text: m.contact_ask({ company }, locale), button: m.contact_yes({}, locale) },
			promise: { text: m.ending_promise({}, locale), button: null },
			link: { text: m.ending_review({}, locale), button: m.ending_review_button({}, locale) },
		},
	};
};

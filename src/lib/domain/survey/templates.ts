// What a survey starts from: which metric, and for what. The standard wording of each is in every language.
import { defaultBrand } from './brand.ts';
import type { Definition, TemplateId } from './definition.ts';
import type { Language } from './language.ts';
import { standardChoice, type Metric } from './metric.ts';
import { newQuestion, type Question } from './question.ts';

export type Template = {
	id: TemplateId;
	metric: Metric;
	group: TemplateGroup;
	/** Where in their journey people are asked, as an id of `defaultTouchpoints`. */
	touchpoint?: string;
	questions?: readonly Question[];
	/** What follows the last question, where it is more than thanks. */
	endings?: Definition['endings'];
	/** What its link may carry. */
	hiddenFields?: readonly string[];
};

export const templateGroups = ['relationship', 'purchase', 'support', 'lifecycle', 'people', 'plain'] as const;
export type TemplateGroup = (typeof templateGroups)[number];

/** Whoever is unhappy is asked whether somebody may write to them: a complaint that is answered keeps a customer. */
const mayWrite = { kind: 'permission' } as const;

const why: Question = {
	...newQuestion('one-choice', 'qreason'),
	...{ options: ['oprice', 'omissing', 'obetter', 'oquality', 'oneed'], hasOther: true, isShuffled: true },
} as Question;

/** Where it was hard, in the order in which people come to it. */
const step = (...options: string[]) =>
	({
		...newQuestion('one-choice', 'qstep'),
		...{ options, hasOther: true, showIf: { test: 'bucket', oneOf: ['hard'] } },
	}) as Question;

/**
 * The twelve that a service team needs, then a plain one for each metric that is not among them. What managers read
 * of each is in `messages/template-words.ts`.
 */
export const templates: readonly Template[] = [
	{ id: 'nps-relationship', metric: 'nps', group: 'relationship', touchpoint: 'trelationship' },
	{
		id: 'nps-b2b',
		metric: 'nps',
		group: 'relationship',
		touchpoint: 'trelationship',
		endings: { detractor: mayWrite },
	},
	{ id: 'nps-after-purchase', metric: 'nps', group: 'purchase', touchpoint: 'torder' },
	{
		id: 'csat-delivery',
		metric: 'csat',
		group: 'purchase',
		touchpoint: 'tdelivery',
		endings: { dissatisfied: mayWrite },
	},
	{ id: 'csat-after-support', metric: 'csat', group: 'support', touchpoint: 'tsupport' },
	{ id: 'ces-support', metric: 'ces', group: 'support', touchpoint: 'tsupport', endings: { hard: mayWrite } },
	{
		id: 'live-chat',
		metric: 'thumbs',
		group: 'support',
		touchpoint: 'tsupport',
		endings: { dissatisfied: mayWrite },
		hiddenFields: ['agent'],
	},
	{
		id: 'ces-returns',
		metric: 'ces',
		group: 'purchase',
		touchpoint: 'treturns',
		questions: [step('ounderstand', 'osend', 'owait', 'ohelp')],
		endings: { hard: mayWrite },
	},
	{ id: 'store-visit', metric: 'stars', group: 'purchase', touchpoint: 'tstore', hiddenFields: ['store'] },
	{
		id: 'ces-onboarding',
		metric: 'ces',
		group: 'lifecycle',
		touchpoint: 'tonboarding',
		questions: [step('osignup', 'osetup', 'ounderstand', 'ohelp')],
		endings: { hard: mayWrite },
	},
	{ id: 'cancellation', metric: 'csat', group: 'lifecycle', touchpoint: 'trelationship', questions: [why] },
	{ id: 'enps', metric: 'enps', group: 'people' },
	{ id: 'pmf', metric: 'pmf', group: 'lifecycle' },
	{ id: 'csat', metric: 'csat', group: 'plain' },
	{ id: 'stars', metric: 'stars', group: 'plain' },
	{ id: 'thumbs', metric: 'thumbs', group: 'plain' },
	{ id: 'ces-v1', metric: 'ces-v1', group: 'plain' },
];

/** A template that a new survey can start from: CES of 2010 is for imported history alone. */
export type OfferedTemplate = Template & { id: Exclude<TemplateId, 'ces-v1'> };

export const offered: readonly OfferedTemplate[] = templates.filter(
	(template): template is OfferedTemplate => template.id !== 'ces-v1',
);

/** The definition a new survey has: standard wording throughout, which every language has already. */
export const definitionFrom = (template: Template, language: Language): Definition => ({
	metric: template.metric,
	scale: standardChoice(template.metric),
	template: template.id,
	language,
	texts: {},
	hasComment: true,
	rules: [],
	questions: [...(template.questions ?? [])],
	endings: { ...template.endings },
	hiddenFields: [...(template.hiddenFields ?? [])],
	brand: defaultBrand,
	sender: { name: null, replyTo: null },
});

// What a survey starts from: which metric, and for what. The standard wording of each is in every language.
import { defaultBrand } from './brand.ts';
import type { Definition, TemplateId } from './definition.ts';
import type { Language } from './language.ts';
import { standardChoice, type Metric } from './metric.ts';
import { newQuestion, type Question } from './question.ts';

export type Template = {
	id: TemplateId;
	metric: Metric;
	name: string;
	/** What it is good for. */
	purpose: string;
	/** When it is best sent. */
	when: string;
	/** Whom to ask. */
	whom: string;
	group: TemplateGroup;
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

/** The twelve that a service team needs, then a plain one for each metric that is not among them. */
export const templates: readonly Template[] = [
	{
		id: 'nps-relationship',
		metric: 'nps',
		name: 'Relationship NPS',
		purpose: 'Would they recommend you, all in all? The one number to follow over years.',
		when: 'Twice a year, on no particular occasion, and never just after a complaint.',
		whom: 'Everyone who has been a customer for three months or longer.',
		group: 'relationship',
	},
	{
		id: 'nps-b2b',
		metric: 'nps',
		name: 'Client relationship, B2B',
		purpose:
			'Would the people you work with recommend you to others in business? Asks the unhappy whether you may call.',
		when: 'Twice a year, and two to three months before a contract is renewed.',
		whom: 'Several people at each client: who decides, who uses it, who pays.',
		group: 'relationship',
		endings: { detractor: mayWrite },
	},
	{
		id: 'nps-after-purchase',
		metric: 'nps',
		name: 'NPS after a purchase',
		purpose:
			'Would they recommend you, now that they know what they bought? A number from 0 to 10, and a question that follows from it.',
		when: 'One to two weeks after delivery, when it has been used.',
		whom: 'Everyone who bought, each at most once in three months.',
		group: 'purchase',
	},
	{
		id: 'csat-delivery',
		metric: 'csat',
		name: 'Satisfaction with delivery',
		purpose: 'Did the order arrive as promised? Finds the carriers and regions that disappoint.',
		when: 'One to three days after the parcel arrived.',
		whom: 'Everyone whose order was delivered.',
		group: 'purchase',
		endings: { dissatisfied: mayWrite },
	},
	{
		id: 'csat-after-support',
		metric: 'csat',
		name: 'Satisfaction after support',
		purpose: 'How satisfied were they with the help they got? Five faces, and a question that follows from the answer.',
		when: 'Within a day after a conversation was closed.',
		whom: 'The person who asked for help.',
		group: 'support',
	},
	{
		id: 'ces-support',
		metric: 'ces',
		name: 'Customer effort after support',
		purpose: 'Was it easy to get an issue solved? Effort says better than satisfaction who will leave.',
		when: 'Within a day after an issue was solved.',
		whom: 'The person whose issue it was.',
		group: 'support',
		endings: { hard: mayWrite },
	},
	{
		id: 'live-chat',
		metric: 'thumbs',
		name: 'Live chat',
		purpose: 'Did the chat help, yes or no? One tap, for conversations of minutes. Its link can say who helped.',
		when: 'The moment a chat ends.',
		whom: 'Everyone who chatted.',
		group: 'support',
		endings: { dissatisfied: mayWrite },
		hiddenFields: ['agent'],
	},
	{
		id: 'ces-returns',
		metric: 'ces',
		name: 'Returns and exchange',
		purpose: 'Was it easy to send something back? Whoever finds it easy buys again.',
		when: 'When the refund or the new item has arrived.',
		whom: 'Everyone who returned or exchanged something.',
		group: 'purchase',
		endings: { hard: mayWrite },
	},
	{
		id: 'store-visit',
		metric: 'stars',
		name: 'Visit to a store',
		purpose:
			'How was the visit? Five stars, from a QR code at the door or on the receipt. Its link can say which store.',
		when: 'At the exit, or on the same day.',
		whom: 'Everyone who came, whether they bought or not.',
		group: 'purchase',
		hiddenFields: ['store'],
	},
	{
		id: 'ces-onboarding',
		metric: 'ces',
		name: 'Onboarding',
		purpose: 'Was it easy to get started? Finds the step at which new customers give up.',
		when: 'One to two weeks after they signed up.',
		whom: 'Everyone new, whether they finished or not.',
		group: 'lifecycle',
		endings: { hard: mayWrite },
	},
	{
		id: 'cancellation',
		metric: 'csat',
		name: 'Cancellation, with the reason',
		purpose: 'Why do they leave, and were they unhappy? Reasons to choose from, so that they can be counted.',
		when: 'When somebody cancels, or on the day after.',
		whom: 'Everyone who cancelled.',
		group: 'lifecycle',
		questions: [why],
	},
	{
		id: 'enps',
		metric: 'enps',
		name: 'Employee NPS, anonymous',
		purpose:
			'Would your people recommend you as a place to work? Anonymous by construction: no name, no address, only the week.',
		when: 'Every three months.',
		whom: 'Everyone who works with you, through one shared link.',
		group: 'people',
	},
	{
		id: 'pmf',
		metric: 'pmf',
		name: 'Product-market fit',
		purpose: 'How disappointed would they be without it? Above 40 % “very disappointed” is the usual line.',
		when: 'Once somebody has used the product at least twice in two weeks.',
		whom: 'People who use it now; forty answers begin to say something.',
		group: 'lifecycle',
	},
	{
		id: 'csat',
		metric: 'csat',
		name: 'Satisfaction',
		purpose: 'How satisfied are they with you? On 3, 5, 7 or 10 points, with faces, stars or words.',
		when: 'After anything that you want to be judged by.',
		whom: 'Whoever it happened to.',
		group: 'plain',
	},
	{
		id: 'stars',
		metric: 'stars',
		name: 'Five stars',
		purpose: 'How would they rate you? Everybody knows how five stars work.',
		when: 'After anything that you want to be judged by.',
		whom: 'Whoever it happened to.',
		group: 'plain',
	},
	{
		id: 'thumbs',
		metric: 'thumbs',
		name: 'Thumbs',
		purpose: 'Happy or not? The least that can be asked.',
		when: 'At the end of something short.',
		whom: 'Whoever it happened to.',
		group: 'plain',
	},
	{
		id: 'ces-v1',
		metric: 'ces-v1',
		name: 'Customer effort of 2010, imported',
		purpose: 'For past answers on the old scale of effort, 1 to 5, where low is good. It cannot be sent.',
		when: 'Never: import its history, and ask CES 2.0 from now on.',
		whom: 'Nobody.',
		group: 'plain',
	},
];

/** What a new survey can start from: CES of 2010 is for imported history alone. */
export const offered: readonly Template[] = templates.filter(({ id }) => id !== 'ces-v1');

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

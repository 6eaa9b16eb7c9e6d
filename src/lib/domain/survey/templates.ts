// What a survey starts from: which metric, and for what.
import type { Definition, TemplateId } from './definition.ts';
import type { Language } from './language.ts';
import type { Metric } from './metric.ts';

export type Template = {
	id: TemplateId;
	metric: Metric;
	name: string;
	/** What it is good for. */
	purpose: string;
	/** When it is best sent, and to whom. */
	when: string;
};

export const templates: readonly Template[] = [
	{
		id: 'nps-after-purchase',
		metric: 'nps',
		name: 'NPS after a purchase',
		purpose: 'Would they recommend you? Eleven numbers, from 0 to 10, and a question that follows from the answer.',
		when: 'One to two weeks after delivery, to everyone who bought.',
	},
	{
		id: 'csat-after-support',
		metric: 'csat',
		name: 'Satisfaction after support',
		purpose: 'How satisfied were they with the help they got? Five faces, and a question that follows from the answer.',
		when: 'Within a day after a conversation was closed, to the person who asked.',
	},
];

export const defaultColour = '#1f6f5c';

/** The definition a new survey has: standard wording throughout, which every language has already. */
export const definitionFrom = (template: Template, language: Language): Definition => ({
	metric: template.metric,
	template: template.id,
	language,
	texts: {},
	brand: { colour: defaultColour, logoId: null },
});

// What a survey is: everything a form, an import or the API can say about one, as one schema.
import { z } from 'zod';
import { isAddress } from '../contact/address.ts';
import { brandSchema } from './brand.ts';
import { endingSchema } from './ending.ts';
import { languages } from './language.ts';
import { buckets, directions, looks, metrics, orders, problemOf, type Metric } from './metric.ts';
import { questionSchema, rulesSchema } from './question.ts';
import { textsSchema } from './texts.ts';

export const templateIds = [
	'nps-relationship',
	'nps-b2b',
	'nps-after-purchase',
	'csat-delivery',
	'csat-after-support',
	'ces-support',
	'live-chat',
	'ces-returns',
	'store-visit',
	'ces-onboarding',
	'cancellation',
	'enps',
	'pmf',
	'csat',
	'stars',
	'thumbs',
	'ces-v1',
] as const;
/** Whose standard wording a survey is asked in where it has no words of its own. */
export type TemplateId = (typeof templateIds)[number];

/** More than these make no survey that anybody finishes. */
export const mostQuestions = 50;

const scaleSchema = z.strictObject({
	points: z.number().int().min(2).max(11),
	look: z.enum(looks),
	order: z.enum(orders),
	direction: z.enum(directions),
	topBoxes: z.number().int().min(1).max(5),
});

const senderSchema = z.strictObject({
	/** The name beside the sender's address; null is the workspace's. */
	name: z
		.string()
		.trim()
		.min(1)
		.max(80, 'At most 80 characters')
		.regex(/^[^\r\n<>"]*$/, 'A name has no line breaks, quotes or angle brackets')
		.nullable(),
	/** Where replies go; null is the sender's address. */
	replyTo: z.string().trim().max(254).refine(isAddress, 'This is not an e-mail address').nullable(),
});

const hiddenFieldSchema = z
	.string()
	.trim()
	.toLowerCase()
	.regex(/^[a-z][a-z0-9_ -]{0,39}$/, 'A hidden field has a short name of letters, digits, - and _')
	.refine((name) => !reservedNames.includes(name), 'This name is taken by the page itself');
/** What the customer's page and form use themselves. */
export const reservedNames: readonly string[] = [
	'score',
	'lang',
	'to',
	'change',
	'changing',
	'done',
	'theme',
	'key',
	'version',
	'comment',
	'asked',
	'at',
];

/** What no anonymous survey may have, by the path in its definition. */
const namesSomebody = (definition: {
	metric: Metric;
	hiddenFields: readonly unknown[];
	questions: readonly { kind: string }[];
	endings: Readonly<Record<string, { kind: string } | undefined>>;
}): { path: (string | number)[]; message: string }[] => {
	if (definition.metric !== 'enps') return [];
	const message = 'eNPS is anonymous: it cannot ask or keep who somebody is';
	const questions = definition.questions.flatMap(({ kind }, index) =>
		kind === 'email' || kind === 'phone' ? [{ path: ['questions', index], message }] : [],
	);
	const endings = Object.entries(definition.endings).flatMap(([bucket, ending]) =>
		ending?.kind === 'permission' ? [{ path: ['endings', bucket], message }] : [],
	);
	const hidden = definition.hiddenFields.length > 0 ? [{ path: ['hiddenFields'], message }] : [];
	return [...questions, ...endings, ...hidden];
};

/** A survey's content, as edited in the draft and frozen in each version. */
export const definitionSchema = z
	.strictObject({
		metric: z.enum(metrics),
		scale: scaleSchema,
		template: z.enum(templateIds),
		/** The language that `texts` falls back to, and that a customer with no known language is met in. */
		language: z.enum(languages),
		texts: z.partialRecord(z.enum(languages), textsSchema),
		/** Whether a comment is asked for beside the score. */
		hasComment: z.boolean(),
		/** Where to go after the score; none means the first question. */
		rules: rulesSchema,
		questions: z.array(questionSchema).max(mostQuestions, `At most ${mostQuestions} questions`),
		/** By bucket; without one, thanks. */
		endings: z.partialRecord(z.enum(buckets), endingSchema),
		/** Names of what a shared link may carry in its address, kept as properties of the answer. */
		hiddenFields: z.array(hiddenFieldSchema).max(20, 'At most 20 hidden fields'),
		brand: brandSchema,
		sender: senderSchema,
	})
	.superRefine((definition, context) => {
		const add = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
		const problem = problemOf(definition.metric, definition.scale);
		if (problem) add(['scale', problem.field], problem.reason);
		const seen = new Set<string>();
		definition.questions.forEach(({ id }, index) => {
			if (seen.has(id)) add(['questions', index, 'id'], `Two questions have the id ${id}`);
			seen.add(id);
		});
		if (new Set(definition.hiddenFields).size < definition.hiddenFields.length)
			add(['hiddenFields'], 'Two hidden fields have the same name');
		for (const { path, message } of namesSomebody(definition)) add(path, message);
	});
export type Definition = z.output<typeof definitionSchema>;

export const surveyNameSchema = z.string().trim().min(1, 'Give the survey a name').max(80, 'At most 80 characters');

export type Status = 'draft' | 'live' | 'paused' | 'closed';

import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { leftOutReasons } from '#lib/domain/contact/asking.ts';
import type { Audience } from '#lib/domain/sending/sending.ts';
import { languages } from '#lib/domain/survey/language.ts';
import { t } from '#lib/messages/managers.ts';
import { replyText } from '#lib/messages/replies.ts';
import { parseForm, parseQuery } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import { whyNotSend } from '#lib/server/services/mail-settings.ts';
import * as sendings from '#lib/server/services/sendings.ts';
import * as testSends from '#lib/server/services/test-sends.ts';

const peopleShown = 20;

const choice = z.object({
	survey: z.string().default(''),
	to: z.enum(['all', 'property']).catch('all'),
	key: z.string().max(200).default(''),
	value: z.string().max(2_000).default(''),
});
const query = choice.extend({
	show: z.enum(['asked', ...leftOutReasons]).catch('asked'),
	after: z.string().optional(),
});
const test = z.object({
	survey: z.string(),
	language: z.enum(languages).nullable().catch(null),
});
const newSending = choice.extend({
	submissionKey: z.string().min(16).max(64),
	when: z.enum(['now', 'at'], { error: () => t.sendings_when_missing() }),
	sendAt: z.string().default(''),
});

const audienceOf = ({ to, key, value }: z.output<typeof choice>): Audience | null =>
	to === 'all' ? { kind: 'all' } : key ? { kind: 'property', key, value } : null;

export const load = page('member', async ({ ctx, scope, workspace, event }) => {
	const chosen = parseQuery(event.url.searchParams, query);
	const audience = audienceOf(chosen);
	const surveys = await sendings.sendableSurveys(ctx, scope);
	const survey = surveys.find(({ id }) => id === chosen.survey) ?? (surveys.length === 1 ? surveys[0]! : null);
	const paging = { after: chosen.after ?? null, limit: peopleShown + 1 };
	const [properties, counts, people] = await Promise.all([
		sendings.propertyChoices(ctx, workspace, chosen.to === 'property' ? chosen.key : null),
		audience && sendings.preview(ctx, workspace, audience),
		audience ? sendings.people(ctx, workspace, audience, chosen.show, paging) : [],
	]);
	return {
		chosen,
		surveys: surveys.map(({ id, name }) => ({ id, name })),
		survey: survey && { id: survey.id, name: survey.name, language: survey.draft.language, state: survey.state },
		notSendable: survey ? null : await sendings.whyNotSendable(ctx, scope, workspace, chosen.survey),
		properties,
		audience,
		counts,
		people: people.slice(0, peopleShown).map(({ id, email, name }) => ({ id, email, name })),
		next: people.length > peopleShown ? people[peopleShown - 1]!.id : null,
		whyNotSend: whyNotSend(ctx),
		submissionKey: Buffer.from(ctx.randomBytes(16)).toString('hex'),
		hasMailbox: ctx.mailer.isMailbox,
	};
});

export const actions = {
	test: action('member', async ({ ctx, scope, workspace, user, form }) => {
		const { survey, language } = parseForm(form, test);
		const { outcome, reply } = await testSends.sendTest(ctx, scope, workspace, user, { surveyId: survey, language });
		return { test: { isSent: outcome === 'sent', to: user.email, reply: replyText(reply) } };
	}),
	send: action('member', async ({ ctx, scope, workspace, form }) => {
		const wish = parseForm(form, newSending);
		const audience = audienceOf(wish) ?? { kind: 'property', key: '', value: '' };
		const sendAt = wish.when === 'at' ? sendings.parseMoment(wish.sendAt, workspace.timeZone) : null;
		const { survey: surveyId, submissionKey } = wish;
		const { id } = await sendings.create(ctx, scope, workspace, { surveyId, audience, sendAt, submissionKey });
		redirect(303, `/w/${workspace.slug}/sendings/${id}`);
	}),
};

// Shows a survey's mail before it goes to anybody: as a page, and as a real mail to oneself.
import { parseLanguage, type Language } from '#lib/domain/survey/language.ts';
import type { Scope, User, Workspace } from '#lib/domain/workspace/workspace.ts';
import type { Context } from '../context.ts';
import * as outboxRows from '../db/outbox.ts';
import * as surveys from '../db/surveys.ts';
import type { Delivery } from '../mail/mailer.ts';
import * as invitationMail from './invitation-mail.ts';
import { newLease } from './outbox.ts';
import { sendableSurvey } from './sendings.ts';
import { previewLink } from './sharing.ts';

/** The mail of a survey's live version as HTML. Its links lead to the survey's preview, where nothing is counted. */
export const previewMail = async (
	ctx: Context,
	scope: Scope,
	workspace: Workspace,
	{ surveyId, language }: { surveyId: string; language: string | null },
): Promise<string> => {
	const survey = await sendableSurvey(ctx, scope, surveyId);
	const { definition } = (await surveys.version(ctx.db, workspace.id, survey.id, survey.version))!;
	const { link: answerUrl } = previewLink(ctx, survey, 1);
	const question = { definition, workspace, language: parseLanguage(language) ?? definition.language };
	const mail = await invitationMail.compose(ctx, question, { answerUrl, unsubscribeUrl: answerUrl }, false);
	return mail.html;
};

/** Sends a survey's mail to the asker's own address, marked as a test; its answer is not counted. Never tried again. */
export const sendTest = async (
	ctx: Context,
	scope: Scope,
	workspace: Workspace,
	user: User,
	{ surveyId, language }: { surveyId: string; language: Language | null },
): Promise<Delivery> => {
	const survey = await sendableSurvey(ctx, scope, surveyId);
	const { definition } = (await surveys.version(ctx.db, workspace.id, survey.id, survey.version))!;
	const lease = newLease(ctx);
	const test = {
		id: Buffer.from(ctx.randomBytes(12)).toString('hex'),
		workspaceId: workspace.id,
		surveyId: survey.id,
		version: survey.version,
		address: user.email,
		name: user.name,
		language: language ?? definition.language,
		leaseId: lease.id,
		leaseUntil: lease.until,
	};
	const claimed = await outboxRows.addTest(ctx.db, test, ctx.clock());
	const person = { name: user.name, properties: [] };
	const question = { definition, workspace, language: test.language, person };
	const delivery = await ctx.mailer.send(await invitationMail.write(ctx, claimed, question));
	const { reply } = delivery;
	await outboxRows.finish(
		ctx.db,
		claimed,
		delivery.outcome === 'sent'
			? { status: 'sent', sentAt: ctx.clock(), messageId: delivery.messageId, lastReply: reply }
			: { status: 'failed', lastReply: reply },
	);
	return delivery;
};

// Writes one person's mail of a survey's version: the words laid out once per language, the links their own.
import {
	compileInvitation,
	type InvitationDesign,
	type InvitationLinks,
	type Writer,
} from '#emails/survey-invitation.ts';
import type { Mail } from '#emails/mail.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { Person } from '#lib/domain/survey/personal.ts';
import { wordingFor } from '#lib/domain/survey/wording.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import { logoPath } from '#lib/domain/survey/logo.ts';
import type { Workspace } from '#lib/domain/workspace/workspace.ts';
import { standardTexts } from '#lib/messages/standard.ts';
import type { Context } from '../context.ts';
import type { OutgoingMail } from '../mail/mailer.ts';
import { tokenFor } from './links.ts';

type Layout = Promise<Writer>;
const layouts = new Map<string, Layout>();
const mostLayouts = 100;

const layoutFor = (design: InvitationDesign): Layout => {
	const key = JSON.stringify(design);
	let layout = layouts.get(key);
	if (!layout) {
		if (layouts.size >= mostLayouts) layouts.delete(layouts.keys().next().value!);
		layout = compileInvitation(design);
		layouts.set(key, layout);
		layout.catch(() => layouts.delete(key));
	}
	return layout;
};

export type Question = {
	definition: Definition;
	workspace: Pick<Workspace, 'id' | 'name'>;
	language: Language;
	/** Whose name and properties the words may hold; nobody's without. */
	person?: Person;
};

/** Whether a word of the mail is another one for each person. */
const isPersonal = ({ texts, language: base }: Definition, language: Language): boolean =>
	[texts[language], texts[base]].some((words) =>
		[words?.question, words?.lowLabel, words?.highLabel, words?.subject].some((text) => text?.includes('{')),
	);

/** Subject, HTML and text of a question. The links lead nowhere else than given. */
export const compose = async (
	ctx: Context,
	{ definition, workspace, language, person }: Question,
	links: InvitationLinks,
	isTest: boolean,
): Promise<Mail> => {
	const { metric, scale } = definition;
	const { logoId, ...brand } = definition.brand;
	const standard = standardTexts(definition, language, workspace.name);
	// Only what the mail shows: what else the survey asks makes no other layout.
	const { question, lowLabel, highLabel, subject } = wordingFor(definition, language, standard);
	const layout = await layoutFor({
		definition: { metric, scale },
		wording: { question, lowLabel, highLabel, subject },
		language,
		company: workspace.name,
		brand,
		logoUrl: logoId && ctx.config.PUBLIC_URL + logoPath(workspace.id, logoId),
		isTest,
	});
	if (!person || !isPersonal(definition, language)) return layout(links);
	const theirs = wordingFor(definition, language, standard, person);
	return layout(links, {
		question: theirs.question.text,
		lowLabel: theirs.lowLabel.text,
		highLabel: theirs.highLabel.text,
		subject: theirs.subject?.text ?? null,
	});
};

/** The addresses an invitation's mail leads to, made from its id alone: the same on every retry. */
export const linksFor = (ctx: Context, invitation: { id: string; workspaceId: string }): InvitationLinks => {
	const token = tokenFor(ctx.secret, { kind: 'answer', ...invitation });
	return {
		answerUrl: `${ctx.config.PUBLIC_URL}/s/${token}`,
		unsubscribeUrl: `${ctx.config.PUBLIC_URL}/u/${token}`,
	};
};

/** The Message-ID of an invitation, the same on every retry, so that a receiver can tell a repeat. */
export const messageIdFor = (ctx: Context, invitationId: string): string => {
	const domain = /@([^\s@<>]+)>?$/.exec(ctx.config.MAIL_FROM ?? '')?.[1] ?? new URL(ctx.config.PUBLIC_URL).hostname;
	return `<${invitationId}@${domain}>`;
};

type Addressed = { id: string; workspaceId: string; surveyId: string; address: string; isTest: boolean };

/** The whole message for one invitation, with one-click unsubscribe (RFC 8058). */
export const write = async (ctx: Context, invitation: Addressed, question: Question): Promise<OutgoingMail> => {
	const links = linksFor(ctx, { id: invitation.id, workspaceId: invitation.workspaceId });
	const { sender } = question.definition;
	const mail = await compose(ctx, question, links, invitation.isTest);
	return {
		...mail,
		to: invitation.address,
		fromName: sender.name ?? question.workspace.name,
		...(sender.replyTo && { replyTo: sender.replyTo }),
		messageId: messageIdFor(ctx, invitation.id),
		headers: {
			'List-Unsubscribe': `<${links.unsubscribeUrl}>`,
			'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
			'List-Id': `<${invitation.surveyId}.${new URL(ctx.config.PUBLIC_URL).hostname}>`,
		},
		kind: 'survey',
		workspaceId: invitation.workspaceId,
	};
};

// Ends and renews what a customer gets, by the link in their mail. Reading it changes nothing; either step may be repeated.
import { NotFound } from '#lib/domain/errors.ts';
import type { Letterhead } from '#lib/domain/response/asking.ts';
import { parseLanguage, type Language } from '#lib/domain/survey/language.ts';
import { logoPath } from '#lib/domain/survey/logo.ts';
import type { Context } from '../context.ts';
import * as asking from '../db/asking.ts';
import * as invitations from '../db/invitations.ts';
import * as surveys from '../db/surveys.ts';
import * as workspaces from '../db/workspaces.ts';
import { readToken } from './links.ts';

/** Whose mails an unsubscribe link is about. `contactId` is null for a test send, and once the person is deleted. */
export type Subscription = {
	workspaceId: string;
	contactId: string | null;
	address: string;
	isUnsubscribed: boolean;
	/** The language they were written to in. */
	language: Language | null;
	head: Omit<Letterhead, 'language'>;
};

/** Reads the token of an unsubscribe link, good for as long as its invitation is kept. Throws NotFound. */
export const find = async (ctx: Context, token: string): Promise<Subscription> => {
	const link = readToken(ctx.secret, token);
	const lost = new NotFound('This link does not work: a part of it may have been lost.');
	if (link?.kind !== 'answer') throw lost;
	const invitation = await invitations.byId(ctx.db, link.workspaceId, link.id);
	if (!invitation) throw lost;
	const { contactId, surveyId, version } = invitation;
	const [workspace, frozen, contact] = await Promise.all([
		workspaces.byId(ctx.db, link.workspaceId),
		surveys.version(ctx.db, link.workspaceId, surveyId, version),
		contactId && asking.standing(ctx.db, link.workspaceId, contactId),
	]);
	if (!workspace) throw lost;
	const { logoId = null, colour = '#1f2024' } = frozen?.definition.brand ?? {};
	return {
		workspaceId: workspace.id,
		contactId: contact ? contactId : null,
		address: invitation.address,
		isUnsubscribed: Boolean(contact && contact.unsubscribedAt),
		language: parseLanguage(invitation.language),
		head: {
			company: workspace.name,
			logo: logoId && logoPath(workspace.id, logoId),
			colour,
			note: invitation.isTest ? 'test' : null,
			theme: 'auto',
			timeZone: workspace.timeZone,
		},
	};
};

/** No survey of this workspace is sent to them any more. */
export const unsubscribe = async (ctx: Context, { workspaceId, contactId }: Subscription): Promise<void> => {
	if (contactId) await asking.unsubscribe(ctx.db, workspaceId, contactId, ctx.clock());
};

/** They changed their mind. */
export const subscribe = async (ctx: Context, { workspaceId, contactId }: Subscription): Promise<void> => {
	if (contactId) await asking.subscribe(ctx.db, workspaceId, contactId);
};

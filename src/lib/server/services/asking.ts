// What a customer's link asks, and what was answered to it. Reads only: opening a link changes nothing, however often.
import { Closed, NotFound } from '#lib/domain/errors.ts';
import { changeableUntil } from '#lib/domain/response/answer.ts';
import { isAnonymous, nextWeekOf } from '#lib/domain/response/anonymous.ts';
import type { Response, ResponseKind } from '#lib/domain/response/response.ts';
import { nobody, type Person } from '#lib/domain/survey/personal.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { State } from '#lib/domain/survey/lifecycle.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import type { Workspace } from '#lib/domain/workspace/workspace.ts';
import type { Context } from '../context.ts';
import * as contacts from '../db/contacts.ts';
import * as invitationRows from '../db/invitations.ts';
import * as responseRows from '../db/responses.ts';
import * as surveyRows from '../db/surveys.ts';
import * as workspaces from '../db/workspaces.ts';
import { readToken, type LinkKind, type PreviewLink } from './links.ts';
import * as openness from './openness.ts';

/** A link that was found good, with everything an answer to it needs. */
export type Asked = {
	kind: LinkKind;
	workspace: Workspace;
	survey: Survey;
	/** Null for an open link and a preview. */
	invitation: invitationRows.AskedInvitation | null;
	/** What is asked now; 0 stands for the draft, in a preview. */
	version: number;
	definition: Definition;
	/** Who is asked, as far as they are known. */
	person: Person;
	/** How an answer to it will be marked. */
	counts: ResponseKind;
	/** Whether the survey takes answers now. */
	state: State;
};

const expired = () => new Closed('This link has expired.', 'expired');

const kindOf = (linkKind: LinkKind, survey: Survey, isTest: boolean): ResponseKind =>
	linkKind === 'preview' || survey.isSample ? 'preview' : isTest ? 'test' : 'real';

const isGoodPreview = ({ expiresAt, generation }: PreviewLink, survey: Survey, now: Date) =>
	now < expiresAt && generation === survey.previewGeneration;

/**
 * Reads a customer's token. `seenVersion` is what a form of an open link was made from: it is taken as that, whatever
 * was published since. Throws NotFound when the token is none of ours, Closed when what it named is gone.
 */
export const find = async (ctx: Context, token: string, seenVersion?: number): Promise<Asked> => {
	const link = readToken(ctx.secret, token);
	if (!link) throw new NotFound('This link does not work: a part of it may have been lost.');
	const { kind, workspaceId } = link;
	const invitation = kind === 'answer' ? await invitationRows.byId(ctx.db, workspaceId, link.id) : null;
	if (kind === 'answer' && (!invitation || invitation.status === 'cancelled')) throw expired();
	const surveyId = invitation?.surveyId ?? link.id;
	const [workspace, survey, contact] = await Promise.all([
		workspaces.byId(ctx.db, workspaceId),
		surveyRows.byId(ctx.db, workspaceId, surveyId),
		invitation?.contactId ? contacts.byId(ctx.db, workspaceId, invitation.contactId) : null,
	]);
	if (!workspace || !survey) throw expired();
	if (link.kind === 'preview' && !isGoodPreview(link, survey, ctx.clock())) throw expired();
	const newest = survey.version ?? 0;
	const shared = seenVersion !== undefined && seenVersion >= 1 && seenVersion < newest ? seenVersion : newest;
	const version = kind === 'preview' ? 0 : (invitation?.version ?? shared);
	const frozen = version ? await surveyRows.version(ctx.db, workspaceId, surveyId, version) : null;
	const counts = kindOf(kind, survey, invitation?.isTest ?? false);
	const definition = frozen?.definition ?? survey.draft;
	const person = invitation ? { name: contact?.name ?? '', properties: invitation.properties } : nobody;
	const state = await openness.stateOf(ctx, survey);
	return { kind, workspace, survey, invitation, version, definition, person, counts, state };
};

/**
 * Throws Closed when the survey takes no answers now. Previews always do, and tests until the survey is closed. Whoever
 * `hasAnswered` is in the quota already, and may still change what they said.
 */
export const requireOpen = ({ counts, state }: Pick<Asked, 'counts' | 'state'>, hasAnswered = false): void => {
	if (counts === 'preview') return;
	switch (state.kind) {
		case 'open':
			return;
		case 'closed':
		case 'ended':
		case 'archived':
			throw new Closed('This survey is closed.', 'closed');
		case 'full':
			if (counts === 'test' || hasAnswered) return;
			throw new Closed('This survey has all the answers it needs.', 'full');
		case 'scheduled':
			if (counts !== 'test') throw new Closed('This survey is not open yet.', 'scheduled', state.opensAt);
			return;
		case 'draft':
		case 'paused':
			if (counts !== 'test') throw new Closed('This survey takes no answers at the moment.', 'paused');
	}
};

/** The answer that was given under an invitation, or under the key of an open link's form; null when there is none. */
export const answerTo = async (
	ctx: Context,
	{ workspace, survey, invitation }: Asked,
	submissionKey: string | null,
): Promise<Response | null> => {
	if (invitation) return responseRows.byKey(ctx.db, workspace.id, survey.id, { invitationId: invitation.id });
	return submissionKey ? responseRows.byKey(ctx.db, workspace.id, survey.id, { submissionKey }) : null;
};

/** Until when an answer may be changed, or null when that is over. */
export const changeUntil = (ctx: Context, asked: Asked, { answeredAt }: Response): Date | null => {
	const until = isAnonymous(asked.definition)
		? nextWeekOf(answeredAt, asked.workspace.timeZone)
		: changeableUntil(answeredAt, asked.survey.editWindowHours);
	try {
		requireOpen(asked, true);
	} catch {
		return null;
	}
	return until > ctx.clock() ? until : null;
};

// Sendings as managers make them: who would get it and who not, when it goes, how it goes, and stopping it.
import { rulesAt, type LeftOut } from '#lib/domain/contact/asking.ts';
import type { Contact } from '#lib/domain/contact/contact.ts';
import { Conflict, Invalid, NotFound } from '#lib/domain/errors.ts';
import type { Audience, InvitationStatus, Sending } from '#lib/domain/sending/sending.ts';
import type { State } from '#lib/domain/survey/lifecycle.ts';
import type { Metric } from '#lib/domain/survey/metric.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import { instantOf } from '#lib/domain/time/zone.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { t, writtenIn } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as audiences from '../db/audiences.ts';
import * as mailServer from '../db/mail-server.ts';
import * as outbox from '../db/outbox.ts';
import * as rows from '../db/sendings.ts';
import * as surveys from '../db/surveys.ts';
import { whyNotSend } from './mail-settings.ts';
import * as openness from './openness.ts';
import { cancelWaiting } from './preparing.ts';

const rulesFor = (ctx: Context, workspace: Workspace) =>
	rulesAt(ctx.clock(), workspace.quietDays, !ctx.mailer.isMailbox);

/** How many of an audience would be asked now, and how many are left out, by reason. */
export const preview = (ctx: Context, workspace: Workspace, audience: Audience): Promise<audiences.AudienceCounts> =>
	audiences.count(ctx.db, workspace.id, audience, rulesFor(ctx, workspace));

/** The people who would be asked now, or who are left out for a reason: `limit` after a contact id. */
export const people = (
	ctx: Context,
	workspace: Workspace,
	audience: Audience,
	which: LeftOut | 'asked',
	paging: { after: string | null; limit: number },
): Promise<Contact[]> => audiences.page(ctx.db, workspace.id, audience, rulesFor(ctx, workspace), which, paging);

/** A property to choose people by; `values` with how many people have each, or null when they are too many to list. */
export type PropertyChoice = { key: string; values: { value: string; count: number }[] | null };

const mostValues = 40;

/** Property names, as the newest people have them, and the values of the one that is chosen. */
export const propertyChoices = async (
	ctx: Context,
	workspace: Workspace,
	chosenKey: string | null,
): Promise<{ keys: string[]; chosen: PropertyChoice | null }> => {
	const known = await audiences.knownProperties(ctx.db, workspace.id, 2_000);
	const found = known.find(({ key }) => key === chosenKey);
	const values =
		found && found.values.length <= mostValues
			? await audiences.countValues(ctx.db, workspace.id, found.key, found.values)
			: null;
	return { keys: known.map(({ key }) => key), chosen: found ? { key: found.key, values } : null };
};

/** Why a survey cannot be sent at `sendAt`, and what to do about it; null when it can. */
export const whyNotOf = (
	{ name: survey }: Pick<Survey, 'name'>,
	state: State,
	sendAt: Date,
	timeZone: string,
): string | null => {
	const on = (at: Date) =>
		at.toLocaleString(writtenIn(), { timeZone, dateStyle: 'long', timeStyle: 'short' }) + ` (${timeZone})`;
	switch (state.kind) {
		case 'open':
			if (!state.closesAt || sendAt < state.closesAt) return null;
			return t.sendings_closes_before({ survey, moment: on(state.closesAt) });
		case 'scheduled':
			if (sendAt >= state.opensAt) return null;
			return t.sendings_opens_after({ survey, moment: on(state.opensAt) });
		case 'ended':
			return t.sendings_survey_ended({ survey, moment: on(state.closesAt) });
		case 'full':
			return t.sendings_survey_full({ survey, n: state.quota });
		case 'archived':
			return t.sendings_survey_archived({ survey });
		default:
			return t.sendings_survey_closed({ survey });
	}
};

const neverMailed: Partial<Record<Metric, (named: { survey: string }) => string>> = {
	enps: t.sendings_never_enps,
	'ces-v1': t.sendings_never_ces_v1,
};

/** Why a survey is never mailed, whatever its state; null when it may be. */
const whyNever = ({ name, draft }: Survey): string | null => neverMailed[draft.metric]?.({ survey: name }) ?? null;

export type SendableSurvey = Survey & { version: number; state: State };

/** Surveys of one's own that are open, or will be. */
export const sendableSurveys = async (ctx: Context, scope: Scope): Promise<SendableSurvey[]> => {
	const own = (await surveys.list(ctx.db, scope.workspaceId)).filter(
		(survey) => !survey.isSample && whyNever(survey) === null,
	);
	const found = await Promise.all(
		own.map(async (survey) => ({ ...survey, state: await openness.stateOf(ctx, survey) })),
	);
	return found.filter(
		(survey): survey is SendableSurvey =>
			survey.version !== null && (survey.state.kind === 'open' || survey.state.kind === 'scheduled'),
	);
};

/** A survey that can be sent at `sendAt`, or looked at before; with the version that would be. Throws Invalid and Conflict. */
export const sendableSurvey = async (
	ctx: Context,
	scope: Scope,
	surveyId: string,
	sending?: { sendAt: Date; timeZone: string },
): Promise<SendableSurvey> => {
	const survey = await surveys.byId(ctx.db, scope.workspaceId, surveyId);
	if (!survey) throw new Invalid(t.sendings_choose_survey(), { survey: t.sendings_choose_survey() });
	const { version } = survey;
	if (survey.isSample) throw new Conflict(t.sendings_survey_sample());
	const state = await openness.stateOf(ctx, survey);
	const sendAt = sending?.sendAt ?? (state.kind === 'scheduled' ? state.opensAt : ctx.clock());
	const why = whyNever(survey) ?? whyNotOf(survey, state, sendAt, sending?.timeZone ?? 'UTC');
	if (why || version === null) throw new Conflict(why ?? t.sendings_survey_unpublished({ survey: survey.name }));
	return { ...survey, version, state };
};

/** Why the survey that an address names cannot be sent now; null when it can, or when there is none. */
export const whyNotSendable = async (
	ctx: Context,
	scope: Scope,
	workspace: Workspace,
	surveyId: string,
): Promise<string | null> => {
	const survey = await surveys.byId(ctx.db, scope.workspaceId, surveyId);
	if (!survey) return null;
	return whyNever(survey) ?? whyNotOf(survey, await openness.stateOf(ctx, survey), ctx.clock(), workspace.timeZone);
};

/** What is missing before anything can be sent; null when nothing is. */
export const readiness = async (ctx: Context, scope: Scope): Promise<'no-survey' | 'no-people' | null> => {
	if (!(await sendableSurveys(ctx, scope)).length) return 'no-survey';
	const [anybody] = await audiences.batch(ctx.db, scope.workspaceId, { kind: 'all' }, { after: null, limit: 1 });
	return anybody ? null : 'no-people';
};

/** A moment as a form gives it, YYYY-MM-DDTHH:MM on the workspace's clock. Throws Invalid. */
export const parseMoment = (local: string, timeZone: string): Date => {
	const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) && !Number.isNaN(Date.parse(`${local}Z`));
	if (!isMoment) throw new Invalid(t.sendings_moment_missing(), { sendAt: t.sendings_moment_missing() });
	return instantOf(local, timeZone);
};

export type NewSending = {
	surveyId: string;
	audience: Audience;
	/** Null: at once. */
	sendAt: Date | null;
	/** From the form: the same form sent twice is one sending. */
	submissionKey: string;
};

/**
 * Makes a sending; the outbox does the rest. Throws Conflict where nothing can be sent, Invalid when it would go to
 * nobody or in the past.
 */
export const create = async (ctx: Context, scope: Scope, workspace: Workspace, wish: NewSending): Promise<Sending> => {
	// Pressed again, when those it asked are no longer to be asked.
	const earlier = await rows.bySubmission(ctx.db, scope.workspaceId, wish.submissionKey);
	if (earlier) return earlier;
	const why = whyNotSend(ctx);
	if (why) throw new Conflict(why);
	const now = ctx.clock();
	const sending = { sendAt: wish.sendAt ?? now, timeZone: workspace.timeZone };
	const survey = await sendableSurvey(ctx, scope, wish.surveyId, sending);
	if (wish.sendAt && wish.sendAt < now)
		throw new Invalid(t.sendings_moment_passed(), { sendAt: t.sendings_moment_passed_field() });
	if (!wish.sendAt && (await preview(ctx, workspace, wish.audience)).asked === 0)
		throw new Invalid(t.sendings_to_nobody(), { to: t.sendings_to_nobody_field() });
	return rows.create(ctx.db, wish.submissionKey, {
		workspaceId: scope.workspaceId,
		surveyId: survey.id,
		version: survey.version,
		audience: wish.audience,
		sendAt: wish.sendAt ?? now,
		createdBy: scope.userId,
		createdAt: now,
	});
};

/** Throws NotFound. */
export const byId = async (ctx: Context, scope: Scope, sendingId: string): Promise<Sending> => {
	const sending = await rows.byId(ctx.db, scope.workspaceId, sendingId);
	if (!sending) throw new NotFound(t.sendings_missing());
	return sending;
};

/** How long a cancelled sending can be taken up again. */
export const undoMs = 30_000;

/** Stops a sending: who was not asked yet is not asked. Cancelling it again changes nothing. */
export const cancel = async (ctx: Context, scope: Scope, sendingId: string): Promise<void> => {
	const sending = await byId(ctx, scope, sendingId);
	if (sending.status === 'done') throw new Conflict(t.sendings_stop_too_late());
	const now = ctx.clock();
	await rows.move(ctx.db, sending, ['scheduled', 'preparing', 'sending', 'held'], {
		status: 'cancelled',
		cancelledAt: now,
	});
	await cancelWaiting(ctx, sending);
	// A little later than it can be undone, those who were not asked are free to be asked by others.
	const at = new Date(now.getTime() + undoMs + 15_000);
	const payload = { workspaceId: sending.workspaceId, sendingId };
	await ctx.jobs.enqueue('release-claims', payload, { at, key: sendingId });
};

/** Takes a cancelled sending up again, within `undoMs`. */
export const undoCancel = async (ctx: Context, scope: Scope, sendingId: string): Promise<void> => {
	const sending = await byId(ctx, scope, sendingId);
	if (sending.status !== 'cancelled') return;
	const now = ctx.clock();
	if (!sending.cancelledAt || now.getTime() - sending.cancelledAt.getTime() > undoMs)
		throw new Conflict(t.sendings_undo_too_late());
	// Held first: the outbox takes it up from there, and meets no half of it.
	await outbox.moveAll(ctx.db, sending, ['cancelled'], { status: 'held', lastReply: null });
	const status = sending.sendAt > now ? 'scheduled' : 'held';
	await rows.move(ctx.db, sending, ['cancelled'], { status, cancelledAt: null });
};

export type SendingView = {
	sending: Sending;
	survey: Pick<Survey, 'id' | 'name'> & { state: State };
	counts: outbox.SendingCounts;
};

const viewOf = async (ctx: Context, sending: Sending): Promise<SendingView> => {
	const [survey, counts] = await Promise.all([
		surveys.byId(ctx.db, sending.workspaceId, sending.surveyId),
		outbox.counts(ctx.db, sending.workspaceId, sending.id),
	]);
	const { id, name } = survey ?? { id: sending.surveyId, name: t.surveys_deleted() };
	const state: State = survey ? await openness.stateOf(ctx, survey) : { kind: 'closed' };
	return { sending, survey: { id, name, state }, counts };
};

/** A sending with its numbers as they are now. Throws NotFound. */
export const view = async (ctx: Context, scope: Scope, sendingId: string): Promise<SendingView> =>
	viewOf(ctx, await byId(ctx, scope, sendingId));

/** The newest sendings, `limit` of those made before `before`. */
export const list = async (
	ctx: Context,
	scope: Scope,
	paging: { before: Date | null; limit: number },
): Promise<SendingView[]> =>
	Promise.all((await rows.list(ctx.db, scope.workspaceId, paging)).map((sending) => viewOf(ctx, sending)));

/** The lists of people that a sending's page has. */
export const lists = ['waiting', 'sent', 'answered', 'refused', 'unsent'] as const;

const statesOf: Record<(typeof lists)[number], readonly InvitationStatus[] | 'answered'> = {
	waiting: ['scheduled', 'leased', 'held'],
	sent: ['sent'],
	answered: 'answered',
	refused: ['refused'],
	unsent: ['failed', 'cancelled'],
};

/** The people on one list of a sending: `limit` after an invitation id. */
export const lines = (
	ctx: Context,
	scope: Scope,
	sendingId: string,
	list: (typeof lists)[number],
	paging: { after: string | null; limit: number },
): Promise<outbox.SendingLine[]> => outbox.page(ctx.db, scope.workspaceId, sendingId, statesOf[list], paging);

/** Another text whenever something on a sending's page is another: state, numbers, or the mail server's trouble. */
export const revisionOf = ({ sending, survey, counts }: SendingView, trouble: mailServer.Trouble | null): string =>
	[sending.status, survey.state.kind, sending.invited, ...Object.values(counts), trouble?.failures ?? 0].join('.');

/** The trouble the mail server is in, for the page that waits for it. */
export const mailTrouble = (ctx: Context): Promise<mailServer.Trouble | null> => mailServer.trouble(ctx.db);

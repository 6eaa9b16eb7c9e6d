// Taking answers: one per invitation or form, acknowledged only when durable, changed only within the survey's hours.
import type { Property } from '#lib/domain/contact/contact.ts';
import { changeableFrom, type Answer } from '#lib/domain/response/answer.ts';
import { merged } from '#lib/domain/response/reply.ts';
import { isAnonymous, keptOf, weekOf } from '#lib/domain/response/anonymous.ts';
import type { Response } from '#lib/domain/response/response.ts';
import type { GivenAnswer } from '#lib/domain/survey/answer-value.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import { scaleOf, toneOf } from '#lib/domain/survey/metric.ts';
import type { Context } from '../context.ts';
import * as invitationRows from '../db/invitations.ts';
import * as responseRows from '../db/responses.ts';
import * as staleDays from '../db/stale-days.ts';
import * as surveyRows from '../db/surveys.ts';
import { answerTo, requireOpen, type Asked } from './asking.ts';

/** How an answer comes in. */
export type Sender = {
	language: Language;
	/** Where an open link was answered; an invitation's answer came by e-mail. */
	channel: 'link' | 'embed';
	/** The key that an open link's form carried; an invitation is its own key. */
	submissionKey: string;
};
export type Submission = Answer &
	Sender & {
		/** What the shared link carried. */
		properties?: Property[];
	};

/** A customer who sends twice in a row, the second time with a comment, is told of once; with more questions later. */
const [alertAfterMs, alertAfterMoreMs] = [15_000, 45_000];

/** So often an answer that others are changing too is read again, before the later one simply wins. */
const mostTries = 8;

const newId = (ctx: Context): string => Buffer.from(ctx.randomBytes(12)).toString('hex');

/** Answers that were first given after this may be changed now: in the survey's hours, an anonymous one in its week. */
const givenAfterOf = ({ survey, workspace, definition }: Asked, now: Date): Date =>
	isAnonymous(definition)
		? new Date(weekOf(now, workspace.timeZone).getTime() - 1)
		: changeableFrom(now, survey.editWindowHours);

/**
 * Changes the answer that is there; null when there is none, or it may be changed no more. `to` makes the change of what
 * is there now: two tabs that send different pages at once both find theirs kept.
 */
const change = async (
	ctx: Context,
	asked: Asked,
	submissionKey: string,
	to: (earlier: Response) => Partial<responseRows.Change>,
	{ givenAfter = givenAfterOf(asked, ctx.clock()) }: { givenAfter?: Date } = {},
): Promise<Response | null> => {
	const { workspace, survey, invitation } = asked;
	const key = invitation ? { invitationId: invitation.id } : { submissionKey };
	const now = ctx.clock();
	for (let attempt = 1; ; attempt++) {
		const earlier = await responseRows.byKey(ctx.db, workspace.id, survey.id, key);
		if (!earlier || earlier.answeredAt <= givenAfter) return null;
		const changes = to(earlier);
		// Only what was made of the earlier answer needs that it is still the same one.
		const seenAt = changes.answers && attempt < mostTries ? earlier.updatedAt : undefined;
		const anonymously = isAnonymous(asked.definition) && { language: '' };
		// Of an anonymous answer it counts changes, and tells no time.
		const least = anonymously ? 0 : now.getTime();
		const last = seenAt ?? (anonymously ? earlier.updatedAt : null);
		const updatedAt = new Date(last ? Math.max(least, last.getTime() + 1) : least);
		const changed = await responseRows.change(
			ctx.db,
			workspace.id,
			survey.id,
			key,
			givenAfter,
			{ ...changes, ...anonymously, updatedAt },
			seenAt,
		);
		if (changed || !seenAt) return changed;
	}
};

/** Changes the answer that is there, or adds the first under `id`. Null when the one that is there may be changed no more. */
const write = async (
	ctx: Context,
	asked: Asked,
	submission: Submission,
	now: Date,
	id: string,
): Promise<Response | null> => {
	const { workspace, survey, invitation, version, definition } = asked;
	const { score, comment, language, channel, submissionKey } = submission;
	const given = { score, comment, language, version };
	const again = () =>
		change(ctx, asked, submissionKey, (earlier) => {
			const answers = merged(definition, { ...earlier, ...given }, { questions: [], answers: [] });
			return answers.length < earlier.answers.length ? { ...given, answers } : given;
		});
	const existing = await again();
	if (existing) return existing;
	const whole = {
		...given,
		id,
		workspaceId: workspace.id,
		surveyId: survey.id,
		kind: asked.counts,
		channel: invitation ? ('email' as const) : channel,
		answers: [],
		mayContact: null,
		contactEmail: null,
		properties: invitation?.properties ?? submission.properties ?? [],
		contactId: invitation?.contactId ?? null,
		invitationId: invitation?.id ?? null,
		askedAt: invitation?.sentAt ?? null,
		answeredAt: now,
		updatedAt: now,
	};
	const first = isAnonymous(definition) ? { ...keptOf(whole, workspace.timeZone), channel: 'link' as const } : whole;
	const isFirst = await responseRows.insert(ctx.db, first, invitation ? null : submissionKey);
	if (isFirst) return { ...first, importId: null, externalId: null };
	// Somebody was faster: another tab, a second click, or our own write whose reply was lost; or it is being deleted,
	// and comes back because its customer has just spoken.
	const key = invitation ? { invitationId: invitation.id } : { submissionKey };
	const givenAfter = givenAfterOf(asked, now);
	return (
		(await again()) ??
		responseRows.change(ctx.db, workspace.id, survey.id, key, givenAfter, {
			...given,
			language: first.language,
			updatedAt: first.updatedAt,
		})
	);
};

/** Days to be counted anew before and after a write, and what has to know of it. Null when nothing was written. */
const taking = async (
	ctx: Context,
	asked: Asked,
	answeredAt: Date,
	write: () => Promise<Response | null>,
): Promise<Response | null> => {
	const { workspace, survey, invitation } = asked;
	const now = ctx.clock();
	// The day it is counted on, and the day it was asked, whose response rate moves with it.
	const mark = (answeredAt: Date) => {
		const instants = invitation?.sentAt ? [answeredAt, invitation.sentAt] : [answeredAt];
		return staleDays.mark(ctx.db, workspace.id, survey.id, instants, now);
	};
	await mark(answeredAt);
	const response = await write();
	if (!response) return null;
	if (invitation) await invitationRows.markAnswered(ctx.db, workspace.id, invitation.id, response.answeredAt);
	await mark(response.answeredAt);
	// An anonymous answer shows when its week is over: until then nothing that colleagues read tells that one came.
	if (!isAnonymous(asked.definition)) await surveyRows.bumpRevision(ctx.db, workspace.id, survey.id);
	return response;
};

/** Asks for a mail about a low score, in a moment: once for each answer, however often it is asked for. */
const askForAlert = async (ctx: Context, asked: Asked, responseId: string, score: number): Promise<void> => {
	const { workspace, definition, counts } = asked;
	if (counts !== 'real' || isAnonymous(definition) || toneOf(scaleOf(definition), score) !== 'low') return;
	const afterMs = definition.questions.length ? alertAfterMoreMs : alertAfterMs;
	const at = new Date(ctx.clock().getTime() + afterMs);
	await ctx.jobs.enqueue('detractor-alert', { workspaceId: workspace.id, responseId }, { key: responseId, at });
};

/**
 * Takes an answer, or a change of one. Sent twice it is one answer; the later of two wins. Every step may be repeated,
 * and the answer is durable before this returns. Throws Closed when the survey takes none; gives null when there is an
 * answer that may be changed no more.
 */
export const submit = async (ctx: Context, asked: Asked, submission: Submission): Promise<Response | null> => {
	const now = ctx.clock();
	const earlier = await answerTo(ctx, asked, submission.submissionKey);
	requireOpen(asked, earlier !== null);
	const given = isAnonymous(asked.definition) ? weekOf(now, asked.workspace.timeZone) : now;
	const id = earlier?.id ?? newId(ctx);
	// Before it is stored: a process that dies right after has asked for the mail already, and one about nothing is none.
	await askForAlert(ctx, asked, id, submission.score);
	const response = await taking(ctx, asked, earlier?.answeredAt ?? given, () => write(ctx, asked, submission, now, id));
	// Another tab was first, and the answer has its id.
	if (response && response.id !== id) await askForAlert(ctx, asked, response.id, response.score);
	return response;
};

/** The questions of one page and what was answered to them: what was left empty is in the first list alone. */
export type Page = {
	questions: readonly string[];
	answers: readonly GivenAnswer[];
	/** The last of them, where somebody goes on from here. */
	reached?: string | undefined;
};

/** Adds a page's answers to the answer that is there. As `submit`; null also when there is none. */
export const supplement = async (
	ctx: Context,
	asked: Asked,
	{ language, submissionKey }: Sender,
	page: Page,
): Promise<Response | null> => {
	requireOpen(asked, true);
	const earlier = await answerTo(ctx, asked, submissionKey);
	if (!earlier) return null;
	return taking(ctx, asked, earlier.answeredAt, () =>
		change(ctx, asked, submissionKey, (seen) => ({
			language,
			answers: merged(asked.definition, { ...seen, language }, page),
			...(page.reached && { reached: page.reached }),
		})),
	);
};

/** Keeps whether they may be contacted about their answer, and where to. As `supplement`. */
export const permit = async (
	ctx: Context,
	asked: Asked,
	{ submissionKey }: Pick<Sender, 'submissionKey'>,
	permission: { mayContact: boolean; contactEmail: string | null },
): Promise<Response | null> => {
	requireOpen(asked, true);
	const earlier = await answerTo(ctx, asked, submissionKey);
	if (!earlier || isAnonymous(asked.definition)) return null;
	return taking(ctx, asked, earlier.answeredAt, () => change(ctx, asked, submissionKey, () => permission));
};

/** Takes the permission back, and the address that came with it: at any time, whatever the survey takes. Null when there is no answer. */
export const takeBackPermission = async (
	ctx: Context,
	asked: Asked,
	{ submissionKey }: Pick<Sender, 'submissionKey'>,
): Promise<Response | null> => {
	const earlier = await answerTo(ctx, asked, submissionKey);
	if (!earlier) return null;
	const permission = { mayContact: false, contactEmail: null };
	const anytime = { givenAfter: new Date(0) };
	return taking(ctx, asked, earlier.answeredAt, () => change(ctx, asked, submissionKey, () => permission, anytime));
};

/** Notes on invitations what their answers of these days say, where the process died before it did; as the job finds it. */
export const noteMissed = async (
	ctx: Context,
	workspaceId: string,
	surveyId: string,
	days: readonly string[],
): Promise<void> => {
	for (const day of days)
		for (const { id, answeredAt, sentAt } of await invitationRows.unnoted(ctx.db, workspaceId, surveyId, day)) {
			const mark = () => staleDays.mark(ctx.db, workspaceId, surveyId, sentAt ? [sentAt] : [], ctx.clock());
			await mark();
			await invitationRows.markAnswered(ctx.db, workspaceId, id, answeredAt);
			await mark();
			await surveyRows.bumpRevision(ctx.db, workspaceId, surveyId);
		}
};

// Taking answers: one per invitation or form, acknowledged only when durable, changed only within the survey's hours.
import { changeableFrom, type Answer } from '#lib/domain/response/answer.ts';
import type { Response } from '#lib/domain/response/response.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import { scaleOf, toneOf } from '#lib/domain/survey/metric.ts';
import type { Context } from '../context.ts';
import * as invitationRows from '../db/invitations.ts';
import * as responseRows from '../db/responses.ts';
import * as staleDays from '../db/stale-days.ts';
import * as surveyRows from '../db/surveys.ts';
import { answerTo, requireOpen, type Asked } from './asking.ts';

export type Submission = Answer & {
	language: Language;
	/** Where an open link was answered; an invitation's answer came by e-mail. */
	channel: 'link' | 'embed';
	/** The key that an open link's form carried; an invitation is its own key. */
	submissionKey: string;
};

/** A customer who sends twice in a row, the second time with a comment, is told of once. */
const alertAfterMs = 15_000;

const newId = (ctx: Context): string => Buffer.from(ctx.randomBytes(12)).toString('hex');

/** Changes the answer that is there, or adds the first. Null when the one that is there may be changed no more. */
const write = async (ctx: Context, asked: Asked, submission: Submission, now: Date): Promise<Response | null> => {
	const { workspace, survey, invitation, version } = asked;
	const { score, comment, language, channel, submissionKey } = submission;
	const key = invitation ? { invitationId: invitation.id } : { submissionKey };
	const changed = { score, comment, language, version, updatedAt: now };
	const givenAfter = changeableFrom(now, survey.editWindowHours);
	const change = () => responseRows.change(ctx.db, workspace.id, survey.id, key, givenAfter, changed);
	const existing = await change();
	if (existing) return existing;
	const first = {
		...changed,
		id: newId(ctx),
		workspaceId: workspace.id,
		surveyId: survey.id,
		kind: asked.counts,
		channel: invitation ? ('email' as const) : channel,
		properties: invitation?.properties ?? [],
		contactId: invitation?.contactId ?? null,
		invitationId: invitation?.id ?? null,
		askedAt: invitation?.sentAt ?? null,
		answeredAt: now,
	};
	const isFirst = await responseRows.insert(ctx.db, first, invitation ? null : submissionKey);
	// Somebody was faster: another tab, a second click, or our own write whose reply was lost.
	return isFirst ? { ...first, importId: null, externalId: null } : change();
};

/**
 * Takes an answer, or a change of one. Sent twice it is one answer; the later of two wins. Every step may be repeated,
 * and the answer is durable before this returns. Throws Closed when the survey takes none; gives null when there is an
 * answer that may be changed no more.
 */
export const submit = async (ctx: Context, asked: Asked, submission: Submission): Promise<Response | null> => {
	requireOpen(asked);
	const { workspace, survey, invitation, definition, counts } = asked;
	const now = ctx.clock();
	// The day it is counted on, and the day it was asked, whose response rate moves with it.
	const mark = (answeredAt: Date) => {
		const instants = invitation?.sentAt ? [answeredAt, invitation.sentAt] : [answeredAt];
		return staleDays.mark(ctx.db, workspace.id, survey.id, instants, now);
	};
	const earlier = await answerTo(ctx, asked, submission.submissionKey);
	await mark(earlier?.answeredAt ?? now);
	const response = await write(ctx, asked, submission, now);
	if (!response) return null;
	if (invitation) await invitationRows.markAnswered(ctx.db, workspace.id, invitation.id, response.answeredAt);
	await mark(response.answeredAt);
	await surveyRows.bumpRevision(ctx.db, workspace.id, survey.id);
	if (counts === 'real' && toneOf(scaleOf(definition), response.score) === 'low')
		await ctx.jobs.enqueue(
			'detractor-alert',
			{ workspaceId: workspace.id, responseId: response.id },
			{ key: response.id, at: new Date(now.getTime() + alertAfterMs) },
		);
	return response;
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

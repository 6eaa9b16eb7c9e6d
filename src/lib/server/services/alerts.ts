// Tells those who want it of each low score, by mail within a minute: at most 20 an hour to each, then one summary.
import { detractorAlert } from '#emails/detractor-alert.ts';
import { detractorSummary, type DetractorSummary } from '#emails/detractor-summary.ts';
import { TooMany } from '#lib/domain/errors.ts';
import type { Response } from '#lib/domain/response/response.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import { bucketOf, scaleOf, toneOf } from '#lib/domain/survey/metric.ts';
import { allSaid } from '#lib/messages/answers.ts';
import type { User, Workspace } from '#lib/domain/workspace/workspace.ts';
import type { Context } from '../context.ts';
import * as alerts from '../db/alerts.ts';
import * as contacts from '../db/contacts.ts';
import * as memberships from '../db/memberships.ts';
import * as responses from '../db/responses.ts';
import * as surveys from '../db/surveys.ts';
import * as users from '../db/users.ts';
import * as workspaces from '../db/workspaces.ts';
import type { JobPayload } from '../jobs/names.ts';
import type { OutgoingMail } from '../mail/mailer.ts';
import { longestDeliveryMs } from '../mail/mailer.ts';
import * as answers from './answers.ts';
import * as limits from './limits.ts';

/** Hands a mail over. Throws when it was not taken now: the job comes again, with the same Message-ID. */
const send = async (ctx: Context, mail: Omit<OutgoingMail, 'kind'>): Promise<void> => {
	const delivery = await ctx.mailer.send({ ...mail, kind: 'alert' });
	if (delivery.outcome === 'sent') return;
	if (delivery.outcome !== 'refused') throw new Error(`The mail server did not take it: ${delivery.reply}`);
	// The colleague's own server says no for good: to say it again helps nobody.
	ctx.log.warn({ reply: delivery.reply }, 'a detractor mail was refused');
};

const messageIdFor = (ctx: Context, ...parts: string[]): string =>
	`<${parts.join('.')}@${new URL(ctx.config.PUBLIC_URL).hostname}>`;

/** An answer with all that is said about it; null when it is no low score of a real customer any more. */
const describe = async (ctx: Context, response: Response) => {
	const { workspaceId, surveyId, version, contactId, kind, score } = response;
	if (kind !== 'real') return null;
	const [survey, frozen, contact] = await Promise.all([
		surveys.byId(ctx.db, workspaceId, surveyId),
		surveys.version(ctx.db, workspaceId, surveyId, version),
		contactId && contacts.byId(ctx.db, workspaceId, contactId),
	]);
	if (!survey || !frozen) return null;
	const scale = scaleOf(frozen.definition);
	if (toneOf(scale, score) !== 'low') return null;
	const said = allSaid(frozen.definition, response.answers, '');
	return { response, survey, scale, said, person: contact ? { name: contact.name, email: contact.email } : null };
};
type Described = NonNullable<Awaited<ReturnType<typeof describe>>>;

/** Where the answer is first in its survey's list, whatever has come or was changed since. */
const addressOf = (ctx: Context, workspace: Workspace, survey: Survey, response: Response) =>
	`${ctx.config.PUBLIC_URL}/w/${workspace.slug}/surveys/${survey.id}?after=${answers.placeAt(response)}#answer-${response.id}`;

const mailOne = async (ctx: Context, workspace: Workspace, user: User, described: Described): Promise<void> => {
	const { response, survey, scale, said, person } = described;
	const mail = detractorAlert({
		workspace: workspace.name,
		surveyName: survey.name,
		most: scale.max,
		score: response.score,
		bucket: bucketOf(scale, response.score),
		comment: response.comment,
		said,
		contactEmail: response.mayContact ? response.contactEmail : null,
		person,
		properties: response.properties,
		answeredAt: response.answeredAt,
		timeZone: workspace.timeZone,
		url: addressOf(ctx, workspace, survey, response),
	});
	await send(ctx, {
		...mail,
		to: user.email,
		fromName: workspace.name,
		replyTo: person?.email ?? (response.mayContact && response.contactEmail ? response.contactEmail : undefined),
		messageId: messageIdFor(ctx, response.id, user.id),
		workspaceId: workspace.id,
	});
};

/** Gives an alert that is held one of the hour's mails, or a place in the summary after them. */
const grant = async (ctx: Context, alert: alerts.Alert, lease: alerts.Lease): Promise<'granted' | 'waiting'> => {
	let state: 'granted' | 'waiting' = 'granted';
	try {
		await limits.take(ctx, 'detractorMails', alert.workspaceId, alert.userId);
	} catch (problem) {
		if (!(problem instanceof TooMany)) throw problem;
		state = 'waiting';
	}
	await alerts.move(ctx.db, alert, lease, state);
	return state;
};

/** Longer than any delivery takes, so that only a worker that died loses it. */
const leaseMs = longestDeliveryMs + 60_000;
const leaseOf = (ctx: Context): alerts.Lease => ({
	id: Buffer.from(ctx.randomBytes(12)).toString('base64url'),
	until: new Date(ctx.clock().getTime() + leaseMs),
});

/** Another worker is at it. Looks again once that one is done or its lease has ended. */
const lookAgain = (ctx: Context, workspaceId: string, responseId: string, lease: alerts.Lease): Promise<void> =>
	ctx.jobs.enqueue('detractor-alert', { workspaceId, responseId }, { at: lease.until, key: responseId });

const askForSummary = (ctx: Context, workspaceId: string, userId: string, at: Date): Promise<void> =>
	ctx.jobs.enqueue('detractor-summary', { workspaceId, userId }, { at, key: `${workspaceId}.${userId}` });

const tell = async (ctx: Context, workspace: Workspace, user: User, described: Described): Promise<void> => {
	const alert = { workspaceId: workspace.id, userId: user.id, responseId: described.response.id };
	if ((await alerts.begin(ctx.db, alert, ctx.clock())) === 'done') return;
	const lease = leaseOf(ctx);
	const claimed = await alerts.claim(ctx.db, alert, lease, ctx.clock());
	if (!claimed) return lookAgain(ctx, workspace.id, described.response.id, lease);
	try {
		const state = claimed === 'new' ? await grant(ctx, alert, lease) : claimed;
		if (state === 'waiting') {
			const windowMs = limits.limits.detractorMails.windowSeconds * 1000;
			await askForSummary(ctx, workspace.id, user.id, new Date(ctx.clock().getTime() + windowMs));
		} else {
			await mailOne(ctx, workspace, user, described);
			await alerts.move(ctx.db, alert, lease, 'done');
		}
	} finally {
		await alerts.release(ctx.db, alert, lease);
	}
};

const listeners = async (ctx: Context, workspaceId: string): Promise<User[]> => {
	const members = await memberships.ofWorkspace(ctx.db, workspaceId);
	const wanted = members.filter(({ wantsDetractorMail }) => wantsDetractorMail);
	return users.byIds(
		ctx.db,
		wanted.map(({ userId }) => userId),
	);
};

/** The job "detractor-alert". What was changed since the answer came is in the mail; an answer that is no longer low is in none. */
export const tellOfDetractor = async (
	ctx: Context,
	{ workspaceId, responseId }: JobPayload<'detractor-alert'>,
): Promise<void> => {
	const [workspace, [response]] = await Promise.all([
		workspaces.byId(ctx.db, workspaceId),
		responses.byIds(ctx.db, workspaceId, [responseId]),
	]);
	const described = response && (await describe(ctx, response));
	if (!workspace || !described) return;
	const told = await Promise.allSettled(
		(await listeners(ctx, workspaceId)).map((user) => tell(ctx, workspace, user, described)),
	);
	for (const outcome of told) if (outcome.status === 'rejected') throw outcome.reason;
};

const mostInSummary = 50;
const mostWaiting = 5_000;

/** The job "detractor-summary": one mail about all that came after an hour's limit was reached. */
export const summarize = async (
	ctx: Context,
	{ workspaceId, userId }: JobPayload<'detractor-summary'>,
): Promise<void> => {
	const lease = leaseOf(ctx);
	const waiting = await alerts.claimWaiting(ctx.db, workspaceId, userId, lease, ctx.clock(), mostWaiting);
	let isTold = false;
	try {
		await mailSummary(ctx, workspaceId, userId, waiting.responseIds);
		isTold = true;
	} finally {
		await alerts.settleWaiting(ctx.db, workspaceId, userId, lease, isTold);
	}
	if (waiting.othersHoldSome) await askForSummary(ctx, workspaceId, userId, lease.until);
};

/** One mail about these answers; none when nobody is to hear of any of them any more. */
const mailSummary = async (
	ctx: Context,
	workspaceId: string,
	userId: string,
	ids: readonly string[],
): Promise<void> => {
	const workspace = await workspaces.byId(ctx.db, workspaceId);
	const user = (await listeners(ctx, workspaceId)).find(({ id }) => id === userId);
	const low = workspace && user ? await responses.byIds(ctx.db, workspaceId, ids) : [];
	const found = (await Promise.all(low.map((response) => describe(ctx, response)))).filter((one) => one !== null);
	if (workspace && user && found.length) {
		const lines: DetractorSummary['answers'] = found
			.slice(-mostInSummary)
			.reverse()
			.map(({ response, survey, scale, person }) => ({
				surveyName: survey.name,
				most: scale.max,
				score: response.score,
				who: person && (person.name || person.email),
				comment: response.comment,
				url: addressOf(ctx, workspace, survey, response),
			}));
		const url = `${ctx.config.PUBLIC_URL}/w/${workspace.slug}/surveys`;
		const mail = detractorSummary({ workspace: workspace.name, count: found.length, answers: lines, url });
		const messageId = messageIdFor(ctx, found.at(-1)!.response.id, user.id, 'summary');
		await send(ctx, { ...mail, to: user.email, fromName: workspace.name, messageId, workspaceId });
	}
};

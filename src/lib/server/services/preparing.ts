// Moves sendings along: from an audience to one invitation per person, in batches that a crash loses nothing of.
import { leftOutReasons, rulesAt, whyLeftOut, type LeftOut } from '#lib/domain/contact/asking.ts';
import type { Sending } from '#lib/domain/sending/sending.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import type { Context } from '../context.ts';
import * as asking from '../db/asking.ts';
import * as audiences from '../db/audiences.ts';
import * as outbox from '../db/outbox.ts';
import * as sendings from '../db/sendings.ts';
import * as surveys from '../db/surveys.ts';
import * as workspaces from '../db/workspaces.ts';
import { whyNotSend } from './mail-settings.ts';
import * as openness from './openness.ts';

const batchSize = 500;

/** Claims the askable of a batch. A batch that was cut short gives the same again: its people are claimed already. */
const claimBatch = async (
	ctx: Context,
	sending: Sending,
	quietDays: number,
	batch: readonly audiences.Candidate[],
): Promise<{ invited: audiences.Candidate[]; leftOut: Record<LeftOut, number> }> => {
	const now = ctx.clock();
	const rules = rulesAt(now, quietDays, !ctx.mailer.isMailbox);
	const leftOut = Object.fromEntries(leftOutReasons.map((reason) => [reason, 0])) as Record<LeftOut, number>;
	const askable: audiences.Candidate[] = [];
	const claimedBefore = new Set<string>();
	for (const person of batch) {
		const reason = whyLeftOut(person, rules);
		if (reason === 'askedLately' && person.askedBySendingId === sending.id) claimedBefore.add(person.id);
		else if (reason) leftOut[reason]++;
		else askable.push(person);
	}
	const claimed = await asking.claim(ctx.db, sending.workspaceId, sending.id, askable, now);
	// Another sending was faster, or they unsubscribed a moment ago.
	leftOut.askedLately += askable.filter(({ id }) => !claimed.has(id)).length;
	return { invited: batch.filter(({ id }) => claimed.has(id) || claimedBefore.has(id)), leftOut };
};

/** Prepares the next batch. Returns whether there is more to prepare. */
const prepareBatch = async (ctx: Context, sending: Sending): Promise<boolean> => {
	const [workspace, version, from] = await Promise.all([
		workspaces.byId(ctx.db, sending.workspaceId),
		surveys.version(ctx.db, sending.workspaceId, sending.surveyId, sending.version),
		sendings.preparedUpTo(ctx.db, sending),
	]);
	if (!workspace || !version) return false;
	const batch = await audiences.batch(ctx.db, workspace.id, sending.audience, { after: from, limit: batchSize });
	if (!batch.length) {
		await sendings.finishPreparing(ctx.db, sending, ctx.clock());
		return false;
	}
	const { invited, leftOut } = await claimBatch(ctx, sending, workspace.quietDays, batch);
	const language = (own: Language | null) => own ?? version.definition.language;
	const invitees = invited.map((person) => ({
		id: person.id,
		address: person.address,
		name: person.name,
		properties: person.properties,
		language: language(person.language),
	}));
	await outbox.add(ctx.db, sending, invitees, ctx.clock());
	const counts = { upTo: batch.at(-1)!.id, invited: invited.length, leftOut };
	const isOurs = await sendings.advance(ctx.db, sending, from, counts);
	if (isOurs) return true;
	const latest = await sendings.byId(ctx.db, sending.workspaceId, sending.id);
	// Cancelled while this batch was on its way: what it added is taken out with the rest.
	if (latest?.status === 'cancelled') await cancelWaiting(ctx, sending);
	return latest?.status === 'preparing';
};

/** Takes out everybody of a cancelled sending who was not asked yet. */
export const cancelWaiting = (ctx: Context, sending: Pick<Sending, 'id' | 'workspaceId'>): Promise<number> =>
	outbox.moveAll(ctx.db, sending, ['scheduled', 'held'], {
		status: 'cancelled',
		lastReply: { is: 'sending-cancelled' },
	});

const hold = async (ctx: Context, sending: Sending): Promise<void> => {
	await sendings.move(ctx.db, sending, ['scheduled', 'preparing', 'sending', 'held'], { status: 'held' });
	await outbox.moveAll(ctx.db, sending, ['scheduled'], { status: 'held' });
};

const release = async (ctx: Context, sending: Sending): Promise<void> => {
	await outbox.moveAll(ctx.db, sending, ['held'], { status: 'scheduled', dueAt: ctx.clock() });
	const status = sending.preparedAt ? 'sending' : 'preparing';
	await sendings.move(ctx.db, sending, ['held'], { status });
};

/** One step for one sending: begin, prepare a batch, hold while its survey takes no answers, go on, or finish. */
const step = async (ctx: Context, sending: Sending): Promise<boolean> => {
	const state = await openness.ofSurvey(ctx, sending.workspaceId, sending.surveyId);
	const isLive = state?.kind === 'open' && !whyNotSend(ctx);
	switch (sending.status) {
		case 'scheduled':
			if (!isLive) await hold(ctx, sending);
			else await sendings.move(ctx.db, sending, ['scheduled'], { status: 'preparing' });
			return isLive;
		case 'preparing':
			if (isLive) return prepareBatch(ctx, sending);
			await hold(ctx, sending);
			return false;
		case 'sending':
			if (!isLive) await hold(ctx, sending);
			else if (await outbox.hasAny(ctx.db, sending, ['held'])) await release(ctx, sending);
			else if (!(await outbox.hasAny(ctx.db, sending, ['scheduled', 'leased'])))
				await sendings.move(ctx.db, sending, ['sending'], { status: 'done' });
			return false;
		case 'held':
			if (isLive) await release(ctx, sending);
			// Once more: one that was being sent when the survey stopped may have come back since.
			else await outbox.moveAll(ctx.db, sending, ['scheduled'], { status: 'held' });
			return isLive;
		default:
			return false;
	}
};

const mostAtOnce = 1_000;

/** Takes every sending that is due one step further. Returns whether another step is due at once. */
export const stepAll = async (ctx: Context): Promise<boolean> => {
	let isMore = false;
	for (const sending of await sendings.unfinishedDue(ctx.db, ctx.clock(), mostAtOnce))
		isMore = (await step(ctx, sending)) || isMore;
	return isMore;
};

/** Gives back the claims of a cancelled sending on people it did not ask, so that others may ask them. */
export const releaseClaims = async (
	ctx: Context,
	{ workspaceId, sendingId }: { workspaceId: string; sendingId: string },
): Promise<void> => {
	const sending = await sendings.byId(ctx.db, workspaceId, sendingId);
	if (sending?.status !== 'cancelled') return;
	await cancelWaiting(ctx, sending);
	for (let after: string | null = null; ;) {
		const claimed = await asking.claimedBy(ctx.db, workspaceId, sendingId, { after, limit: batchSize });
		if (!claimed.length) return;
		const asked = await outbox.stillAsked(ctx.db, sending, claimed);
		const freed = claimed.filter((id) => !asked.has(id));
		await asking.release(ctx.db, workspaceId, sendingId, freed);
		after = claimed.at(-1)!;
	}
};

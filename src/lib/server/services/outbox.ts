// Sends what waits in the outbox: leased by one worker at a time, asked once more whether it may, and its end written down.
import { isReservedAddress } from '#lib/domain/contact/address.ts';
import type { OwnReply } from '#lib/domain/sending/reply.ts';
import { retryAfterMs } from '#lib/domain/sending/retry.ts';
import type { Context } from '../context.ts';
import * as asking from '../db/asking.ts';
import * as outbox from '../db/outbox.ts';
import * as sendings from '../db/sendings.ts';
import * as staleDays from '../db/stale-days.ts';
import * as surveys from '../db/surveys.ts';
import * as workspaces from '../db/workspaces.ts';
import { longestDeliveryMs, smtpConnections, type Delivery, type OutgoingMail } from '../mail/mailer.ts';
import * as invitationMail from './invitation-mail.ts';
import { whyNotSend } from './mail-settings.ts';
import * as openness from './openness.ts';

/** Longer than any delivery may take, with room for a stopped clock or a slow database. */
export const leaseMs = longestDeliveryMs + 180_000;

/** A lease as this process takes it. */
export const newLease = (ctx: Context): { id: string; until: Date } => ({
	id: Buffer.from(ctx.randomBytes(12)).toString('hex'),
	until: new Date(ctx.clock().getTime() + leaseMs),
});

/** At once in each process. One connection of the pool is left for sign-in and reset mails. */
export const lanes = smtpConnections - 1;

/** ended: sent or not, it is over; back: waits again; down: the server takes nothing, in its words; none: nothing is due. */
type Result = { result: 'ended' | 'back' } | { result: 'down'; reply: string };
export type Outcome = (Result & { surveyId: string }) | { result: 'none' };

/** Looks up what the mails of one turn share; how long it may be remembered is up to the turn. */
export type Lookup = <Value>(key: string, load: () => Promise<Value>) => Promise<Value>;
const lookUpAnew: Lookup = (_, load) => load();

/** A lookup that remembers for so many milliseconds: within them a pause or a stop may be missed. */
export const lookupFor = (ctx: Context, rememberMs: number): Lookup => {
	const known = new Map<string, { until: number; value: Promise<unknown> }>();
	return <Value>(key: string, load: () => Promise<Value>) => {
		const now = ctx.clock().getTime();
		const found = known.get(key);
		if (found && found.until > now) return found.value as Promise<Value>;
		const value = load();
		known.set(key, { until: now + rememberMs, value });
		return value;
	};
};

type Stop = { kind: 'hold' } | { kind: 'cancel'; reply: OwnReply };

/** What happened since the invitation was made, that it should not be sent now. */
const whyNot = async (ctx: Context, claimed: outbox.Claimed, lookup: Lookup): Promise<Stop | null> => {
	const { workspaceId, sendingId, contactId, surveyId } = claimed;
	const [state, sending, contact] = await Promise.all([
		lookup(`state ${surveyId}`, () => openness.ofSurvey(ctx, workspaceId, surveyId)),
		sendingId && lookup(`sending ${sendingId}`, () => sendings.byId(ctx.db, workspaceId, sendingId)),
		contactId && asking.standing(ctx.db, workspaceId, contactId),
	]);
	if (sending && sending.status === 'cancelled') return { kind: 'cancel', reply: { is: 'sending-cancelled' } };
	// A deleted survey may come back, and its mails with it; when it is erased, they are too.
	if (!claimed.isTest && (state?.kind !== 'open' || whyNotSend(ctx))) return { kind: 'hold' };
	if (!state) return { kind: 'cancel', reply: { is: 'survey-gone' } };
	if (!contactId) return null;
	if (!contact) return { kind: 'cancel', reply: { is: 'person-deleted' } };
	if (contact.unsubscribedAt) return { kind: 'cancel', reply: { is: 'unsubscribed' } };
	if (contact.bouncedAt) return { kind: 'cancel', reply: { is: 'refused-before' } };
	if (contact.isSample || (!ctx.mailer.isMailbox && isReservedAddress(claimed.address)))
		return { kind: 'cancel', reply: { is: 'sample-person' } };
	return null;
};

const writeMail = async (ctx: Context, claimed: outbox.Claimed, lookup: Lookup): Promise<OutgoingMail> => {
	const { workspaceId, surveyId, version: number } = claimed;
	const [workspace, version] = await Promise.all([
		lookup(`workspace ${workspaceId}`, () => workspaces.byId(ctx.db, workspaceId)),
		lookup(`version ${surveyId} ${number}`, () => surveys.version(ctx.db, workspaceId, surveyId, number)),
	]);
	if (!workspace || !version) throw new Error(`Version ${number} of the survey is not there`);
	const { definition } = version;
	const { language, name, properties } = claimed;
	return invitationMail.write(ctx, claimed, { definition, workspace, language, person: { name, properties } });
};

const releaseClaim = async (ctx: Context, { workspaceId, sendingId, contactId }: outbox.Claimed) => {
	if (sendingId && contactId) await asking.release(ctx.db, workspaceId, sendingId, [contactId]);
};

/** Ends it unsent, and lets others ask the person. */
const endUnsent = async (ctx: Context, claimed: outbox.Claimed, ending: outbox.Ending) => {
	if (await outbox.finish(ctx.db, claimed, ending)) await releaseClaim(ctx, claimed);
};

/** Half an age at which a mark may be cleared leaves every write the other half. */
const markAgainMs = staleDays.settleMs / 2;
const marked = new WeakMap<Context['db'], Map<string, number>>();

/** Marks the day as one whose numbers change, before a mail counts on it: once a minute and survey, not once a mail. */
const markDay = async (ctx: Context, { workspaceId, surveyId }: outbox.Claimed, sentAt: Date): Promise<void> => {
	const marks = marked.get(ctx.db) ?? new Map<string, number>();
	marked.set(ctx.db, marks);
	const key = `${surveyId} ${sentAt.toISOString().slice(0, 10)}`;
	const age = sentAt.getTime() - (marks.get(key) ?? -Infinity);
	if (age >= 0 && age < markAgainMs) return;
	await staleDays.mark(ctx.db, workspaceId, surveyId, [sentAt], sentAt);
	if (marks.size > 1_000) marks.clear();
	marks.set(key, sentAt.getTime());
};

const writeResult = async (ctx: Context, claimed: outbox.Claimed, delivery: Delivery): Promise<Result> => {
	const { workspaceId, sendingId, contactId } = claimed;
	const now = ctx.clock();
	switch (delivery.outcome) {
		case 'sent': {
			const { messageId } = delivery;
			if (!claimed.isTest) await markDay(ctx, claimed, now);
			const isOurs = await outbox.finish(ctx.db, claimed, {
				status: 'sent',
				sentAt: now,
				messageId,
				lastReply: delivery.reply,
			});
			// Claimed and sent within the hour is the same to a quiet period of days.
			const isLate = now.getTime() - claimed.createdAt.getTime() > 3_600_000;
			if (isOurs && isLate && sendingId && contactId)
				await asking.asked(ctx.db, workspaceId, contactId, sendingId, now);
			return { result: 'ended' };
		}
		case 'refused':
			if (contactId && delivery.blames === 'address')
				await asking.refuse(ctx.db, workspaceId, contactId, delivery.reply, now);
			await endUnsent(ctx, claimed, { status: 'refused', lastReply: delivery.reply });
			return { result: 'ended' };
		case 'later': {
			const waitMs = retryAfterMs(claimed.attempts);
			if (waitMs === null) {
				await endUnsent(ctx, claimed, { status: 'failed', lastReply: delivery.reply });
				return { result: 'ended' };
			}
			const dueAt = new Date(now.getTime() + waitMs);
			await outbox.giveBack(ctx.db, claimed, { dueAt, lastReply: delivery.reply, isFree: false });
			return { result: 'back' };
		}
		case 'down':
			await outbox.giveBack(ctx.db, claimed, { dueAt: now, lastReply: delivery.reply, isFree: true });
			return { result: 'down', reply: delivery.reply };
	}
};

/** Sends one that is leased already and writes how it ended. */
const deliver = async (ctx: Context, claimed: outbox.Claimed, lookup: Lookup): Promise<Result> => {
	let delivery: Delivery;
	try {
		delivery = await ctx.mailer.send(await writeMail(ctx, claimed, lookup));
	} catch (error) {
		// One message that cannot be written must not stop the others.
		ctx.log.error({ error, invitation: claimed.id }, 'a survey mail could not be written');
		delivery = { outcome: 'later', reply: { is: 'unwritten' } };
	}
	return writeResult(ctx, claimed, delivery);
};

/** Sends what is due longest in a workspace. `isStopping` is asked once more before the server is. */
export const sendNext = async (
	ctx: Context,
	workspaceId: string,
	{ isStopping = () => false, lookup = lookUpAnew }: { isStopping?: () => boolean; lookup?: Lookup } = {},
): Promise<Outcome> => {
	const claimed = await outbox.claim(ctx.db, workspaceId, newLease(ctx), ctx.clock());
	if (!claimed) return { result: 'none' };
	const { surveyId } = claimed;
	const why = await whyNot(ctx, claimed, lookup);
	if (why?.kind === 'hold' || isStopping()) {
		const status = why?.kind === 'hold' ? 'held' : 'scheduled';
		await outbox.giveBack(ctx.db, claimed, { status, dueAt: ctx.clock(), isFree: true });
		return { result: 'back', surveyId };
	}
	if (why) {
		await endUnsent(ctx, claimed, { status: 'cancelled', lastReply: why.reply });
		return { result: 'ended', surveyId };
	}
	return { ...(await deliver(ctx, claimed, lookup)), surveyId };
};

/** Puts back what workers held that died: to be sent, with the Message-ID it may have gone out under already. */
export const takeBack = (ctx: Context): Promise<void> => outbox.takeBack(ctx.db, ctx.clock(), 500);

/** The next workspace with something due after `after`, from the beginning again at the end; null when nothing is due. */
export const nextWorkspace = async (ctx: Context, after: string | null): Promise<string | null> => {
	const now = ctx.clock();
	const next = await outbox.nextWorkspace(ctx.db, after, now);
	return next ?? (after ? outbox.nextWorkspace(ctx.db, null, now) : null);
};

/** Tells open pages of these surveys that numbers have changed. */
export const announce = async (ctx: Context, workspaceId: string, surveyId: string): Promise<void> =>
	surveys.bumpRevision(ctx.db, workspaceId, surveyId);

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Closed } from '#lib/domain/errors.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import * as outbox from '#lib/server/db/outbox.ts';
import type { ResponseRow } from '#lib/server/db/rows/response.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import * as staleDays from '#lib/server/db/stale-days.ts';
import * as asking from '#lib/server/services/asking.ts';
import type { LinkKind } from '#lib/server/services/links.ts';
import { recountStaleDays } from '#lib/server/services/recounts.ts';
import * as reports from '#lib/server/services/reports.ts';
import * as responses from '#lib/server/services/responses.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeContact, makeInvitation, makeSurvey, makeTenant, tokenOf } from '#test/support/factories.ts';

let ctx: TestContext;
let workspace: Workspace;
let scope: Scope;
let workspaceId: string;
let surveyId: string;
beforeAll(async () => {
	ctx = await testContext();
	({ workspace, scope } = await makeTenant(ctx));
	workspaceId = workspace.id;
	surveyId = await makeSurvey(ctx, workspaceId);
});
afterAll(() => ctx.close());

const key = 'k'.repeat(22);
const submission = (given: Partial<responses.Submission> = {}): responses.Submission => ({
	score: 9,
	comment: '',
	language: 'en',
	channel: 'link',
	submissionKey: key,
	...given,
});
const send = async (token: string, given: Partial<responses.Submission> = {}) =>
	responses.submit(ctx, await asking.find(ctx, token), submission(given));
const rows = (surveyIdOf = surveyId) =>
	ctx.rows.responses
		.find({ workspaceId: new ObjectId(workspaceId), surveyId: new ObjectId(surveyIdOf) })
		.lean<ResponseRow[]>();
const invite = async (given: Parameters<typeof makeInvitation>[3] = {}, of = surveyId) => {
	const id = await makeInvitation(ctx, workspaceId, of, given);
	return { id, token: tokenOf(ctx, 'answer', workspaceId, id) };
};
const rowOf = async (invitationId: string) =>
	(await rows()).filter((row) => row.invitationId?.toHexString() === invitationId);

describe('an answer to an invitation', () => {
	it('keeps the person, their properties, language, and when they were asked', async () => {
		const contactId = await makeContact(ctx, workspaceId);
		const asked = [{ key: 'a.b', value: '$where' }];
		const { id, token } = await invite({ contactId, properties: asked, language: 'ml' });
		await send(token, { score: 6, comment: 'slow', language: 'ml' });
		const [row] = await rowOf(id);
		expect(row).toMatchObject({
			kind: 'real',
			channel: 'email',
			score: 6,
			comment: 'slow',
			language: 'ml',
			version: 1,
			submissionKey: null,
			properties: asked,
			askedAt: ctx.clock(),
			answeredAt: ctx.clock(),
		});
		expect(row!.contactId?.toHexString()).toBe(contactId);
		const invitation = await ctx.rows.invitations.findById(id).lean();
		expect(invitation?.answeredAt).toEqual(ctx.clock());
	});

	it('is noted on its invitation later, when the process died before it could be', async () => {
		const survey = await makeSurvey(ctx, workspaceId);
		const contactId = await makeContact(ctx, workspaceId);
		const sendingId = new ObjectId().toHexString();
		const { id } = await invite({ contactId, sendingId }, survey);
		const sentAt = ctx.clock();
		// What the process had done when it was killed: the mark, and the answer.
		ctx.pass(3 * 86_400_000);
		await staleDays.mark(ctx.db, workspaceId, survey, [ctx.clock(), sentAt], ctx.clock());
		await ctx.rows.responses.create({
			_id: new ObjectId(),
			workspaceId: new ObjectId(workspaceId),
			surveyId: new ObjectId(survey),
			version: 1,
			kind: 'real',
			channel: 'email',
			score: 2,
			language: 'en',
			contactId: new ObjectId(contactId),
			invitationId: new ObjectId(id),
			askedAt: sentAt,
			answeredAt: ctx.clock(),
			updatedAt: ctx.clock(),
		});
		const answered = async () => (await outbox.counts(ctx.db, workspaceId, sendingId)).answered;
		const rate = async () =>
			(await reports.forSurvey(ctx, scope, workspace, survey, new URLSearchParams())).responseRate;
		expect(await answered()).toBe(0);
		ctx.pass(staleDays.settleMs + 1);
		for (const _ of ['the day it was answered', 'and again, now that it is noted']) {
			await recountStaleDays(ctx);
			expect(await answered()).toBe(1);
			expect(await rate()).toMatchObject({ accepted: 1, answered: 1 });
			ctx.pass(staleDays.settleMs + 1);
		}
		expect((await ctx.rows.invitations.findById(id).lean())!.answeredAt).toEqual(
			(await ctx.rows.responses.findOne({ invitationId: new ObjectId(id) }).lean())!.answeredAt,
		);
	});

	it('is one answer however often and at once it is sent', async () => {
		const { id, token } = await invite();
		const sent = await Promise.all(Array.from({ length: 20 }, (_, n) => send(token, { score: n % 11 })));
		expect(sent.every(Boolean)).toBe(true);
		expect(await rowOf(id)).toHaveLength(1);
	});

	it('changes to the later one and stays in the day it was first given', async () => {
		const { id, token } = await invite();
		await send(token, { score: 3 });
		const givenAt = ctx.clock();
		ctx.pass(3_600_000);
		await send(token, { score: 10, comment: 'better now' });
		expect(await rowOf(id)).toMatchObject([
			{ score: 10, comment: 'better now', answeredAt: givenAt, updatedAt: ctx.clock() },
		]);
	});

	it('stays as it is once the hours for changing are over', async () => {
		const { id, token } = await invite();
		await send(token, { score: 3 });
		ctx.pass(24 * 3_600_000 - 1);
		expect(await send(token, { score: 4 })).not.toBeNull();
		ctx.pass(1);
		expect(await send(token, { score: 5 })).toBeNull();
		expect(await rowOf(id)).toMatchObject([{ score: 4 }]);
	});

	it('marks the days it is counted on and moves the survey on', async () => {
		const { token } = await invite({ sentAt: new Date('2026-02-20T10:00:00Z') });
		const before = (await ctx.rows.surveys.findById(surveyId).lean())!.revision;
		await ctx.rows.staleDays.deleteMany({});
		await send(token);
		const days = (await ctx.rows.staleDays.find({}).lean()).map(({ day }) => day).sort();
		expect(days).toEqual(['2026-02-20', ctx.clock().toISOString().slice(0, 10)]);
		expect((await ctx.rows.surveys.findById(surveyId).lean())!.revision).toBe(before + 1);
	});

	it('brings an answer back that was being deleted', async () => {
		const { id, token } = await invite();
		await send(token, { score: 2 });
		await ctx.rows.responses.updateOne({ invitationId: new ObjectId(id) }, { $set: { deletedAt: ctx.clock() } });
		await send(token, { score: 8 });
		expect(await rowOf(id)).toMatchObject([{ score: 8, deletedAt: null }]);
	});
});

describe('a permission to be contacted', () => {
	const yes = { mayContact: true, contactEmail: 'ann@home.test' };
	const permitted = async () => {
		const of = await makeSurvey(ctx, workspaceId);
		const { token } = await invite({}, of);
		await send(token);
		await responses.permit(ctx, await asking.find(ctx, token), { submissionKey: '' }, yes);
		return { of, token };
	};

	it.each(['live', 'closed', 'paused'] as const)('is taken back at any time, from a %s survey too', async (status) => {
		const { of, token } = await permitted();
		await ctx.rows.surveys.updateOne({ _id: of }, { $set: { status } });
		ctx.pass(400 * 86_400_000);
		const before = (await rows(of))[0]!;
		const taken = await responses.takeBackPermission(ctx, await asking.find(ctx, token), { submissionKey: '' });
		expect(taken).toMatchObject({ mayContact: false, contactEmail: null });
		expect(await rows(of)).toEqual([{ ...before, mayContact: false, contactEmail: null, updatedAt: ctx.clock() }]);
	});

	it('is given within the hours for changing only', async () => {
		const { of, token } = await permitted();
		const give = async () => responses.permit(ctx, await asking.find(ctx, token), { submissionKey: '' }, yes);
		await responses.takeBackPermission(ctx, await asking.find(ctx, token), { submissionKey: '' });
		expect(await give()).toMatchObject(yes);
		await responses.takeBackPermission(ctx, await asking.find(ctx, token), { submissionKey: '' });
		ctx.pass(24 * 3_600_000);
		expect(await give()).toBeNull();
		expect(await rows(of)).toMatchObject([{ mayContact: false, contactEmail: null }]);
	});

	it('is nobody’s where nobody answered', async () => {
		const { token } = await invite();
		expect(await responses.takeBackPermission(ctx, await asking.find(ctx, token), { submissionKey: '' })).toBeNull();
	});
});

describe('an answer to an open link', () => {
	it('is one for each form, however often that form is sent', async () => {
		const of = await makeSurvey(ctx, workspaceId);
		const token = tokenOf(ctx, 'open', workspaceId, of);
		const forms = ['a', 'b', 'c'].map((letter) => letter.repeat(22));
		await Promise.all(forms.flatMap((form) => [1, 2, 3].map(() => send(token, { submissionKey: form }))));
		const kept = await rows(of);
		expect(kept.map(({ submissionKey }) => submissionKey).sort()).toEqual(forms);
		expect(kept.every(({ channel, invitationId, askedAt }) => channel === 'link' && !invitationId && !askedAt)).toBe(
			true,
		);
	});

	it('says that it came from an embed', async () => {
		const of = await makeSurvey(ctx, workspaceId);
		await send(tokenOf(ctx, 'open', workspaceId, of), { channel: 'embed' });
		expect(await rows(of)).toMatchObject([{ channel: 'embed' }]);
	});

	it('is kept with the version that its form showed', async () => {
		const of = await makeSurvey(ctx, workspaceId);
		await ctx.rows.surveys.updateOne({ _id: of }, { $set: { version: 2 } });
		const definition = (await ctx.rows.surveyVersions.findOne({ surveyId: new ObjectId(of) }).lean())!.definition;
		await ctx.rows.surveyVersions.create({
			workspaceId: new ObjectId(workspaceId),
			surveyId: new ObjectId(of),
			version: 2,
			definition,
			publishedAt: ctx.clock(),
		});
		const token = tokenOf(ctx, 'open', workspaceId, of);
		const version = async (seen?: number) => (await asking.find(ctx, token, seen)).version;
		expect([await version(1), await version(2), await version(3), await version(0), await version(-1)]).toEqual([
			1, 2, 2, 2, 2,
		]);
	});
});

describe('what is not counted', () => {
	it.each([
		['a test send', 'test', { isTest: true }],
		['a customer', 'real', {}],
	])('%s is marked %s', async (_who, kind, given) => {
		const { id, token } = await invite(given);
		await send(token);
		expect(await rowOf(id)).toMatchObject([{ kind }]);
	});

	it('a preview and a sample are marked preview', async () => {
		const sample = await makeSurvey(ctx, workspaceId, { isSample: true });
		await send(tokenOf(ctx, 'open', workspaceId, sample));
		const draft = await makeSurvey(ctx, workspaceId, { status: 'draft' });
		await send(tokenOf(ctx, 'preview', workspaceId, draft));
		expect([...(await rows(sample)), ...(await rows(draft))].map(({ kind }) => kind)).toEqual(['preview', 'preview']);
	});

	it('alerts nobody', async () => {
		ctx.pass(60_000);
		await ctx.runDueJobs();
		const { token } = await invite({ isTest: true });
		await send(token, { score: 0 });
		ctx.pass(60_000);
		expect(await ctx.runDueJobs()).toBe(0);
	});
});

it('asks once for an alert when a detractor sends several times within seconds', async () => {
	const { token } = await invite();
	await send(token, { score: 6 });
	await send(token, { score: 2 });
	expect(await ctx.runDueJobs()).toBe(0);
	ctx.pass(60_000);
	expect(await ctx.runDueJobs()).toBe(1);
});

describe('a link that takes no answer', () => {
	const linkTo = async (kind: LinkKind, of: string) =>
		tokenOf(ctx, kind, workspaceId, kind === 'answer' ? (await invite({}, of)).id : of);

	it.each([
		['open', 'paused', 'paused'],
		['open', 'closed', 'closed'],
		['open', 'draft', 'paused'],
		['answer', 'paused', 'paused'],
		['answer', 'closed', 'closed'],
	] as const)('%s of a %s survey is refused as %s', async (kind, status, reason) => {
		const of = await makeSurvey(ctx, workspaceId, { status });
		const token = await linkTo(kind, of);
		await expect(send(token)).rejects.toThrow(Closed);
		await expect(send(token)).rejects.toMatchObject({ reason });
		expect(await rows(of)).toHaveLength(0);
	});

	it('is one whose invitation was cancelled or is gone', async () => {
		const { token } = await invite({ status: 'cancelled' });
		await expect(asking.find(ctx, token)).rejects.toMatchObject({ reason: 'expired' });
		const gone = tokenOf(ctx, 'answer', workspaceId, '0'.repeat(24));
		await expect(asking.find(ctx, gone)).rejects.toMatchObject({ reason: 'expired' });
	});

	it("is one that was altered, or names another workspace's invitation", async () => {
		const { id, token } = await invite();
		const stranger = (await makeTenant(ctx)).workspace.id;
		await expect(asking.find(ctx, tokenOf(ctx, 'answer', stranger, id))).rejects.toMatchObject({ reason: 'expired' });
		for (const altered of [token.slice(0, -1), `${token}A`, token.replace(/.$/, '_'), '', 'x'.repeat(55), '../s'])
			await expect(asking.find(ctx, altered)).rejects.toMatchObject({ name: 'NotFound' });
	});
});

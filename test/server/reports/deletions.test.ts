import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, NotFound } from '#lib/domain/errors.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import * as suppressions from '#lib/server/db/suppressions.ts';
import * as answers from '#lib/server/services/answers.ts';
import * as deletions from '#lib/server/services/deletions.ts';
import * as history from '#lib/server/services/people-history.ts';
import * as reports from '#lib/server/services/reports.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeAnswers, makeContact, makeSurvey, makeTenant } from '#test/support/factories.ts';

let ctx: TestContext;
beforeAll(async () => {
	ctx = await testContext({ now: '2024-04-10T12:00:00Z' });
});
afterAll(() => ctx.close());

let workspace: Workspace;
let scope: Scope;
let surveyId: string;
let contactId: string;
let answerId: string;
const at = '2024-04-02T12:00:00Z';
const sentAt = new Date('2024-04-01T12:00:00Z');

beforeEach(async () => {
	ctx.setClock(new Date('2024-04-10T12:00:00Z'));
	({ workspace, scope } = await makeTenant(ctx));
	surveyId = await makeSurvey(ctx, workspace.id);
	contactId = await makeContact(ctx, workspace.id, { email: 'ann@customer.test', unsubscribedAt: sentAt });
	const invitation = await ctx.rows.invitations.create({
		workspaceId: new ObjectId(workspace.id),
		sendingId: new ObjectId(),
		surveyId: new ObjectId(surveyId),
		version: 1,
		contactId: new ObjectId(contactId),
		address: 'ann@customer.test',
		language: 'en',
		status: 'sent',
		dueAt: sentAt,
		sentAt,
		answeredAt: new Date(at),
		createdAt: sentAt,
	});
	const invitationId = invitation._id.toHexString();
	[answerId] = (await makeAnswers(ctx, workspace.id, surveyId, [
		{ score: 3, at, contactId, invitationId, channel: 'email', comment: 'Never again', askedAt: sentAt },
		{ score: 10, at },
	])) as [string, string];
});

const numbers = async () => {
	const report = await reports.forSurvey(ctx, scope, workspace, surveyId, new URLSearchParams());
	const { answers: listed } = await answers.list(ctx, scope, report, null);
	const { accepted, answered } = report.responseRate!;
	return { n: report.headline.n, listed: listed.length, accepted, answered };
};
const all = { n: 2, listed: 2, accepted: 1, answered: 1 };
const nothingLeft = async (id: string) => {
	expect(await ctx.rows.responses.countDocuments({ contactId: new ObjectId(id) })).toBe(0);
	expect(await ctx.rows.invitations.countDocuments({ contactId: new ObjectId(id) })).toBe(0);
	expect(await ctx.rows.contacts.countDocuments({ _id: new ObjectId(id) })).toBe(0);
};

describe('deleting an answer', () => {
	it('takes it out of every number, and undoing brings it back', async () => {
		expect(await numbers()).toEqual(all);
		await deletions.deleteAnswer(ctx, scope, answerId);
		expect(await numbers()).toEqual({ n: 1, listed: 1, accepted: 1, answered: 0 });
		await deletions.deleteAnswer(ctx, scope, answerId);
		ctx.pass(29_000);
		await deletions.restoreAnswer(ctx, scope, answerId);
		expect(await numbers()).toEqual(all);
		ctx.pass(3_600_000);
		await ctx.runDueJobs();
		expect(await numbers()).toEqual(all);
	});

	it('is for good later, and then cannot be undone', async () => {
		await deletions.deleteAnswer(ctx, scope, answerId);
		ctx.pass(3_600_000);
		await expect(deletions.restoreAnswer(ctx, scope, answerId)).rejects.toThrow(Conflict);
		await ctx.runDueJobs();
		expect(await ctx.rows.responses.countDocuments({ _id: new ObjectId(answerId) })).toBe(0);
		await expect(deletions.restoreAnswer(ctx, scope, answerId)).rejects.toThrow(Conflict);
		expect((await numbers()).n).toBe(1);
	});

	it('purges only the deletion it was asked for', async () => {
		await deletions.deleteAnswer(ctx, scope, answerId);
		await deletions.restoreAnswer(ctx, scope, answerId);
		ctx.pass(20 * 60_000);
		await deletions.deleteAnswer(ctx, scope, answerId);
		// The first deletion's job is due, the second's is not.
		await ctx.runDueJobs();
		await deletions.restoreAnswer(ctx, scope, answerId);
		expect(await numbers()).toEqual(all);
	});

	it('reaches no other workspace', async () => {
		const stranger = await makeTenant(ctx);
		await expect(deletions.deleteAnswer(ctx, stranger.scope, answerId)).rejects.toThrow(NotFound);
		await expect(deletions.deletePerson(ctx, stranger.scope, contactId)).rejects.toThrow(NotFound);
		await expect(history.show(ctx, stranger.scope, contactId)).rejects.toThrow(NotFound);
		expect(await numbers()).toEqual(all);
	});
});

describe('deleting a person', () => {
	it('takes their answers and invitations out of every number, and undoing brings all back', async () => {
		await deletions.deletePerson(ctx, scope, contactId);
		expect(await numbers()).toEqual({ n: 1, listed: 1, accepted: 0, answered: 0 });
		await expect(history.show(ctx, scope, contactId)).rejects.toThrow(NotFound);
		await deletions.restorePerson(ctx, scope, contactId);
		expect(await numbers()).toEqual(all);
		ctx.pass(3_600_000);
		await ctx.runDueJobs();
		expect(await numbers()).toEqual(all);
	});

	it('leaves nothing about them, and still remembers that they want no mail', async () => {
		await deletions.deletePerson(ctx, scope, contactId);
		ctx.pass(3_600_000);
		await ctx.runDueJobs();
		await nothingLeft(contactId);
		await expect(deletions.restorePerson(ctx, scope, contactId)).rejects.toThrow(Conflict);
		const known = await suppressions.find(ctx.db, ctx.secret, workspace.id, ['ann@customer.test']);
		expect(known.get('ann@customer.test')?.unsubscribedAt).toEqual(sentAt);
		expect(await numbers()).toMatchObject({ n: 1, accepted: 0 });
	});

	it('follows an answer that they give while it can still be undone', async () => {
		await deletions.deletePerson(ctx, scope, contactId);
		await makeAnswers(ctx, workspace.id, surveyId, [{ score: 9, at: '2024-04-10T12:00:00Z', contactId }]);
		ctx.pass(3_600_000);
		await ctx.runDueJobs();
		await nothingLeft(contactId);
		expect((await numbers()).n).toBe(1);
	});
});

describe("a person's page", () => {
	it('shows what they were asked and answered, newest first', async () => {
		const { person, history: entries } = await history.show(ctx, scope, contactId);
		expect(person.email).toBe('ann@customer.test');
		expect(entries.map(({ kind }) => kind)).toEqual(['answered', 'asked']);
		expect(entries[0]).toMatchObject({ score: 3, comment: 'Never again', hours: 24 });
	});
});

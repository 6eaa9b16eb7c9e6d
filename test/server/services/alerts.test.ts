import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ResponseKind } from '#lib/domain/response/response.ts';
import type { Metric } from '#lib/domain/survey/metric.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import { summarize, tellOfDetractor } from '#lib/server/services/alerts.ts';
import * as answers from '#lib/server/services/answers.ts';
import * as reports from '#lib/server/services/reports.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeContact, makeMember, makeSurvey, makeTenant } from '#test/support/factories.ts';

let ctx: TestContext;
let workspace: Workspace;
let scope: Scope;
let mia: { userId: string; email: string };

beforeAll(async () => {
	ctx = await testContext();
});
afterAll(() => ctx.close());
beforeEach(async () => {
	({ workspace, scope } = await makeTenant(ctx));
	mia = await makeMember(ctx, workspace.id, { role: 'member', wantsDetractorMail: true });
	ctx.mails.length = 0;
});

const answer = async (
	given: {
		score?: number;
		comment?: string;
		kind?: ResponseKind;
		contactId?: string | null;
		metric?: Metric;
		surveyId?: string;
		deletedAt?: Date;
	} = {},
): Promise<string> => {
	const surveyId = given.surveyId ?? (await makeSurvey(ctx, workspace.id, { metric: given.metric }));
	const row = await ctx.rows.responses.create({
		workspaceId: workspace.id,
		surveyId,
		version: 1,
		kind: given.kind ?? 'real',
		channel: 'email',
		score: given.score ?? 2,
		comment: given.comment ?? 'Too slow',
		language: 'en',
		properties: [{ key: 'plan', value: 'pro' }],
		contactId: given.contactId ?? null,
		answeredAt: ctx.clock(),
		updatedAt: ctx.clock(),
		deletedAt: given.deletedAt ?? null,
	});
	return row._id.toHexString();
};
const alert = async (responseId: string) => {
	await ctx.jobs.enqueue('detractor-alert', { workspaceId: workspace.id, responseId });
	await ctx.runDueJobs();
};
const subjects = () => ctx.mails.map(({ subject }) => subject);

describe("a detractor's answer", () => {
	test('goes to whoever wants it, with score, comment, who and a link; a reply goes to the customer', async () => {
		await makeMember(ctx, workspace.id, { role: 'member', wantsDetractorMail: false });
		const contactId = await makeContact(ctx, workspace.id, { email: 'Ann@Customers.lk', name: 'Ann' });
		const id = await answer({ contactId });
		await alert(id);
		expect(ctx.mails).toHaveLength(1);
		const [mail] = ctx.mails;
		expect(mail).toMatchObject({
			to: mia.email,
			replyTo: 'Ann@Customers.lk',
			kind: 'alert',
			workspaceId: workspace.id,
		});
		for (const part of [mail!.html, mail!.text]) {
			expect(part).toContain('2 of 10');
			expect(part).toContain('Too slow');
			expect(part).toContain('Ann@Customers.lk');
			expect(part).toContain(`#answer-${id}`);
		}
	});

	test('is where its mail leads, though many came since and the customer was won back', async () => {
		const surveyId = await makeSurvey(ctx, workspace.id);
		const id = await answer({ surveyId, comment: 'The one' });
		await alert(id);
		const { searchParams: query, hash } = new URL(/https?:\S+#answer-\w+/.exec(ctx.mails[0]!.text)![0]);
		await ctx.rows.responses.updateOne({ _id: new ObjectId(id), workspaceId: workspace.id }, { $set: { score: 9 } });
		ctx.pass(60_000);
		for (let n = 0; n < 30; n++) await answer({ surveyId });
		const report = await reports.forSurvey(ctx, scope, workspace, surveyId, query);
		const listed = await answers.list(ctx, scope, report, query.get('after'));
		expect(listed.answers.map(({ comment }) => comment)).toEqual(['The one']);
		expect(hash).toBe(`#answer-${id}`);
		expect(report.problems).toEqual([]);
	});

	test('is mailed once however often the job runs, also by two workers at once', async () => {
		const { send } = ctx.mailer;
		ctx.mailer.send = async (mail) => {
			await new Promise((resolve) => setTimeout(resolve, 50));
			return send(mail);
		};
		const id = await answer();
		await Promise.all([alert(id), alert(id), alert(id)]);
		await alert(id);
		ctx.mailer.send = send;
		expect(ctx.mails).toHaveLength(1);
		ctx.pass(3_600_000);
		await ctx.runDueJobs();
		expect(ctx.mails).toHaveLength(1);
	});

	test('is mailed by another worker when the one that was at it died', async () => {
		const { send } = ctx.mailer;
		ctx.mailer.send = () => new Promise(() => {});
		const id = await answer();
		void tellOfDetractor(ctx, { workspaceId: workspace.id, responseId: id });
		await expect.poll(() => ctx.rows.alerts.countDocuments({ workspaceId: workspace.id, state: 'granted' })).toBe(1);
		ctx.mailer.send = send;
		await alert(id);
		expect(ctx.mails, 'while its lease runs').toHaveLength(0);
		ctx.pass(180_000);
		await ctx.runDueJobs();
		expect(ctx.mails).toHaveLength(1);
	});

	const silent: [string, Parameters<typeof answer>[0]][] = [
		['a passive', { score: 7 }],
		['a promoter', { score: 9 }],
		['a satisfied customer', { score: 4, metric: 'csat' }],
		['a test', { kind: 'test' }],
		['a preview', { kind: 'preview' }],
		['a sample', { kind: 'sample' }],
		['an answer that is deleted', { deletedAt: new Date('2026-03-02T09:00:00Z') }],
	];
	test.each(silent)('says nothing of %s', async (_, given) => {
		await alert(await answer(given));
		expect(ctx.mails).toHaveLength(0);
	});

	test('speaks of a dissatisfied customer of a CSAT survey too', async () => {
		await alert(await answer({ score: 2, metric: 'csat' }));
		expect(ctx.mails[0]!.text).toContain('2 of 5');
	});

	test('of another workspace is never told', async () => {
		const other = await makeTenant(ctx);
		await makeMember(ctx, other.workspace.id, { wantsDetractorMail: true });
		const id = await answer();
		await ctx.jobs.enqueue('detractor-alert', { workspaceId: other.workspace.id, responseId: id });
		await ctx.runDueJobs();
		expect(ctx.mails).toHaveLength(0);
	});

	test('comes again when the mail server took nothing, with the same Message-ID', async () => {
		const { send } = ctx.mailer;
		const tried: (string | undefined)[] = [];
		ctx.mailer.send = async (mail) => {
			tried.push(mail.messageId);
			return tried.length === 1 ? { outcome: 'down', reply: 'ECONNREFUSED' } : send(mail);
		};
		const id = await answer();
		await expect(alert(id)).rejects.toThrow('ECONNREFUSED');
		await alert(id);
		await alert(id);
		ctx.mailer.send = send;
		expect(tried).toHaveLength(2);
		expect(tried[0]).toBe(tried[1]);
	});
});

describe('many detractors', () => {
	test('twenty mails an hour to each, then one summary of the rest', async () => {
		const surveyId = await makeSurvey(ctx, workspace.id);
		for (let n = 0; n < 27; n++) await alert(await answer({ surveyId, comment: `complaint ${n}` }));
		expect(ctx.mails).toHaveLength(20);
		ctx.pass(3_600_000);
		await ctx.runDueJobs();
		expect(ctx.mails).toHaveLength(21);
		expect(subjects().at(-1)).toContain('7 more unhappy customers');
		for (let n = 20; n < 27; n++) expect(ctx.mails.at(-1)!.text).toContain(`complaint ${n}`);
		ctx.pass(3_600_000);
		await ctx.runDueJobs();
		expect(ctx.mails, 'nothing is told twice').toHaveLength(21);
		await alert(await answer({ surveyId }));
		expect(ctx.mails, 'the next hour has mails of its own').toHaveLength(22);
	});

	test('one summary also when two workers write it at once', async () => {
		const surveyId = await makeSurvey(ctx, workspace.id);
		for (let n = 0; n < 24; n++) await alert(await answer({ surveyId }));
		ctx.pass(3_600_000);
		const payload = { workspaceId: workspace.id, userId: mia.userId };
		await Promise.all([summarize(ctx, payload), summarize(ctx, payload)]);
		ctx.pass(3_600_000);
		await ctx.runDueJobs();
		const told = subjects()
			.slice(20)
			.map((subject) => Number(/(\d+) more unhappy customer/.exec(subject)?.[1]));
		expect(told.reduce((sum, count) => sum + count, 0)).toBe(4);
	});

	test('the summary leaves out what was deleted, and is not sent to who wants no more mails', async () => {
		const surveyId = await makeSurvey(ctx, workspace.id);
		const ids: string[] = [];
		for (let n = 0; n < 22; n++) {
			ids.push(await answer({ surveyId, comment: `complaint ${n}` }));
			await alert(ids.at(-1)!);
		}
		await ctx.rows.responses.updateOne(
			{ _id: new ObjectId(ids[20]), workspaceId: new ObjectId(workspace.id) },
			{ deletedAt: ctx.clock() },
		);
		ctx.pass(3_600_000);
		await ctx.runDueJobs();
		expect(subjects().at(-1)).toContain('1 more unhappy customer');
		for (let n = 0; n < 21; n++) await alert(await answer({ surveyId }));
		await ctx.rows.memberships.updateMany({ workspaceId: workspace.id }, { wantsDetractorMail: false });
		const before = ctx.mails.length;
		ctx.pass(3_600_000);
		await ctx.runDueJobs();
		expect(ctx.mails).toHaveLength(before);
	});
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { startOutbox } from '#lib/server/jobs/outbox.ts';
import * as pace from '#lib/server/services/mail-pace.ts';
import * as outbox from '#lib/server/services/outbox.ts';
import * as sendings from '#lib/server/services/sendings.ts';
import * as surveyDeletions from '#lib/server/services/survey-deletions.ts';
import * as surveys from '#lib/server/services/surveys.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeContact, makeSurvey, makeTenant } from '#test/support/factories.ts';
import { prepareAll, runOutbox, sendAll } from '#test/support/outbox.ts';
import { openSmtp, reply, type Smtp } from '#test/support/smtp.ts';

let base: TestContext;
let ctx: TestContext;
let smtp: Smtp;
let workspace: Workspace;
let scope: Scope;

beforeAll(async () => {
	base = await testContext();
});
afterAll(() => base.close());
afterEach(async () => {
	await ctx.close();
	await smtp.close();
});

const using = async (...hooks: Parameters<typeof openSmtp>) => {
	smtp = await openSmtp(...hooks);
	await reopen({});
};
const reopen = async (env: Record<string, string>) => {
	await ctx?.close();
	const mail = { SMTP_URL: smtp.url, MAIL_FROM: 'Shop <feedback@shop.lk>', MAIL_RATE_PER_MINUTE: '100000', ...env };
	ctx = await testContext({ env: mail, db: base.db });
};

beforeEach(async () => {
	({ workspace, scope } = await makeTenant(base));
	await base.rows.invitations.deleteMany({});
	await base.rows.sendings.deleteMany({});
	await base.rows.mailServer.deleteMany({});
});

const sendTo = async (...names: string[]) => {
	const surveyId = await makeSurvey(base, workspace.id);
	for (const name of names) await makeContact(base, workspace.id, { email: `${name}@customers.lk` });
	const wish = { surveyId, audience: { kind: 'all' } as const, sendAt: null, submissionKey: surveyId };
	const { id } = await sendings.create(ctx, scope, workspace, wish);
	await prepareAll(ctx);
	return id;
};
const counts = async (id: string) => (await sendings.view(ctx, scope, id)).counts;
const contact = (name: string) =>
	base.rows.contacts.findOne({ workspaceId: workspace.id, address: `${name}@customers.lk` }).lean();
const minutes = (count: number) => count * 60_000;

describe('what the server says', () => {
	test("a refused address is noted with the server's words and not asked again", async () => {
		await using({ onRcpt: (to) => (to.startsWith('gone') ? reply(550, '5.1.1 No such user here') : undefined) });
		const id = await sendTo('ann', 'gone');
		await sendAll(ctx);
		expect(await counts(id)).toMatchObject({ sent: 1, refused: 1 });
		const [line] = await sendings.lines(ctx, scope, id, 'refused', { after: null, limit: 9 });
		expect(line!.lastReply).toBe('550 5.1.1 No such user here');
		expect(await contact('gone')).toMatchObject({ bounceReason: '550 5.1.1 No such user here', lastAskedAt: null });
		expect((await sendings.preview(ctx, workspace, { kind: 'all' })).leftOut).toMatchObject({ refused: 1 });
	});

	test('a refused message does not blame the person', async () => {
		await using({ onMessage: () => reply(554, '5.7.1 Looks like spam') });
		const id = await sendTo('ann');
		await sendAll(ctx);
		expect(await counts(id)).toMatchObject({ refused: 1 });
		expect(await contact('ann')).toMatchObject({ bouncedAt: null, lastAskedAt: null });
	});

	test('a passing no is tried again, later each time, and at last given up', async () => {
		let tries = 0;
		await using({
			onRcpt: () => {
				tries++;
				return reply(450, '4.2.0 Greylisted');
			},
		});
		const id = await sendTo('ann');
		for (const wait of [0, 1, 5, 15, 60, 240]) {
			ctx.pass(minutes(wait) - 1);
			if (wait) expect(await sendAll(ctx), 'nothing is due a moment before').toBe('none');
			const before = tries;
			ctx.pass(1);
			await sendAll(ctx);
			expect(tries).toBe(before + 1);
		}
		expect(tries).toBe(6);
		expect(await counts(id)).toMatchObject({ failed: 1, scheduled: 0 });
		expect(await contact('ann')).toMatchObject({ bouncedAt: null, lastAskedAt: null });
	});

	test('greylisted, then taken: one mail, with the same Message-ID', async () => {
		const tried: string[] = [];
		await using({
			onMessage: ({ messageId }) => {
				tried.push(messageId);
				return tried.length === 1 ? reply(451, '4.7.1 Come back later') : undefined;
			},
		});
		const id = await sendTo('ann');
		await sendAll(ctx);
		ctx.pass(minutes(1));
		await sendAll(ctx);
		expect(await counts(id)).toMatchObject({ sent: 1 });
		expect(tried).toHaveLength(2);
		expect(tried[0]).toBe(tried[1]);
	});

	test('the quiet period counts from when the mail really went', async () => {
		await using({ onRcpt: () => (smtp.mostConnections() > 1 ? undefined : reply(450, '4.2.0 Later')) });
		const id = await sendTo('ann');
		await sendAll(ctx);
		ctx.pass(minutes(1));
		const { port } = smtp;
		await ctx.mailer.close();
		await smtp.close();
		smtp = await openSmtp({ port });
		await reopen({});
		ctx.pass(minutes(120));
		await sendAll(ctx);
		expect(await counts(id)).toMatchObject({ sent: 1 });
		expect((await contact('ann'))!.lastAskedAt).toEqual(ctx.clock());
	});
});

describe('the day a mail counts on', () => {
	test('is marked before it counts, and again before the mark may be cleared', async () => {
		await using();
		await sendTo('ann', 'bob', 'eve');
		const marks = async () =>
			(await base.rows.staleDays.find({ workspaceId: workspace.id }).lean()).map(({ markedAt }) => markedAt);
		await outbox.sendNext(ctx, workspace.id);
		const first = ctx.clock();
		expect(await marks()).toEqual([first]);
		ctx.pass(59_000);
		await outbox.sendNext(ctx, workspace.id);
		expect(await marks()).toEqual([first]);
		ctx.pass(1_000);
		await outbox.sendNext(ctx, workspace.id);
		expect(await marks()).toEqual([ctx.clock()]);
	});
});

describe('a survey that goes and comes back', () => {
	test('brings the mails with it that were due while it was deleted', async () => {
		await using();
		const id = await sendTo('ann', 'bob');
		const { surveyId } = await sendings.byId(ctx, scope, id);
		await surveys.archive(ctx, scope, surveyId);
		await surveyDeletions.remove(ctx, scope, surveyId);
		await sendAll(ctx);
		expect(smtp.received).toHaveLength(0);
		await surveyDeletions.restore(ctx, scope, surveyId);
		await surveys.unarchive(ctx, scope, surveyId);
		await runOutbox(ctx);
		expect(await counts(id)).toMatchObject({ sent: 2, cancelled: 0 });
	});
});

describe('a server that is down', () => {
	test('fails nobody: the outbox waits, says so, and goes on by itself', async () => {
		await using();
		const { port } = smtp;
		const id = await sendTo('ann', 'bob', 'eve');
		await smtp.close();
		for (let failures = 0; failures < 12; failures++) {
			const trouble = await pace.trouble(ctx);
			expect(await sendAll(ctx)).toBe('down');
			await pace.pauseAll(ctx, trouble, 'connect ECONNREFUSED');
			ctx.pass(300_000);
		}
		expect(await counts(id)).toMatchObject({ scheduled: 3, failed: 0, refused: 0 });
		expect(await sendings.mailTrouble(ctx)).toMatchObject({ failures: 12, lastReply: 'connect ECONNREFUSED' });
		smtp = await openSmtp({ port });
		expect(await sendAll(ctx)).toBe('none');
		await pace.resumeAll(ctx);
		expect(await sendings.mailTrouble(ctx)).toBeNull();
		expect(await counts(id)).toMatchObject({ sent: 3 });
	});

	test('four lanes that fail together count as one failure', async () => {
		await using();
		const seen = await pace.trouble(ctx);
		await Promise.all([1, 2, 3, 4].map(() => pace.pauseAll(ctx, seen, 'no')));
		expect(await pace.trouble(ctx)).toMatchObject({ failures: 1 });
	});
});

describe('leases', () => {
	test('what a dead worker held is sent when its lease ends, with the same Message-ID', async () => {
		await using();
		const id = await sendTo('ann');
		const rows = await import('#lib/server/db/outbox.ts');
		const held = await rows.claim(ctx.db, workspace.id, outbox.newLease(ctx), ctx.clock());
		expect(await sendAll(ctx)).toBe('none');
		expect(smtp.received).toHaveLength(0);
		ctx.pass(outbox.leaseMs);
		await sendAll(ctx);
		expect(smtp.received.map(({ messageId }) => messageId)).toEqual([`<${held!.id}@shop.lk>`]);
		expect(await counts(id)).toMatchObject({ sent: 1 });
	});

	test('a result that comes after the lease was taken over is not written', async () => {
		await using();
		const id = await sendTo('ann');
		const rows = await import('#lib/server/db/outbox.ts');
		const slow = (await rows.claim(ctx.db, workspace.id, outbox.newLease(ctx), ctx.clock()))!;
		ctx.pass(outbox.leaseMs);
		await sendAll(ctx);
		expect(await rows.finish(ctx.db, slow, { status: 'failed', lastReply: 'too late' })).toBe(false);
		expect(await rows.giveBack(ctx.db, slow, { dueAt: ctx.clock(), isFree: true })).toBe(false);
		expect(await counts(id)).toMatchObject({ sent: 1, failed: 0 });
	});

	test('one that is to stop gives back what it took, and it costs no try', async () => {
		await using();
		const id = await sendTo('ann');
		await outbox.sendNext(ctx, workspace.id, { isStopping: () => true });
		expect(await counts(id)).toMatchObject({ scheduled: 1, leased: 0 });
		const [row] = await base.rows.invitations.find({ workspaceId: workspace.id }).lean();
		expect(row).toMatchObject({ attempts: 0, leaseId: null });
		expect(smtp.received).toHaveLength(0);
	});
});

describe('the rate', () => {
	test('is shared by all processes: slots follow each other whoever takes them', async () => {
		await using();
		await reopen({ MAIL_RATE_PER_MINUTE: '240' });
		const env = { SMTP_URL: smtp.url, MAIL_FROM: 'a@shop.lk', MAIL_RATE_PER_MINUTE: '240' };
		const other = await testContext({ env, db: base.db });
		const taken = await Promise.all([ctx, other, ctx, other, ctx].map((one) => pace.takeSlots(one)));
		const now = ctx.clock().getTime();
		expect(taken.flat().sort((a, b) => a - b)).toEqual([0, 250, 500, 750, 1000].map((ms) => now + ms));
		ctx.pass(10_000);
		expect(await pace.takeSlots(ctx), 'slots nobody took are not saved up').toEqual([ctx.clock().getTime()]);
		await other.close();
	});
});

describe('the loop', () => {
	const until = async (isDone: () => boolean | Promise<boolean>) => {
		for (let tries = 0; tries < 200; tries++) {
			if (await isDone()) return;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		throw new Error('It did not happen within 10 s');
	};
	/** The loop lives by the real clock. */
	const realTime = () => Object.assign(ctx, { clock: () => new Date() });

	test('two workers send everything once, over at most four connections each', async () => {
		await using();
		const names = Array.from({ length: 150 }, (_, n) => `p${n}`);
		const id = await sendTo(...names);
		realTime();
		const workers = [startOutbox(ctx), startOutbox(ctx)];
		await until(() => smtp.received.length >= 150);
		await until(async () => (await sendings.byId(ctx, scope, id)).status === 'done');
		await Promise.all(workers.map((worker) => worker.stop()));
		expect(smtp.received).toHaveLength(150);
		expect([...smtp.timesById().values()]).toEqual(Array(150).fill(1));
		expect(smtp.mostConnections()).toBeLessThanOrEqual(5);
		expect((await sendings.view(ctx, scope, id)).survey).toBeDefined();
	});

	test('a clean stop lets the mail under way end and leaves nothing leased', async () => {
		let open: () => void = () => undefined;
		const gate = new Promise<void>((resolve) => (open = resolve));
		let arrived = 0;
		await using({
			onMessage: async () => {
				arrived++;
				await gate;
			},
		});
		const id = await sendTo(...Array.from({ length: 20 }, (_, n) => `p${n}`));
		realTime();
		const worker = startOutbox(ctx);
		await until(() => arrived === outbox.lanes);
		const stopped = worker.stop();
		open();
		await stopped;
		expect(await counts(id)).toMatchObject({ sent: outbox.lanes, leased: 0, scheduled: 20 - outbox.lanes });
		expect(smtp.received).toHaveLength(outbox.lanes);
	});

	test('keeps the rate', async () => {
		await using();
		await reopen({ MAIL_RATE_PER_MINUTE: '1200' });
		const id = await sendTo(...Array.from({ length: 20 }, (_, n) => `p${n}`));
		realTime();
		const begin = Date.now();
		const worker = startOutbox(ctx);
		await until(async () => (await counts(id)).sent === 20);
		await worker.stop();
		expect(Date.now() - begin).toBeGreaterThanOrEqual(19 * 50 - 60);
	});

	test('a large sending of one workspace does not hold up another', async () => {
		await using();
		const big = await sendTo(...Array.from({ length: 300 }, (_, n) => `p${n}`));
		const first = { workspace, scope };
		({ workspace, scope } = await makeTenant(base));
		await sendTo('ann');
		realTime();
		const worker = startOutbox(ctx);
		await until(() => smtp.received.some(({ to }) => to === 'ann@customers.lk'));
		const before = smtp.received.length;
		await worker.stop();
		expect(before).toBeLessThan(200);
		expect((await sendings.view(ctx, first.scope, big)).counts.sent).toBeLessThan(300);
	});
});

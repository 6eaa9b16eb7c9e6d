import { fork, type ChildProcess } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as database from '#lib/server/db/database.ts';
import { lanes } from '#lib/server/services/outbox.ts';
import * as sendings from '#lib/server/services/sendings.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { freshDatabase, type FreshDatabase } from '#test/support/database.ts';
import { makeContact, makeSurvey, makeTenant } from '#test/support/factories.ts';
import { openSmtp, type Smtp } from '#test/support/smtp.ts';

let fresh: FreshDatabase;
let db: database.Database;
let ctx: TestContext;
let smtp: Smtp;
let worker: ChildProcess | null = null;

beforeAll(async () => {
	fresh = await freshDatabase();
	db = await database.open(fresh.calmUri, { kind: 'embedded' });
	smtp = await openSmtp({ onMessage: () => pause(5) });
	const env = { SMTP_URL: smtp.url, MAIL_FROM: 'a@shop.lk' };
	ctx = await testContext({ now: new Date(), db, env });
});
afterEach(() => worker?.kill('SIGKILL'));
afterAll(async () => {
	await ctx.close();
	await smtp.close();
	await database.close(db);
	await fresh.stop();
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const until = async (what: string, isDone: () => boolean | Promise<boolean>) => {
	for (const deadline = Date.now() + 60_000; !(await isDone()); await pause(10))
		if (Date.now() > deadline) throw new Error(`It took more than 60 s until ${what}`);
};

const startWorker = async () => {
	worker = fork('test/support/outbox-worker.ts', [fresh.uri], {
		execArgv: ['--import', './src/require-node.js'],
		env: {
			...process.env,
			MONGODB_URI: '',
			SMTP_URL: smtp.url,
			MAIL_FROM: 'a@shop.lk',
			PUBLIC_URL: 'https://heed.test',
			SECRET: 'the same in every process of the test',
			MAIL_RATE_PER_MINUTE: '100000',
			LOG_LEVEL: 'silent',
		},
	});
	await new Promise((resolve) => worker!.once('message', resolve));
};
const kill = async (signal: NodeJS.Signals) => {
	const ended = new Promise((resolve) => worker!.once('exit', resolve));
	worker!.kill(signal);
	await ended;
};

/** What a dead worker held, and lets its leases end as if five minutes had passed. */
const endLeases = async (workspaceId: string): Promise<string[]> => {
	const rows = await db.models.invitations.find({ workspaceId, status: 'leased' }).lean();
	await db.models.invitations.updateMany({ workspaceId, status: 'leased' }, { dueAt: new Date() });
	return rows.map(({ _id }) => `<${_id.toHexString()}@shop.lk>`);
};

const sendTo = async (count: number) => {
	const { workspace, scope } = await makeTenant(ctx);
	const surveyId = await makeSurvey(ctx, workspace.id);
	await makeContact(ctx, workspace.id, { email: 'p0@customers.lk' });
	await db.models.contacts.insertMany(
		Array.from({ length: count - 1 }, (_, n) => ({
			workspaceId: workspace.id,
			email: `p${n + 1}@customers.lk`,
			address: `p${n + 1}@customers.lk`,
			createdAt: new Date(),
		})),
	);
	const wish = { surveyId, audience: { kind: 'all' } as const, sendAt: null, submissionKey: surveyId };
	const { id } = await sendings.create(ctx, scope, workspace, wish);
	return { workspace, scope, id };
};

describe('a worker that is killed', { timeout: 180_000 }, () => {
	test('while it sends loses no mail, and repeats none but those it held', async () => {
		smtp.received.length = 0;
		const total = 400;
		const { workspace, scope, id } = await sendTo(total);
		const held = new Set<string>();
		for (const arrived of [30, 90, 91, 250]) {
			await startWorker();
			await until(`${arrived} mails arrived`, () => smtp.received.length >= arrived);
			await kill('SIGKILL');
			const leased = await endLeases(workspace.id);
			expect(leased.length).toBeLessThanOrEqual(lanes);
			for (const messageId of leased) held.add(messageId);
		}
		await startWorker();
		await until('all are sent', async () => (await sendings.view(ctx, scope, id)).counts.sent === total);
		await until('it is done', async () => (await sendings.byId(ctx, scope, id)).status === 'done');
		await kill('SIGKILL');
		const times = smtp.timesById();
		expect(times.size).toBe(total);
		const repeated = [...times].filter(([, count]) => count > 1).map(([messageId]) => messageId);
		for (const messageId of repeated) expect(held).toContain(messageId);
		expect(new Set(smtp.received.map(({ to }) => to)).size).toBe(total);
	});

	test('while it prepares leaves nobody out and asks nobody twice', async () => {
		const total = 4_000;
		const { workspace, scope, id } = await sendTo(total);
		// Nothing may go out, so that only preparing is watched.
		await db.models.mailServer.updateOne(
			{ name: 'smtp' },
			{ failures: 1, downSince: new Date(), retryAt: new Date(Date.now() + 3_600_000), lastReply: 'away' },
			{ upsert: true },
		);
		const invited = () => db.models.invitations.countDocuments({ workspaceId: workspace.id });
		for (const least of [1, 2_000]) {
			await startWorker();
			await until(`${least} are invited`, async () => (await invited()) >= least);
			await kill('SIGKILL');
		}
		await startWorker();
		await until('all are prepared', async () => (await sendings.byId(ctx, scope, id)).status === 'sending');
		await kill('SIGKILL');
		expect(await invited()).toBe(total);
		const rows = await db.models.invitations.find({ workspaceId: workspace.id }).select('contactId').lean();
		expect(new Set(rows.map(({ contactId }) => String(contactId))).size).toBe(total);
		expect(await sendings.byId(ctx, scope, id)).toMatchObject({ invited: total, leftOut: { askedLately: 0 } });
		await db.models.mailServer.deleteMany({});
		await sendings.cancel(ctx, scope, id);
	});
});

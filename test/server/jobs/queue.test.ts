import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openJobs, type Jobs } from '#lib/server/jobs/agenda.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeTenant } from '#test/support/factories.ts';

let ctx: TestContext;
const opened: Jobs[] = [];

const open = async () => {
	const jobs = await openJobs(ctx.db, ctx.log);
	opened.push(jobs);
	return jobs;
};
const waiting = (name?: string) =>
	ctx.db.connection.db!.collection('jobs').countDocuments(name === undefined ? {} : { name });
const until = async (isDone: () => Promise<boolean>) => {
	for (let tries = 0; tries < 100; tries++) {
		if (await isDone()) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error('It did not happen within 10 s');
};

beforeAll(async () => {
	ctx = await testContext();
});
afterAll(async () => {
	for (const jobs of opened) await jobs.stop();
	await ctx.close();
});

describe('the queue', () => {
	const payload = { workspaceId: 'a'.repeat(24), responseId: 'b'.repeat(24) };

	test('keeps one waiting job per name and key', async () => {
		const { queue } = await open();
		const later = { at: new Date(Date.now() + 3_600_000), key: 'b' };
		await Promise.all([1, 2, 3].map(() => queue.enqueue('detractor-alert', payload, later)));
		expect(await waiting()).toBe(1);
		await queue.enqueue('detractor-alert', payload, { ...later, key: 'c' });
		expect(await waiting()).toBe(2);
		await ctx.db.connection.db!.collection('jobs').deleteMany({});
	});

	test("refuses a payload that is not the job's", async () => {
		const { queue } = await open();
		await expect(queue.enqueue('detractor-alert', { ...payload, workspaceId: 'x' })).rejects.toThrow();
		expect(await waiting()).toBe(0);
	});

	test('runs a job that is due and forgets it', async () => {
		const { workspace } = await makeTenant(ctx);
		const jobs = await open();
		await jobs.queue.enqueue('detractor-alert', { workspaceId: workspace.id, responseId: 'b'.repeat(24) });
		expect(await waiting('detractor-alert')).toBe(1);
		await jobs.start(ctx);
		await until(async () => (await waiting('detractor-alert')) === 0);
	});
});

// The sample year tells its story through the product's own filters, and goes without a trace.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import * as reports from '#lib/server/services/reports.ts';
import * as sampleData from '#lib/server/services/sample-data.ts';
import * as surveys from '#lib/server/services/surveys.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeContact, makeSurvey, makeTenant } from '#test/support/factories.ts';

describe('sample data', () => {
	let ctx: TestContext;
	let scope: Scope;
	let workspace: Workspace;
	beforeAll(async () => {
		ctx = await testContext({ now: '2026-11-21T12:00:00Z' });
		({ scope, workspace } = await makeTenant(ctx));
		await makeContact(ctx, workspace.id, { email: 'real@shop.lk' });
		await makeSurvey(ctx, workspace.id, { name: 'A real one' });
		await sampleData.add(ctx, scope);
	});
	afterAll(() => ctx.close());

	const surveyNamed = async (name: string) => (await surveys.list(ctx, scope)).find((survey) => survey.name === name)!;
	const show = async (name: string, query: string) =>
		reports.forSurvey(ctx, scope, workspace, (await surveyNamed(name)).id, new URLSearchParams(query));

	it('has one month that is clearly worse than every other', async () => {
		const { periods } = await show('After a purchase', 'unit=month');
		const scored = periods.filter(({ n }) => n >= 30).map(({ score }) => score!);
		const [worst, second] = [...scored].sort((a, b) => a - b);
		expect(second! - worst!).toBeGreaterThan(25);
	});

	it('has one product line that is clearly better than the others', async () => {
		const { comparison } = await show('After a purchase', 'by=product+line');
		const scores = Object.fromEntries(comparison!.rows.map(({ value, score }) => [value, score]));
		const others = Math.max(scores.Kitchen!.interval!.high, scores.Lighting!.interval!.high);
		expect(scores.Garden!.interval!.low).toBeGreaterThan(others);
	});

	it('is marked, and counted in no real survey', async () => {
		const all = await surveys.list(ctx, scope);
		expect(all.filter(({ isSample }) => isSample)).toHaveLength(3);
		const real = await show('A real one', '');
		expect(real.headline.n).toBe(0);
	});

	it('knows when each of its people was asked last', async () => {
		const people = await ctx.rows.contacts.find({ isSample: true }).lean();
		const asked = Map.groupBy(await ctx.rows.invitations.find().sort({ sentAt: 1 }).lean(), ({ contactId }) =>
			String(contactId),
		);
		for (const { _id, lastAskedAt } of people)
			expect(lastAskedAt).toEqual(asked.get(String(_id))?.at(-1)?.sentAt ?? null);
		expect(people.some(({ lastAskedAt }) => lastAskedAt)).toBe(true);
	});

	it('replaces itself when it is added again', async () => {
		await sampleData.add(ctx, scope);
		expect((await surveys.list(ctx, scope)).filter(({ isSample }) => isSample)).toHaveLength(3);
	});

	it('goes whole, and takes nothing real along', async () => {
		await show('After a support conversation', '');
		await sampleData.remove(ctx, scope);
		expect((await surveys.list(ctx, scope)).map(({ name }) => name)).toEqual(['A real one']);
		const { models } = ctx.db;
		expect(await models.contacts.countDocuments()).toBe(1);
		for (const model of [models.responses, models.invitations, models.tallies, models.tallyBooks, models.staleDays])
			expect(await (model as typeof models.responses).countDocuments()).toBe(0);
	});
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { NotFound } from '#lib/domain/errors.ts';
import * as staleDays from '#lib/server/db/stale-days.ts';
import * as answers from '#lib/server/services/answers.ts';
import { recountStaleDays } from '#lib/server/services/recounts.ts';
import * as reports from '#lib/server/services/reports.ts';
import * as workspaces from '#lib/server/services/workspaces.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeAnswers, makeSurvey, makeTenant } from '#test/support/factories.ts';

let ctx: TestContext;
beforeAll(async () => {
	ctx = await testContext({ now: '2024-04-10T12:00:00Z' });
});
afterAll(() => ctx.close());

let workspace: Workspace;
let scope: Scope;
let surveyId: string;
beforeEach(async () => {
	ctx.setClock(new Date('2024-04-10T12:00:00Z'));
	({ workspace, scope } = await makeTenant(ctx));
	surveyId = await makeSurvey(ctx, workspace.id);
});

const show = (query = '', id = surveyId) => reports.forSurvey(ctx, scope, workspace, id, new URLSearchParams(query));
const listed = async (query = '', after: string | null = null) => answers.list(ctx, scope, await show(query), after);
const pro = [{ key: 'plan', value: 'Pro' }];
const free = [{ key: 'plan', value: 'Free' }];
const settle = async () => {
	ctx.pass(staleDays.settleMs + 1);
	await recountStaleDays(ctx);
};

describe("a survey's report", () => {
	it('counts promoters, passives and detractors, and says how sure it is', async () => {
		const at = '2024-04-01T12:00:00Z';
		const scores = [...Array(50).fill(10), ...Array(30).fill(8), ...Array(20).fill(3)];
		await makeAnswers(
			ctx,
			workspace.id,
			surveyId,
			scores.map((score) => ({ score, at })),
		);
		const { headline } = await show();
		expect(headline.value).toBe(30);
		expect(headline.n).toBe(100);
		expect(headline.interval!.low).toBeCloseTo(14.05, 2);
		expect(headline.buckets.map(({ count }) => count)).toEqual([20, 30, 50]);
	});

	it('has no score when nobody answered, never 0', async () => {
		const { headline, periods } = await show('from=2024-04-01&to=2024-04-03');
		expect(headline.value).toBeNull();
		expect(periods.map(({ score, n }) => [score, n])).toEqual([
			[null, 0],
			[null, 0],
			[null, 0],
		]);
	});

	it('counts only real answers; a sample survey only sample ones', async () => {
		const at = '2024-04-01T12:00:00Z';
		const sampleId = await makeSurvey(ctx, workspace.id, { isSample: true });
		for (const id of [surveyId, sampleId])
			await makeAnswers(ctx, workspace.id, id, [
				{ score: 10, at, kind: 'real' },
				{ score: 0, at, kind: 'test' },
				{ score: 0, at, kind: 'preview' },
				{ score: 1, at, kind: 'sample' },
			]);
		expect((await show()).headline).toMatchObject({ n: 1, value: 100 });
		expect((await show('', sampleId)).headline).toMatchObject({ n: 1, value: -100 });
		expect((await listed()).answers.map(({ score }) => score)).toEqual([10]);
	});

	it('narrows score, chart and list together by range, property, language and channel', async () => {
		await makeAnswers(ctx, workspace.id, surveyId, [
			{ score: 10, at: '2024-04-01T12:00:00Z', properties: pro, language: 'si', channel: 'email' },
			{ score: 0, at: '2024-04-02T12:00:00Z', properties: free, language: 'en', channel: 'link' },
			{ score: 9, at: '2024-03-01T12:00:00Z', properties: pro, language: 'en', channel: 'embed' },
		]);
		const cases: [string, number[]][] = [
			['', [0, 10, 9]],
			['from=2024-04-01&to=2024-04-01', [10]],
			['range=this-month', [0, 10]],
			['range=last-month', [9]],
			['property=plan&value=Pro', [10, 9]],
			['property=plan&value=Pro&range=this-month', [10]],
			['language=en', [0, 9]],
			['channel=embed', [9]],
			['property=plan&value=None', []],
		];
		for (const isSettled of [false, true]) {
			if (isSettled) await settle();
			for (const [query, scores] of cases) {
				const report = await show(query);
				const { answers: list } = await answers.list(ctx, scope, report, null);
				expect(
					list.map(({ score }) => score),
					query,
				).toEqual(scores);
				expect(report.headline.n, query).toBe(scores.length);
				expect(
					report.periods.reduce((sum, { n }) => sum + n, 0),
					query,
				).toBe(scores.length);
			}
		}
	});

	it('lets bucket and words narrow the list alone', async () => {
		const at = '2024-04-01T12:00:00Z';
		await makeAnswers(ctx, workspace.id, surveyId, [
			{ score: 10, at, comment: 'Fast DELIVERY' },
			{ score: 2, at, comment: 'Slow delivery' },
			{ score: 3, at },
		]);
		const cases: [string, number][] = [
			['words=delivery', 2],
			['words=delivery+slow', 1],
			['bucket=detractor', 2],
			['bucket=detractor&words=delivery', 1],
			['comment=yes', 2],
			['words=nothing', 0],
		];
		for (const [query, length] of cases) {
			expect((await listed(query)).answers, query).toHaveLength(length);
			expect((await show(query)).headline.n, query).toBe(3);
		}
	});

	it('sets the values of a property side by side, also where another filter narrows them', async () => {
		const at = '2024-04-01T12:00:00Z';
		await makeAnswers(ctx, workspace.id, surveyId, [
			{ score: 10, at, properties: [...pro, { key: 'country', value: 'LK' }] },
			{ score: 0, at, properties: [...free, { key: 'country', value: 'LK' }] },
			{ score: 9, at, properties: [...pro, { key: 'country', value: 'AM' }] },
			{ score: 7, at },
		]);
		const rows = async (query: string) =>
			(await show(query)).comparison!.rows.map(({ value, score }) => [value, score.value, score.n]);
		for (const isSettled of [false, true]) {
			if (isSettled) await settle();
			expect(await rows('by=plan')).toEqual([
				['Pro', 100, 2],
				['Free', -100, 1],
				[null, 0, 1],
			]);
			expect(await rows('by=country&property=plan&value=Pro')).toEqual([
				['AM', 100, 1],
				['LK', 100, 1],
			]);
			expect(await rows('by=plan&property=plan&value=Pro')).toHaveLength(3);
			expect((await show()).choices.keys).toEqual(['country', 'plan']);
		}
	});

	it('answers for a property with a value for each answer from the answers themselves', async () => {
		const rows = Array.from({ length: 250 }, (_, order) => ({
			score: order % 11,
			at: '2024-04-01T12:00:00Z',
			properties: [{ key: 'order', value: `o${order}` }],
		}));
		await makeAnswers(ctx, workspace.id, surveyId, rows);
		await settle();
		expect((await show('property=order&value=o9')).headline).toMatchObject({ n: 1, value: 100 });
		const { comparison } = await show('by=order');
		expect(comparison!.rows).toHaveLength(25);
		expect(comparison!.more).toBe(225);
	});

	it('leaves gaps for periods without answers and marks the running one', async () => {
		await makeAnswers(ctx, workspace.id, surveyId, [
			{ score: 10, at: '2024-01-15T12:00:00Z' },
			{ score: 0, at: '2024-03-15T12:00:00Z' },
		]);
		const { periods } = await show('per=month');
		expect(periods.map(({ from, score, isSoFar }) => [from, score, isSoFar])).toEqual([
			['2024-01-01', 100, false],
			['2024-02-01', null, false],
			['2024-03-01', -100, false],
			['2024-04-01', null, true],
		]);
	});

	it('says what it left out of an address that cannot be meant', async () => {
		const { problems, filters } = await show('from=yesterday&channel=pigeon&bucket=satisfied&per=hour&range=ever');
		expect(problems).toHaveLength(5);
		expect(filters).toMatchObject({ preset: 'all', channel: null, bucket: null, unit: null });
	});

	it('changes its revision with every answer, and belongs to its workspace alone', async () => {
		const before = await reports.revision(ctx, scope, surveyId);
		expect(await reports.revision(ctx, scope, surveyId)).toBe(before);
		await makeAnswers(ctx, workspace.id, surveyId, [{ score: 10, at: '2024-04-01T12:00:00Z' }]);
		expect(await reports.revision(ctx, scope, surveyId)).not.toBe(before);
		const stranger = await makeTenant(ctx);
		await expect(reports.revision(ctx, stranger.scope, surveyId)).rejects.toThrow(NotFound);
		await expect(
			reports.forSurvey(ctx, stranger.scope, stranger.workspace, surveyId, new URLSearchParams()),
		).rejects.toThrow(NotFound);
		expect((await reports.summaries(ctx, stranger.scope, [surveyId])).size).toBe(0);
		expect((await reports.summaries(ctx, scope, [surveyId])).get(surveyId)).toMatchObject({ n: 1, value: 100 });
	});

	it('counts the days of the time zone that the workspace moves to, at once and when it is settled', async () => {
		// 20:00 UTC is the next day in Kathmandu.
		await makeAnswers(ctx, workspace.id, surveyId, [{ score: 10, at: '2024-04-01T20:00:00Z' }]);
		await settle();
		const days = async (timeZone: string) => {
			const { periods } = await reports.forSurvey(
				ctx,
				scope,
				{ ...workspace, timeZone },
				surveyId,
				new URLSearchParams('per=day'),
			);
			return periods.filter(({ n }) => n > 0).map(({ from }) => from);
		};
		expect(await days('UTC')).toEqual(['2024-04-01']);
		await workspaces.change(ctx, scope, {
			name: workspace.name,
			timeZone: 'Asia/Kathmandu',
			language: 'en',
			quietDays: 30,
		});
		expect(await days('Asia/Kathmandu')).toEqual(['2024-04-02']);
		await settle();
		expect(await days('Asia/Kathmandu')).toEqual(['2024-04-02']);
	});

	it('pages through all answers, each once', async () => {
		const given = Array.from({ length: 60 }, (_, index) => ({
			score: index % 11,
			at: new Date(Date.UTC(2024, 3, 1) + Math.floor(index / 3) * 1000).toISOString(),
		}));
		const ids = await makeAnswers(ctx, workspace.id, surveyId, given);
		const seen: string[] = [];
		let after: string | null = null;
		do {
			const page = await listed('', after);
			seen.push(...page.answers.map(({ id }) => id));
			after = page.next;
		} while (after);
		expect(seen).toHaveLength(60);
		expect(new Set(seen)).toEqual(new Set(ids));
	});
});

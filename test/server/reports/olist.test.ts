// The figures of a real file, counted by somebody else: our tallies, chart and shares must give exactly these.
import { createReadStream, existsSync } from 'node:fs';
import { parse } from 'csv-parse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import * as staleDays from '#lib/server/db/stale-days.ts';
import * as reports from '#lib/server/services/reports.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeSurvey, makeTenant } from '#test/support/factories.ts';

const file = process.env.OLIST_CSV ?? '';
const isThere = existsSync(file);
if (!isThere) console.info('Skipped: set OLIST_CSV to the Olist order reviews to check the figures against them.');

describe.skipIf(!isThere)('the Olist answers', () => {
	let ctx: TestContext;
	beforeAll(async () => {
		ctx = await testContext({ now: '2018-11-01T09:00:00Z' });
	});
	afterAll(() => ctx.close());

	const fill = async (hasIds: boolean) => {
		const { workspace, scope } = await makeTenant(ctx);
		const surveyId = await makeSurvey(ctx, workspace.id, { metric: 'csat' });
		const seen = new Set<string>();
		const rows = [];
		const records = createReadStream(file).pipe(parse({ columns: true, bom: true }));
		for await (const record of records as AsyncIterable<Record<string, string>>) {
			const id = record.review_id!;
			if (hasIds && seen.has(id)) continue;
			seen.add(id);
			const answeredAt = new Date(`${record.review_answer_timestamp!.replace(' ', 'T')}Z`);
			rows.push({
				workspaceId: new ObjectId(workspace.id),
				surveyId: new ObjectId(surveyId),
				version: 1,
				kind: 'real',
				channel: 'import',
				score: Number(record.review_score),
				comment: record.review_comment_message,
				language: 'en',
				externalId: hasIds ? id : null,
				answeredAt,
				updatedAt: answeredAt,
			});
		}
		const instants = rows.map(({ answeredAt }) => answeredAt);
		await staleDays.mark(ctx.db, workspace.id, surveyId, instants, ctx.clock());
		for (let from = 0; from < rows.length; from += 1000)
			await ctx.rows.responses.insertMany(rows.slice(from, from + 1000) as never);
		const show = (query: string) => reports.forSurvey(ctx, scope, workspace, surveyId, new URLSearchParams(query));
		return { show, workspace, surveyId, scope };
	};

	it('are 6,123 with 77.53 %, and 6,121 with 77.52 % when each id counts once', async () => {
		const all = await (await fill(false)).show('');
		expect(all.headline.n).toBe(6123);
		expect(all.headline.value!.toFixed(2)).toBe('77.53');
		const once = await (await fill(true)).show('');
		expect(once.headline.n).toBe(6121);
		expect(once.headline.value!.toFixed(2)).toBe('77.52');
	}, 60_000);

	it('have the known months, counted on the spot and from tallies', async () => {
		const { show, scope, surveyId } = await fill(true);
		const months = async () => {
			const { periods } = await show('per=month');
			return new Map(
				periods.map(({ from, score, counts, n }) => [from, `${score?.toFixed(2)} ${counts.satisfied}/${n}`]),
			);
		};
		const check = async () => {
			const found = await months();
			expect(found.get('2017-11-01')).toBe('75.18 206/274');
			expect(found.get('2018-03-01')).toBe('70.58 343/486');
			expect(found.get('2018-08-01')).toBe('80.29 444/553');
			const november = await show('from=2017-11-01&to=2017-11-30');
			expect(november.headline.value!.toFixed(2)).toBe('75.18');
			expect(november.headline.n).toBe(274);
		};
		await check();
		const before = await reports.revision(ctx, scope, surveyId);
		ctx.pass(staleDays.settleMs + 1);
		await ctx.runDueJobs();
		const { recountStaleDays } = await import('#lib/server/services/recounts.ts');
		await recountStaleDays(ctx);
		expect(await reports.revision(ctx, scope, surveyId)).not.toBe(before);
		await ctx.rows.responses.deleteMany({ surveyId: new ObjectId(surveyId) } as never);
		// The answers are gone without a mark: what is shown now can only come from the tallies.
		await check();
	}, 60_000);
});

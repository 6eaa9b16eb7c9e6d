import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { rowText } from '#lib/messages/rows.ts';
import type { AnswersForm } from '#lib/server/services/imports.ts';
import * as imports from '#lib/server/services/imports.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { makeContact, makeSurvey, makeTenant } from '../../support/factories.ts';
import { columns, upload } from './support.ts';

let ctx: TestContext;
let scope: Scope;
let workspace: Workspace;
beforeAll(async () => {
	ctx = await testContext();
});
afterAll(() => ctx.close());
beforeEach(async () => {
	({ scope, workspace } = await makeTenant(ctx));
	await makeContact(ctx, workspace.id, { email: 'sam@example.com', isSample: true });
});

const many = Array.from({ length: 1_200 }, (_, at) => `a${at},${at % 11},2025-01-10,\n`).join('');
const file =
	`id,score,when,mail\n${many}a3,5,2025-01-11,ana@shop.lk\n,9.5,2025-01-11,\n,9,yesterday,\n,11,2025-01-11,\n` +
	`,7.5,2025-01-11,\nsam,9,2025-01-11,sam@example.com\n,9,2025-01-11,\n,9,2025-01-11,nobody\n`;
const form = (survey: string): AnswersForm => ({
	columns: columns('id', 'score', 'date', 'email'),
	...{ survey, name: 'Past', metric: 'nps', points: undefined, timeZone: 'UTC', dateFormat: 'auto' },
});

it.each(['a survey', 'new'])(
	'of answers to %s is what the import then makes of them, and writes nothing',
	async (into) => {
		const values = form(into === 'new' ? into : await makeSurvey(ctx, workspace.id));
		const { id } = await upload(ctx, scope, 'answers', file);
		const surveys = await ctx.rows.surveys.countDocuments({ workspaceId: workspace.id });
		const check = () => imports.check(ctx, scope, id, { kind: 'answers', values });
		const forecast = (await check())!;
		expect(forecast.counts).toEqual({ added: 1_201, updated: 0, unchanged: 0, refused: 7, noted: 0 });
		expect(forecast.fates.map(({ count, line, reason }) => `${count} from ${line}: ${rowText(reason)}`).sort()).toEqual(
			[
				'1 from 1202: The same id as line 5',
				'1 from 1204: Answered at: “yesterday” is not a date as year, month, day',
				'1 from 1205: 11 is not on the scale from 0 to 10',
				'1 from 1207: This address belongs to the sample data',
				'1 from 1209: “nobody” is not an e-mail address',
				'2 from 1203: 9.5 is not a whole number',
			],
		);
		expect(await check()).toEqual(forecast);
		expect(await ctx.rows.responses.countDocuments({ workspaceId: workspace.id })).toBe(0);
		expect(await ctx.rows.surveys.countDocuments({ workspaceId: workspace.id })).toBe(surveys);
		await imports.startAnswers(ctx, scope, workspace, id, values);
		await ctx.runDueJobs();
		expect((await imports.byId(ctx, scope, id)).counts).toEqual(forecast.counts);
	},
);

it('of the same answers again is that they are here', async () => {
	const values = form(await makeSurvey(ctx, workspace.id));
	const { id } = await upload(ctx, scope, 'answers', file);
	await imports.startAnswers(ctx, scope, workspace, id, values);
	await ctx.runDueJobs();
	const again = await upload(ctx, scope, 'answers', file);
	const forecast = await imports.check(ctx, scope, again.id, { kind: 'answers', values });
	expect(forecast!.counts).toMatchObject({ added: 0, unchanged: 1_201, refused: 7 });
});

it('is out of reach from another workspace', async () => {
	const values = form('new');
	const { id } = await upload(ctx, scope, 'answers', file);
	const stranger = await makeTenant(ctx);
	await expect(imports.check(ctx, stranger.scope, id, { kind: 'answers', values })).rejects.toThrow('no such import');
});

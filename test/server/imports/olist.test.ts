import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guessAnswerRoles } from '#lib/domain/import/columns.ts';
import { guessScale } from '#lib/domain/import/profile.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import * as imports from '#lib/server/services/imports.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { makeTenant } from '../../support/factories.ts';
import { columns, undo, uploadFile } from './support.ts';

const path = process.env.OLIST_CSV;
if (!path) console.warn('Skipped: set OLIST_CSV to the file olist-order-reviews.csv to import it.');

let ctx: TestContext;
let scope: Scope;
let workspace: Workspace;

/** Satisfied, all and their share in per cent, by what the month of `answeredAt` starts with: counted from the rows. */
const csat = async (month = '') => {
	const rows = await ctx.rows.responses.find({ workspaceId: workspace.id }).select('score answeredAt').lean();
	const within = rows.filter(({ answeredAt }) => answeredAt.toISOString().startsWith(month));
	const satisfied = within.filter(({ score }) => score >= 4).length;
	return [satisfied, within.length, ((100 * satisfied) / within.length).toFixed(2)];
};

describe.skipIf(!path)('the reviews of a marketplace', () => {
	beforeAll(async () => {
		ctx = await testContext();
	});
	afterAll(() => ctx.close());

	const importReviews = async (idRole: 'id' | 'skip') => {
		({ scope, workspace } = await makeTenant(ctx));
		const given = await uploadFile(ctx, scope, 'answers', path!);
		const roles = guessAnswerRoles(given.header, given.profiles);
		expect(roles).toEqual(['id', 'skip', 'score', 'skip', 'comment', 'askedAt', 'date']);
		await imports.startAnswers(ctx, scope, workspace, given.id, {
			columns: columns(...roles.with(0, idRole)),
			survey: 'new',
			name: 'Order reviews',
			metric: guessScale(given.profiles[2]).metric,
			timeZone: 'UTC',
			dateFormat: 'auto',
		});
		await ctx.runDueJobs();
		return imports.byId(ctx, scope, given.id);
	};

	it('are 6,121 answers with their ids, and two refused repeats', async () => {
		const given = await importReviews('id');
		expect(given.counts).toMatchObject({ added: 6121, unchanged: 0, refused: 2 });
		expect(await csat()).toEqual([4745, 6121, '77.52']);
		const { refusals } = await imports.refusals(ctx, scope, given.id, { after: 0, isTaken: false });
		expect(refusals.map(({ reason }) => reason)).toEqual([
			{ is: 'repeated-id', line: expect.any(Number) },
			{ is: 'repeated-id', line: expect.any(Number) },
		]);
	});

	it('are 6,123 without, each on the day it was given', async () => {
		const given = await importReviews('skip');
		expect(given.counts).toMatchObject({ added: 6123, refused: 0 });
		expect(await csat()).toEqual([4747, 6123, '77.53']);
		expect(await csat('2017-11')).toEqual([206, 274, '75.18']);
		expect(await csat('2018-03')).toEqual([343, 486, '70.58']);
		expect(await csat('2018-08')).toEqual([444, 553, '80.29']);
		expect((await importAgain()).counts).toMatchObject({ added: 0, unchanged: 6123, refused: 0 });
		await undo(ctx, scope, given.id);
		expect(await ctx.rows.responses.countDocuments({ workspaceId: workspace.id })).toBe(0);
	});

	const importAgain = async () => {
		const [survey] = await ctx.rows.surveys.find({ workspaceId: workspace.id }).lean();
		const given = await uploadFile(ctx, scope, 'answers', path!);
		await imports.startAnswers(ctx, scope, workspace, given.id, {
			columns: columns('skip', 'skip', 'score', 'skip', 'comment', 'askedAt', 'date'),
			survey: survey!._id.toHexString(),
			name: '',
			timeZone: 'UTC',
			dateFormat: 'auto',
		});
		await ctx.runDueJobs();
		return imports.byId(ctx, scope, given.id);
	};
});

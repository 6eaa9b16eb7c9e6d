import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { rowText } from '#lib/messages/rows.ts';
import type { AnswersForm } from '#lib/server/services/imports.ts';
import * as imports from '#lib/server/services/imports.ts';
import * as reports from '#lib/server/services/reports.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { makeContact, makeSurvey, makeTenant } from '../../support/factories.ts';
import { columns, peopleIn, undo, upload } from './support.ts';

let ctx: TestContext;
let scope: Scope;
let workspace: Workspace;
let surveyId: string;
beforeAll(async () => {
	ctx = await testContext();
});
afterAll(() => ctx.close());
beforeEach(async () => {
	({ scope, workspace } = await makeTenant(ctx, { timeZone: 'Asia/Colombo' }));
	surveyId = await makeSurvey(ctx, workspace.id);
});

const start = async (content: string, roles: string[], given: Partial<AnswersForm> = {}) => {
	const { id } = await upload(ctx, scope, 'answers', content);
	const form = {
		survey: surveyId,
		name: '',
		timeZone: 'UTC',
		dateFormat: 'auto' as const,
		columns: columns(...roles),
		...given,
	};
	await imports.startAnswers(ctx, scope, workspace, id, form);
	return id;
};
const importAnswers = async (content: string, roles: string[], given: Partial<AnswersForm> = {}) => {
	const id = await start(content, roles, given);
	await ctx.runDueJobs();
	return imports.byId(ctx, scope, id);
};
const answersIn = async () =>
	ctx.rows.responses.find({ workspaceId: workspace.id }).sort({ answeredAt: 1, _id: 1 }).lean();
const refusalsOf = async (importId: string) =>
	(await imports.refusals(ctx, scope, importId, { after: 0, isTaken: false })).refusals.map(({ line, reason }) => [
		line,
		rowText(reason),
	]);
const scoreShown = async () => {
	const report = await reports.forSurvey(ctx, scope, workspace, surveyId, new URLSearchParams());
	return { n: report.headline.n, score: report.headline.value };
};

const file =
	'id,score,when,asked,why,mail,shop,lang\n' +
	'a,9,2026-01-10 10:00:00,2026-01-08,"Good,\nand fast",Ana@shop.lk,north,si\n' +
	'b, 6.0 ,2026-01-11 10:00:00,,,,south,\n' +
	'a,3,2026-01-12 10:00:00,,,,north,\n';
const roles = ['id', 'score', 'date', 'askedAt', 'comment', 'email', 'property', 'language'];

describe('an import of past answers', () => {
	it('adds answers of no version, with what the file says of each', async () => {
		const given = await importAnswers(file, roles);
		expect(given).toMatchObject({
			status: 'done',
			surveyId,
			counts: { added: 2, updated: 0, unchanged: 0, refused: 1 },
		});
		const [person] = await ctx.rows.contacts.find({ workspaceId: workspace.id }).lean();
		expect(await answersIn()).toMatchObject([
			{
				kind: 'real',
				channel: 'import',
				version: 0,
				score: 9,
				comment: 'Good,\nand fast',
				language: 'si',
				properties: [{ key: 'shop', value: 'north' }],
				contactId: person!._id,
				externalId: 'a',
				answeredAt: new Date('2026-01-10T10:00:00Z'),
				askedAt: new Date('2026-01-08T00:00:00Z'),
			},
			{ score: 6, comment: '', language: 'en', contactId: null, externalId: 'b', askedAt: null },
		]);
		expect(await refusalsOf(given.id)).toEqual([[5, 'The same id as line 2']]);
	});

	it('counts in the survey’s numbers at once, and no more after undo', async () => {
		const given = await importAnswers(file, roles);
		expect(await scoreShown()).toEqual({ n: 2, score: 0 });
		await undo(ctx, scope, given.id);
		expect(await scoreShown()).toEqual({ n: 0, score: null });
		expect(await answersIn()).toEqual([]);
		expect(await peopleIn(ctx, scope)).toEqual([]);
	});

	it('changes nothing when the same file comes twice, with or without its ids', async () => {
		await importAnswers(file, roles);
		const before = await answersIn();
		expect((await importAnswers(file, roles)).counts).toMatchObject({ added: 0, unchanged: 2, refused: 1 });
		const withoutIds = await importAnswers(file, roles.with(0, 'skip'));
		expect(withoutIds.counts).toMatchObject({ added: 1, unchanged: 2, refused: 0 });
		expect((await answersIn()).slice(0, 2)).toEqual(before);
	});

	it('refuses an id that another file brought', async () => {
		await importAnswers(file, roles);
		const given = await importAnswers('id,score,when\nb,1,2026-01-20\nc,2,2026-01-20\n', ['id', 'score', 'date']);
		expect(given.counts).toMatchObject({ added: 1, refused: 1 });
		expect(await refusalsOf(given.id)).toEqual([[2, 'The same id as an answer that is here already']]);
	});

	it('goes into a new survey of the chosen scale, made once', async () => {
		const id = await start('stars,when\n5,2026-01-10\n1,2026-01-11\n', ['score', 'date'], {
			survey: 'new',
			name: 'Old stars',
			metric: 'csat',
		});
		await imports.startAnswers(ctx, scope, workspace, id, {} as AnswersForm);
		await ctx.runDueJobs();
		const surveys = await ctx.rows.surveys.find({ workspaceId: workspace.id, name: 'Old stars' }).lean();
		expect(surveys).toHaveLength(1);
		expect(surveys[0]!.draft.metric).toBe('csat');
		expect((await imports.byId(ctx, scope, id)).counts).toMatchObject({ added: 2 });
	});

	it('takes dates by the file’s time zone', async () => {
		await importAnswers('score,when\n9,2026-01-10 00:30\n', ['score', 'date'], { timeZone: 'Asia/Colombo' });
		expect((await answersIn())[0]!.answeredAt).toEqual(new Date('2026-01-09T19:00:00Z'));
	});

	it('asks which comes first where day and month cannot be told apart', async () => {
		const ambiguous = 'score,when\n9,03/02/2026\n8,04/02/2026\n';
		await expect(start(ambiguous, ['score', 'date'])).rejects.toMatchObject({
			message: 'In “when” day and month cannot be told apart, as in 03/02/2026. Choose which comes first.',
			fields: { dateFormat: expect.any(String) },
		});
		await importAnswers(ambiguous, ['score', 'date'], { dateFormat: 'day-first' });
		expect((await answersIn()).map(({ answeredAt }) => answeredAt.toISOString().slice(0, 10))).toEqual([
			'2026-02-03',
			'2026-02-04',
		]);
	});

	it('reads the format off one telling row anywhere in the file', async () => {
		const rows = Array.from({ length: 700 }, (_, at) => `9,0${(at % 2) + 1}/02/2026`).join('\n');
		await importAnswers(`score,when\n${rows}\n9,25/02/2026\n`, ['score', 'date']);
		expect((await answersIn())[0]!.answeredAt).toEqual(new Date('2026-02-01T00:00:00Z'));
	});

	it('refuses what is no answer, each with its reason', async () => {
		const given = await importAnswers(
			'score,when,why\n9.5,2026-01-10,\n11,2026-01-10,\n-1,2026-01-10,\n,2026-01-10,\n9,2027-01-10,\n9,soon,\n' +
				`9,2026-01-10,${'x'.repeat(1_000_000)}\n9,2026-01-10,fine\n`,
			['score', 'date', 'comment'],
		);
		expect(given.counts).toMatchObject({ added: 1, refused: 7 });
		expect(await refusalsOf(given.id)).toEqual([
			[2, '9.5 is not a whole number'],
			[3, '11 is not on the scale from 0 to 10'],
			[4, '-1 is not on the scale from 0 to 10'],
			[5, 'The score is empty'],
			[6, 'Answered at: 2027-01-10 is in the future'],
			[7, 'Answered at: “soon” is not a date as year, month, day'],
			[8, 'The comment has more than 10,000 characters'],
		]);
	});
});

describe('whose answers they are', () => {
	it('is found by address: history fills gaps, never overwrites, and moves when they were last asked', async () => {
		await makeContact(ctx, workspace.id, {
			email: 'ana@shop.lk',
			name: 'Ana',
			properties: [{ key: 'shop', value: 'south' }],
			lastAskedAt: new Date('2026-01-09T00:00:00Z'),
		});
		const given = await importAnswers(
			'score,when,mail,name,shop,plan\n9,2026-01-10,ana@shop.lk,Old Ana,north,pro\n8,2025-01-10,ANA@shop.lk,,,\n',
			['score', 'date', 'email', 'name', 'property', 'property'],
		);
		const after = {
			name: 'Ana',
			properties: { shop: 'south', plan: 'pro' },
			lastAskedAt: new Date('2026-01-10T00:00:00Z'),
		};
		expect(await peopleIn(ctx, scope)).toMatchObject([after]);
		await undo(ctx, scope, given.id);
		const before = { name: 'Ana', properties: { shop: 'south' }, lastAskedAt: new Date('2026-01-09T00:00:00Z') };
		expect(await peopleIn(ctx, scope)).toMatchObject([before]);
	});

	it('is kept when they have answered something else since', async () => {
		const given = await importAnswers(file, roles);
		const other = await makeSurvey(ctx, workspace.id);
		const [person] = await ctx.rows.contacts.find({ workspaceId: workspace.id }).lean();
		await ctx.rows.responses.create({
			workspaceId: workspace.id,
			surveyId: other,
			version: 1,
			kind: 'real',
			channel: 'link',
			score: 9,
			language: 'en',
			contactId: person!._id,
			answeredAt: ctx.clock(),
			updatedAt: ctx.clock(),
		});
		expect(await undo(ctx, scope, given.id)).toMatchObject({ status: 'undone', keptCount: 1 });
		expect(await peopleIn(ctx, scope)).toHaveLength(1);
		expect(await answersIn()).toHaveLength(1);
	});
});

describe('the form', () => {
	const csv = 'score,when,other\n9,2026-01-10,x\n';

	it.each([
		[['date', 'date', 'skip'], {}, '“Answered at” is chosen for “score” already'],
		[['score', 'skip', 'skip'], {}, 'Choose which column is “Answered at”'],
		[['score', 'skip', 'date'], {}, 'There are no dates in “other”'],
		[['score', 'date', 'skip'], { survey: 'new' }, 'Give the new survey a name'],
		[['score', 'date', 'skip'], { survey: 'new', name: 'Old' }, 'Choose the scale of the scores'],
		[['score', 'date', 'skip'], { survey: 'f'.repeat(24) }, 'Choose a survey from the list'],
	])('with %j and %j is refused', async (given, more, message) =>
		expect(start(csv, given, more)).rejects.toThrow(message),
	);

	it('takes neither sample surveys nor those of others', async () => {
		const sample = await makeSurvey(ctx, workspace.id, { isSample: true });
		const stranger = await makeTenant(ctx);
		const theirs = await makeSurvey(ctx, stranger.workspace.id);
		for (const survey of [sample, theirs])
			await expect(start(csv, ['score', 'date', 'skip'], { survey })).rejects.toThrow('Choose a survey from the list');
	});
});

describe('an import on another scale', () => {
	const importNew = (content: string, given: Partial<AnswersForm>) =>
		importAnswers(content, ['score', 'date'], { survey: 'new', name: 'History', ...given });
	const scores = async () => (await answersIn()).map(({ score }) => score);

	it.each([
		['csat', 10, '10', 10],
		['csat', 3, '2', 2],
		['ces', undefined, '7', 7],
		['ces-v1', undefined, '1', 1],
		['stars', 5, '4', 4],
		['thumbs', undefined, 'down', 0],
		['pmf', undefined, 'Very disappointed', 3],
	] as const)('takes %s of %s points: “%s” is %i', async (metric, points, cell, score) => {
		const given = await importNew(`s,d\n${cell},2026-01-10\n99,2026-01-10\n`, { metric, points });
		expect(given.counts).toMatchObject({ added: 1, refused: 1 });
		expect(await scores()).toEqual([score]);
		const [survey] = await ctx.rows.surveys.find({ _id: given.surveyId! }).lean();
		expect(survey!.draft.scale.points).toBe(points ?? survey!.draft.scale.points);
		expect(survey!.draft.metric).toBe(metric);
	});

	it('refuses a length that the metric cannot have', async () => {
		const wrong = start('s,d\n1,2026-01-10\n', ['score', 'date'], {
			...{ survey: 'new', name: 'X', metric: 'ces', points: 10 },
		});
		await expect(wrong).rejects.toThrow('A scale of ces has 7 points');
		await expect(wrong).rejects.toMatchObject({ fields: { points: 'A scale of ces has 7 points' } });
	});
});

describe('an import of anonymous answers', () => {
	const begin = { survey: 'new', name: 'Team', metric: 'enps' } as const;

	it('refuses every column that could lead to somebody, and names it', async () => {
		const wrong = start('s,d,mail,team\n9,2026-01-10,a@shop.lk,north\n', ['score', 'date', 'email', 'property'], begin);
		await expect(wrong).rejects.toMatchObject({
			message: 'An anonymous survey keeps score, comment and week only: leave out “mail”, “team”',
			fields: { 'columns.2': expect.any(String), 'columns.3': expect.any(String) },
		});
		expect(await answersIn()).toEqual([]);
	});

	it('keeps score, comment and the week', async () => {
		const content = 's,d,why,mail\n9,2026-01-10 12:13:14,Kind,a@shop.lk\n3,2026-01-11 20:00:00,,b@shop.lk\n';
		await importAnswers(content, ['score', 'date', 'comment', 'skip'], begin);
		// 20:00 in UTC on Sunday is Monday in Colombo.
		expect(await answersIn()).toMatchObject([
			{ score: 9, comment: 'Kind', answeredAt: new Date('2026-01-04T18:30:00Z'), language: '' },
			{ score: 3, answeredAt: new Date('2026-01-11T18:30:00Z') },
		]);
		for (const answer of await answersIn()) {
			expect(answer).toMatchObject({ properties: [], contactId: null, externalId: null, askedAt: null });
			expect(JSON.stringify(answer)).not.toMatch(/shop\.lk|12:13/);
		}
	});
});

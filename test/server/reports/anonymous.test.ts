import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';
import * as answers from '#lib/server/services/answers.ts';
import * as asking from '#lib/server/services/asking.ts';
import * as exports from '#lib/server/services/exports.ts';
import * as reports from '#lib/server/services/reports.ts';
import * as responses from '#lib/server/services/responses.ts';
import * as sendings from '#lib/server/services/sendings.ts';
import * as surveys from '#lib/server/services/surveys.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeMember, makeSurvey, makeTenant, tokenOf } from '#test/support/factories.ts';

let ctx: TestContext;
beforeAll(async () => {
	ctx = await testContext({ now: '2026-03-04T10:11:12.345Z' });
});
afterAll(() => ctx.close());

let workspace: Workspace;
let scope: Scope;
let surveyId: string;
const of = (id: 'enps' | 'ces-v1' | 'thumbs') =>
	definitionFrom(
		templates.find((template) => template.id === id)!,
		'en',
	);
beforeEach(async () => {
	ctx.setClock(new Date('2026-03-04T10:11:12.345Z'));
	({ workspace, scope } = await makeTenant(ctx, { timeZone: 'Asia/Colombo' }));
	surveyId = await makeSurvey(ctx, workspace.id, { definition: of('enps') });
	await makeMember(ctx, workspace.id, { wantsDetractorMail: true });
});

let forms = 0;
const answer = async (score: number, comment = '', key = `form-${++forms}`.padEnd(22, '0')) => {
	const asked = await asking.find(ctx, tokenOf(ctx, 'open', workspace.id, surveyId));
	const sent = { score, comment, language: 'si' as const, channel: 'embed' as const, submissionKey: key };
	return responses.submit(ctx, asked, { ...sent, properties: [{ key: 'team', value: 'north' }] });
};
const rows = () => ctx.rows.responses.find({ workspaceId: workspace.id }).lean();
const show = (query = '') => reports.forSurvey(ctx, scope, workspace, surveyId, new URLSearchParams(query));
const comments = async (query = '') =>
	(await answers.anonymousList(ctx, scope, await show(query)))?.map(({ comment }) => comment).sort() ?? null;
const csv = async (query = '') => {
	const file = await exports.answers(ctx, scope, workspace, surveyId, new URLSearchParams(query));
	return (await Array.fromAsync(file.lines)).join('');
};

describe('an anonymous answer', () => {
	it('is kept with its week, and with nothing that leads to anybody', async () => {
		await answer(2, 'Too loud');
		const [row] = await rows();
		expect(row).toMatchObject({
			...{ score: 2, comment: 'Too loud', channel: 'link', language: '', properties: [], kind: 'real' },
			...{ contactId: null, invitationId: null, askedAt: null, externalId: null },
			// Monday, 2 March, in Colombo.
			answeredAt: new Date('2026-03-01T18:30:00Z'),
			updatedAt: new Date('2026-03-01T18:30:00Z'),
		});
		expect(JSON.stringify(row)).not.toMatch(/2026-03-04|north|"si"/);
	});

	it('tells nobody by mail', async () => {
		await answer(0, 'Bad');
		ctx.pass(60_000);
		await ctx.runDueJobs();
		expect(await ctx.rows.alerts.countDocuments({ workspaceId: workspace.id })).toBe(0);
	});

	it('is one answer however often its form is sent, can be changed in its week, and tells no time by that', async () => {
		const key = 'k'.repeat(22);
		await answer(2, 'Loud', key);
		ctx.pass(3 * 86_400_000);
		expect(await answer(9, 'Quiet now', key)).toMatchObject({ score: 9, language: '' });
		expect(await rows()).toMatchObject([{ score: 9, comment: 'Quiet now', language: '' }]);
		expect((await rows())[0]!.updatedAt.toISOString()).toMatch(/^2026-03-01T18:30:00/);
		ctx.pass(3 * 86_400_000);
		expect(await answer(1, 'No', key)).toBeNull();
	});
});

describe('the report of an anonymous survey', () => {
	it('shows nothing of four answers, and says that some wait', async () => {
		for (const score of [9, 9, 0, 7]) await answer(score, 'Hm');
		const report = await show();
		expect(report.headline).toMatchObject({ n: 0, value: null });
		expect(report.anonymity).toMatchObject({ isWaiting: true });
		expect(await comments()).toEqual([]);
		expect(await csv()).not.toContain('Hm');
		expect((await reports.summaries(ctx, scope, [surveyId])).get(surveyId)!.n).toBe(0);
	});

	it('shows five together, without buckets that hold fewer', async () => {
		for (const score of [9, 9, 9, 0, 7]) await answer(score, `I gave ${score}`);
		const report = await show();
		expect(report.headline).toMatchObject({ n: 5, value: 40, buckets: [] });
		expect(report.periods.every(({ counts }) => Object.keys(counts).length === 0)).toBe(true);
		expect(report.anonymity).toEqual({ isWaiting: false, buckets: [] });
		expect(await comments()).toHaveLength(5);
		expect(await comments('bucket=detractor')).toBeNull();
		expect(await comments('words=gave+0')).toBeNull();
		expect(await csv('words=gave+0')).not.toContain('gave');
		expect(await csv()).not.toMatch(/Score|2026-03-04/);
	});

	it('adds a week of two to those after it, wherever it is looked at', async () => {
		for (const score of [9, 0, 5, 6, 10]) await answer(score, 'first');
		ctx.pass(7 * 86_400_000);
		for (const score of [1, 2]) await answer(score, 'second');
		expect((await show()).headline.n).toBe(5);
		expect((await show('from=2026-03-09&to=2026-03-15')).headline.n).toBe(0);
		expect(await comments()).toEqual(Array(5).fill('first'));
		ctx.pass(7 * 86_400_000);
		for (const score of [3, 4, 8]) await answer(score, 'third');
		expect((await show()).headline.n).toBe(10);
		expect((await show('per=week')).periods.map(({ n }) => n).filter(Boolean)).toEqual([5, 5]);
	});

	it('tells buckets, and narrows comments to one, where each holds five', async () => {
		for (const score of [9, 10, 9, 10, 9, 0, 1, 2, 3, 4, 5]) await answer(score, score > 8 ? 'good' : 'bad');
		const { headline, anonymity } = await show();
		expect(headline.buckets.map(({ count }) => count)).toEqual([6, 0, 5]);
		expect(anonymity!.buckets).toContain('detractor');
		expect(await comments('bucket=promoter')).toEqual(Array(5).fill('good'));
		expect(await comments('bucket=promoter&range=30-days')).toHaveLength(11);
	});

	it('has no people to export, no comparison and no mail', async () => {
		await expect(exports.peopleWho(ctx, scope, workspace, surveyId, new URLSearchParams())).rejects.toThrow(
			'anonymous',
		);
		expect(await show('by=team&language=si')).toMatchObject({ comparison: null, responseRate: null });
		await expect(sendings.sendableSurvey(ctx, scope, surveyId)).rejects.toThrow('is anonymous');
		expect(await sendings.sendableSurveys(ctx, scope)).toEqual([]);
	});
});

describe('a survey that has answers or was published', () => {
	const edit = (draft: ReturnType<typeof of>) =>
		surveys.saveDraft(ctx, scope, surveyId, { draftRevision: 1, name: 'After a purchase', draft });

	it('keeps its metric and the length of its scale', async () => {
		await expect(edit(of('thumbs'))).rejects.toMatchObject({
			name: 'Invalid',
			message: expect.stringContaining('Duplicate this survey'),
			fields: { metric: expect.any(String) },
		});
	});

	it('may change words and order', async () => {
		const draft = of('enps');
		const saved = await edit({ ...draft, scale: { ...draft.scale, order: 'high-first' }, hasComment: false });
		expect(saved.draft.scale.order).toBe('high-first');
	});
});

it('never mails the effort of 2010', async () => {
	const old = await makeSurvey(ctx, workspace.id, { definition: of('ces-v1'), name: 'History' });
	await expect(sendings.sendableSurvey(ctx, scope, old)).rejects.toThrow(
		'“History” holds past answers on the old scale of effort. Make a CES 2.0 survey to ask from now on.',
	);
});

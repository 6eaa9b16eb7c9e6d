import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';
import { newQuestion } from '#lib/domain/survey/question.ts';
import * as answers from '#lib/server/services/answers.ts';
import * as asking from '#lib/server/services/asking.ts';
import * as exports from '#lib/server/services/exports.ts';
import * as reports from '#lib/server/services/reports.ts';
import * as responses from '#lib/server/services/responses.ts';
import * as sendings from '#lib/server/services/sendings.ts';
import * as surveys from '#lib/server/services/surveys.ts';
import * as openness from '#lib/server/services/openness.ts';
import * as surveyDeletions from '#lib/server/services/survey-deletions.ts';
import * as surveyLists from '#lib/server/services/survey-lists.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
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
const week = 7 * 86_400_000;
const rows = () => ctx.rows.responses.find({ workspaceId: workspace.id }).lean();
const show = (query = '') => reports.forSurvey(ctx, scope, workspace, surveyId, new URLSearchParams(query));
const comments = async (query = '') =>
	(await answers.anonymousList(ctx, scope, await show(query))).comments?.map(({ comment }) => comment).sort() ?? null;
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
		ctx.pass(week);
		const report = await show();
		expect(report.headline).toMatchObject({ n: 0, value: null });
		expect(report.anonymity).toMatchObject({ isWaiting: true });
		expect(await comments()).toEqual([]);
		expect(await csv()).not.toContain('Hm');
		expect((await reports.summaries(ctx, scope, [surveyId])).get(surveyId)!.n).toBe(0);
	});

	it('shows five together, without buckets that hold fewer', async () => {
		for (const score of [9, 9, 9, 0, 7]) await answer(score, `I gave ${score}`);
		ctx.pass(week);
		const report = await show();
		expect(report.headline).toMatchObject({ n: 5, value: 40, buckets: [] });
		expect(report.periods.every(({ counts }) => Object.keys(counts).length === 0)).toBe(true);
		expect(report.anonymity).toEqual({ isWaiting: false, inBuckets: 0, buckets: [] });
		expect(await comments()).toHaveLength(5);
		expect(await comments('bucket=detractor')).toBeNull();
		expect(await comments('words=gave+0')).toBeNull();
		expect(await csv('words=gave+0')).not.toContain('gave');
		expect(await csv()).not.toMatch(/Score|2026-03-04/);
	});

	it('shows a week when it is over, and nothing of it before, to whoever watches', async () => {
		const look = async () => {
			const { headline, anonymity, periods, revision } = await show();
			const list = (await reports.summaries(ctx, scope, [surveyId])).get(surveyId)!.n;
			return { headline, anonymity, periods, revision, list, comments: await comments(), csv: await csv() };
		};
		const before = await look();
		for (const score of [9, 0, 5, 6, 10, 3]) {
			await answer(score, 'running');
			expect(await look()).toEqual(before);
		}
		// Sunday, 8 March, 23:59 where a day ends last on earth; and a minute later.
		ctx.setClock(new Date('2026-03-09T11:59:00Z'));
		expect((await show()).headline.n).toBe(0);
		ctx.pass(60_000);
		const after = await look();
		expect(after).toMatchObject({ headline: { n: 6 }, list: 6 });
		expect(after.comments).toHaveLength(6);
		expect(after.revision).not.toBe(before.revision);
	});

	it('tells nobody when an answer came by anything that pages read, nor by a quota that it fills', async () => {
		const row = () => ctx.rows.surveys.findById(surveyId).lean();
		const survey = async () => surveys.byId(ctx, scope, surveyId);
		await ctx.rows.surveys.updateOne({ _id: new ObjectId(surveyId) }, { $set: { quota: 2 } });
		const look = async () => ({
			row: await row(),
			state: await openness.stateOf(ctx, await survey()),
			contents: await surveyDeletions.contentsOf(ctx, scope, surveyId),
			revision: await reports.revision(ctx, scope, surveyId),
			list: await surveyLists.revision(ctx, scope),
		});
		const before = await look();
		for (const score of [9, 0, 5]) {
			await answer(score);
			ctx.pass(3 * 60_000);
			await ctx.runDueJobs();
			expect(await look()).toEqual(before);
		}
		expect(before.contents).toMatchObject({ answers: 0, mayBeMore: true });
		ctx.pass(week);
		expect(await look()).toMatchObject({ state: { kind: 'full' }, contents: { answers: 3 } });
		await expect(answer(9)).rejects.toThrow();
	});

	it.each(['Pacific/Kiritimati', 'UTC', 'America/Los_Angeles', 'Etc/GMT+12'])(
		'shows the same sets of answers after the workspace moved to %s',
		async (timeZone) => {
			const monday = new Date('2026-03-08T18:30:00Z');
			const give = async (...scores: number[]) => {
				for (const score of scores) await answer(score, 'x');
			};
			const move = async () => {
				await ctx.rows.workspaces.updateOne({ _id: new ObjectId(workspace.id) }, { $set: { timeZone } });
				workspace = { ...workspace, timeZone };
			};
			await give(9, 9, 9, 9, 9);
			ctx.setClock(new Date(monday.getTime() + 3_600_000));
			await give(0, 0);
			const shownAt = async (hours: number) => {
				ctx.setClock(new Date(monday.getTime() + hours * 3_600_000));
				return (await show()).headline.n;
			};
			expect(await shownAt(2)).toBe(0);
			await move();
			expect(await shownAt(2)).toBe(0);
			expect(await shownAt(18)).toBe(5);
			await give(0, 0, 0);
			expect((await comments())!.length).toBe(5);
			expect(await shownAt(7 * 24 + 17)).toBe(5);
			expect(await shownAt(7 * 24 + 18)).toBe(10);
			expect((await show('per=week')).periods.map(({ from, n }) => [from, n])).toEqual([
				['2026-03-02', 5],
				['2026-03-09', 5],
			]);
			expect((await comments())!.length).toBe(10);
		},
	);

	it('adds a week of two to those after it, wherever it is looked at', async () => {
		for (const score of [9, 0, 5, 6, 10]) await answer(score, 'first');
		ctx.pass(week);
		for (const score of [1, 2]) await answer(score, 'second');
		ctx.pass(week);
		expect(await show()).toMatchObject({ headline: { n: 5 }, anonymity: { isWaiting: true } });
		expect((await show('from=2026-03-09&to=2026-03-15')).headline.n).toBe(0);
		expect(await comments()).toEqual(Array(5).fill('first'));
		for (const score of [3, 4, 8]) await answer(score, 'third');
		ctx.pass(week);
		expect((await show()).headline.n).toBe(10);
		expect((await show('per=week')).periods.map(({ n }) => n).filter(Boolean)).toEqual([5, 5]);
	});

	it('tells buckets, and narrows comments to one, where each holds five', async () => {
		for (const score of [9, 10, 9, 10, 9, 0, 1, 2, 3, 4, 5]) await answer(score, score > 8 ? 'good' : 'bad');
		ctx.pass(week);
		const { headline, anonymity } = await show();
		expect(headline.buckets.map(({ count }) => count)).toEqual([6, 0, 5]);
		expect(anonymity!.buckets).toContain('detractor');
		expect(await comments('bucket=promoter')).toEqual(Array(5).fill('good'));
		expect(await comments('bucket=promoter&range=30-days')).toHaveLength(11);
		// Six more, one of them a promoter: shown in the score, but the buckets stay those of eleven.
		for (const score of [9, 0, 1, 2, 3, 4]) await answer(score, score > 8 ? 'new good' : 'new bad');
		ctx.pass(week);
		expect(await show()).toMatchObject({ headline: { n: 17 }, anonymity: { inBuckets: 11 } });
		expect(await comments('bucket=promoter')).toEqual(Array(5).fill('good'));
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

describe('further questions of an anonymous survey', () => {
	const choice = newQuestion('one-choice', 'q1');
	const [words, stars] = [newQuestion('long-text', 'q2'), newQuestion('rating', 'q3')];
	const titles = { q1: 'Where?', q2: 'Why?', q3: 'How well?' };
	const texts = Object.fromEntries(
		Object.entries(titles).map(([id, title]) => [id, { title, options: { o1: 'Office', o2: 'Home' } }]),
	);
	beforeEach(async () => {
		const definition = { ...of('enps'), questions: [choice, words, stars], texts: { en: { questions: texts } } };
		surveyId = await makeSurvey(ctx, workspace.id, { definition });
	});

	const respond = async (
		score: number,
		given: { q1?: string; q2?: string; q3?: number },
		other: string | null = null,
	) => {
		const submissionKey = `form-${++forms}`.padEnd(22, '0');
		await answer(score, `comment ${forms}`, submissionKey);
		const asked = await asking.find(ctx, tokenOf(ctx, 'open', workspace.id, surveyId));
		const answers = Object.entries(given).map(([question, value]) => ({
			question,
			value: question === 'q1' ? { options: other ? [] : [String(value)], other } : value,
		}));
		const sender = { language: 'si' as const, channel: 'link' as const, submissionKey };
		await responses.supplement(ctx, asked, sender, { questions: ['q1', 'q2', 'q3'], answers });
	};
	const questions = async (query = '') => {
		const list = (await answers.anonymousList(ctx, scope, await show(query))).questions;
		return Object.fromEntries(list.map((question) => [question.id, question]));
	};

	it('are told once each choice has five answers or none, and their words apart from all else', async () => {
		for (let each = 0; each < 5; each++) await respond(each, { q1: 'o1', q2: `Reason ${5 - each}`, q3: 4 });
		for (let each = 0; each < 3; each++) await respond(9, { q1: 'o2', q2: 'Fine', q3: 2 });
		expect(await questions()).toMatchObject({ q1: { told: null }, q2: { told: null }, q3: { told: null } });
		ctx.pass(week);
		const { q1, q2, q3 } = await questions();
		expect(q1).toMatchObject({ title: 'Where?', told: null, choices: [], rest: { count: 0 }, isWaiting: true });
		expect(q2).toMatchObject({ title: 'Why?', told: { of: 8 }, answered: 8, isWaiting: false });
		expect(q2!.texts.map(({ text }) => text)).toEqual([
			...['Fine', 'Fine', 'Fine', 'Reason 1', 'Reason 2', 'Reason 3', 'Reason 4', 'Reason 5'],
		]);
		expect(Object.keys(q2!.texts[0]!).sort()).toEqual(['from', 'text', 'until']);
		expect(q3).toMatchObject({ mean: 3.25, points: 5, answered: 8 });
		expect(await csv()).not.toContain('Office');
		for (let each = 0; each < 5; each++) await respond(10, { q1: 'o2' });
		ctx.pass(week);
		expect((await questions()).q1).toMatchObject({
			told: { of: 13, from: '2026-03-02', until: '2026-03-16' },
			choices: [
				{ text: 'Home', count: 8 },
				{ text: 'Office', count: 5 },
			],
		});
		const file = await csv();
		expect(file).toContain('2026-03-02,2026-03-15,,Where? (q1),Home,8\r\n');
		expect(file).toContain('2026-03-02,2026-03-08,,Why? (q2),Reason 1,\r\n');
		expect(file).toContain(',How well? (q3),3.25,8\r\n');
		expect((await questions('from=2026-03-02&to=2026-03-08')).q1).toMatchObject({ told: null });
	});

	it('tell rare choices of many as one, and no words of their own that few wrote', async () => {
		const definition = {
			...of('enps'),
			questions: [{ ...choice, hasOther: true }],
			texts: { en: { questions: texts } },
		};
		surveyId = await makeSurvey(ctx, workspace.id, { definition });
		for (let each = 0; each < 18; each++) await respond(9, { q1: each < 12 ? 'o1' : 'o2' });
		for (let each = 0; each < 3; each++) await respond(9, { q1: '' }, 'In a van');
		ctx.pass(week);
		expect((await questions()).q1).toMatchObject({
			choices: [{ text: 'Office', count: 12 }],
			rest: { texts: ['Home', 'Other'], count: 9 },
			texts: [],
		});
		expect(await csv()).not.toContain('van');
		for (let each = 0; each < 5; each++) await respond(9, { q1: '' }, 'At sea');
		ctx.pass(week);
		expect((await questions()).q1!.texts.map(({ text }) => text)).toEqual(Array(5).fill('At sea'));
	});

	it('say nothing of four who answered, nor of four who did not', async () => {
		for (let each = 0; each < 4; each++) await respond(each, { q2: 'A few' });
		for (let each = 0; each < 4; each++) await respond(each, { q3: 3 });
		ctx.pass(week);
		expect(await questions()).toMatchObject({ q1: { told: { of: 8 }, answered: 0 }, q2: { told: null } });
		expect(await csv()).not.toContain('A few');
		for (let each = 0; each < 5; each++) await respond(each, { q2: 'Some' });
		ctx.pass(week);
		// Nine wrote, and four did not.
		expect((await questions()).q2).toMatchObject({ told: null });
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

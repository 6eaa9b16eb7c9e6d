import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, NotFound } from '#lib/domain/errors.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import * as exports from '#lib/server/services/exports.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { definition, makeAnswers, makeContact, makeSurvey, makeTenant } from '#test/support/factories.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';

let ctx: TestContext;
beforeAll(async () => {
	ctx = await testContext({ now: '2024-04-10T12:00:00Z' });
});
afterAll(() => ctx.close());

let workspace: Workspace;
let scope: Scope;
let surveyId: string;
beforeEach(async () => {
	({ workspace, scope } = await makeTenant(ctx, { timeZone: 'Asia/Kathmandu' }));
	surveyId = await makeSurvey(ctx, workspace.id);
});

const textOf = async ({ lines }: { lines: AsyncGenerator<string> }) => {
	let text = '';
	for await (const line of lines) text += line;
	return text;
};
const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true });
const answersAs = async (query = '') =>
	rowsOf(await textOf(await exports.answers(ctx, scope, workspace, surveyId, new URLSearchParams(query))));
const peopleAs = async (query = '') =>
	rowsOf(await textOf(await exports.peopleWho(ctx, scope, workspace, surveyId, new URLSearchParams(query))));
const at = '2024-04-01T20:00:00Z';

describe('the export of answers', () => {
	it('has every column of every version, in the zone of the workspace', async () => {
		await ctx.rows.surveyVersions.insertMany([
			{
				workspaceId: new ObjectId(workspace.id),
				surveyId: new ObjectId(surveyId),
				version: 2,
				definition: definition({ texts: { en: { followUps: { promoter: 'What made your day?' } } } }),
				publishedAt: ctx.clock(),
			},
		]);
		const contactId = await makeContact(ctx, workspace.id, { email: 'Ann@Customer.test', name: 'Ann' });
		await makeAnswers(ctx, workspace.id, surveyId, [
			{
				score: 9,
				at,
				version: 2,
				comment: 'Fast',
				properties: [{ key: 'plan', value: 'Pro' }],
				contactId,
				channel: 'email',
				askedAt: new Date('2024-03-31T00:00:00Z'),
			},
			{
				score: 3,
				at: '2024-03-01T00:00:00Z',
				properties: [
					{ key: 'Name', value: 'x' },
					{ key: 'city', value: 'Yerevan' },
				],
			},
		]);
		const [first, second] = await answersAs();
		expect(first).toEqual({
			Score: '9',
			Bucket: 'promoter',
			Comment: 'Fast',
			'Follow-up question': 'What made your day?',
			Language: 'en',
			Channel: 'email',
			'Asked at': '2024-03-31T05:45:00+05:45',
			'Answered at': '2024-04-02T01:45:00+05:45',
			Version: '2',
			'E-mail': 'Ann@Customer.test',
			Name: 'Ann',
			'May be contacted': '',
			'Contact e-mail': '',
			'Answer id': expect.stringMatching(/^[0-9a-f]{24}$/),
			'Name (property)': '',
			city: '',
			plan: 'Pro',
		});
		expect(second).toMatchObject({
			Bucket: 'detractor',
			'Name (property)': 'x',
			city: 'Yerevan',
			plan: '',
			'E-mail': '',
		});
		expect(second!['Follow-up question']).not.toBe('');
	});

	it('begins with a byte-order mark, ends lines with CR LF and quotes what needs it', async () => {
		await makeAnswers(ctx, workspace.id, surveyId, [{ score: 9, at, comment: 'He said "no",\nthen yes' }]);
		const text = await textOf(await exports.answers(ctx, scope, workspace, surveyId, new URLSearchParams()));
		expect(text.startsWith('\uFEFFScore,')).toBe(true);
		expect(text.endsWith('\r\n')).toBe(true);
		expect(text).toContain('"He said ""no"",\nthen yes"');
		expect(rowsOf(text)[0]!.Comment).toBe('He said "no",\nthen yes');
	});

	it.each(['=HYPERLINK("http://x")', '+1', '-1+2', '@SUM(A1)', '\tx', '\rx', '＝1+1'])(
		'makes %j inert',
		async (comment) => {
			await makeAnswers(ctx, workspace.id, surveyId, [
				{ score: 9, at, comment, properties: [{ key: comment, value: comment }] },
			]);
			const [row] = await answersAs();
			expect(row!.Comment).toBe(`'${comment}`);
			expect(row![`'${comment}`]).toBe(`'${comment}`);
		},
	);

	it('is narrowed by the filters of the page, those of the list too', async () => {
		await makeAnswers(ctx, workspace.id, surveyId, [
			{ score: 9, at, comment: 'fast', language: 'si' },
			{ score: 2, at, comment: 'slow', language: 'si' },
			{ score: 3, at: '2024-01-01T00:00:00Z', comment: 'slow', language: 'en' },
		]);
		const scores = async (query: string) => (await answersAs(query)).map(({ Score }) => Score);
		expect((await scores('')).sort()).toEqual(['2', '3', '9']);
		expect(await scores('bucket=detractor')).toEqual(['2', '3']);
		expect(await scores('words=slow&language=si')).toEqual(['2']);
		expect(await scores('from=2024-01-01&to=2024-01-31')).toEqual(['3']);
	});

	it('leaves out test, preview, sample and deleted answers', async () => {
		const kinds = ['real', 'test', 'preview', 'sample'] as const;
		await makeAnswers(
			ctx,
			workspace.id,
			surveyId,
			kinds.map((kind, score) => ({ score, at, kind })),
		);
		expect((await answersAs()).map(({ Score }) => Score)).toEqual(['0']);
		await ctx.rows.responses.updateMany(
			{ workspaceId: new ObjectId(workspace.id) },
			{ $set: { deletedAt: new Date() } },
		);
		expect(await answersAs()).toEqual([]);
	});

	it('is refused for a sample survey and for another workspace', async () => {
		const sample = await makeSurvey(ctx, workspace.id, { isSample: true });
		await expect(exports.answers(ctx, scope, workspace, sample, new URLSearchParams())).rejects.toThrow(Conflict);
		const stranger = await makeTenant(ctx);
		await expect(
			exports.answers(ctx, stranger.scope, stranger.workspace, surveyId, new URLSearchParams()),
		).rejects.toThrow(NotFound);
	});

	it('is written a batch at a time', async () => {
		const given = Array.from({ length: 1_700 }, (_, index) => ({ score: index % 11, at, comment: `c${index}` }));
		await makeAnswers(ctx, workspace.id, surveyId, given);
		const { lines } = await exports.answers(ctx, scope, workspace, surveyId, new URLSearchParams());
		const parts: string[] = [];
		for await (const part of lines) parts.push(part);
		expect(parts.length).toBeGreaterThanOrEqual(5);
		expect(new Set(rowsOf(parts.join('')).map(({ Comment }) => Comment)).size).toBe(1_700);
	});
});

describe('the export of people', () => {
	it('has each person once, with their newest answer within the filters', async () => {
		const ann = await makeContact(ctx, workspace.id, {
			email: 'ann@customer.test',
			properties: [{ key: 'plan', value: 'Pro' }],
		});
		const bob = await makeContact(ctx, workspace.id, { email: 'bob@customer.test', name: '=Bob' });
		await makeAnswers(ctx, workspace.id, surveyId, [
			{ score: 9, at: '2024-04-01T00:00:00Z', contactId: ann },
			{ score: 2, at: '2024-03-01T00:00:00Z', contactId: ann },
			{ score: 7, at: '2024-02-01T00:00:00Z', contactId: bob },
			{ score: 1, at: '2024-02-02T00:00:00Z' },
		]);
		const scores = async (query = '') => (await peopleAs(query)).map((row) => [row['E-mail'], row['Last score']]);
		expect(await scores()).toEqual([
			['ann@customer.test', '9'],
			['bob@customer.test', '7'],
		]);
		expect(await scores('bucket=detractor')).toEqual([['ann@customer.test', '2']]);
		expect((await peopleAs()).map(({ Name, plan }) => [Name, plan])).toEqual([
			['Ann', 'Pro'],
			["'=Bob", ''],
		]);
	});
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import * as imports from '#lib/server/services/imports.ts';
import * as importRuns from '#lib/server/services/importing/run.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeSurvey, makeTenant } from '#test/support/factories.ts';
import { columns, peopleIn, undo, upload } from './support.ts';

let ctx: TestContext;
let scope: Scope;
let workspace: Workspace;
beforeAll(async () => {
	ctx = await testContext();
});
afterAll(() => ctx.close());
beforeEach(async () => {
	({ scope, workspace } = await makeTenant(ctx));
});

/** Runs them side by side, as two processes would, and returns how they went. */
const runAll = async (importIds: readonly string[]) => {
	await Promise.all(importIds.map((importId) => importRuns.run(ctx, { workspaceId: scope.workspaceId, importId })));
	return Promise.all(importIds.map((importId) => imports.byId(ctx, scope, importId)));
};

const uploadPeople = async (file: string) => {
	const { id } = await upload(ctx, scope, 'people', file);
	await imports.startPeople(ctx, scope, id, { columns: columns('email', 'name', 'property') });
	return id;
};
/** People `from` to `until`, each with the name of the file they are in. */
const people = (from: number, until: number, name: string) =>
	[
		'email,name,plan',
		...Array.from({ length: until - from }, (_, at) => `p${from + at}@customers.lk,${name},${name} plan`),
	].join('\n');

describe('two files of people at once', () => {
	it('make one person of each address, whole as one of the files has them, and both can be undone', async () => {
		const files = [people(0, 2_000, 'Left'), people(1_000, 3_000, 'Right')];
		const ids = await Promise.all(files.map(uploadPeople));
		const [left, right] = await runAll(ids);
		expect([left!.status, right!.status]).toEqual(['done', 'done']);
		expect(left!.counts.added + right!.counts.added).toBe(3_000);
		for (const { counts } of [left!, right!]) expect(counts).toMatchObject({ refused: 0, noted: 0 });
		expect(left!.counts.added + left!.counts.updated + left!.counts.unchanged).toBe(2_000);
		const here = await peopleIn(ctx, scope);
		expect(here).toHaveLength(3_000);
		for (const { name, properties } of here) expect(properties).toEqual({ plan: `${name} plan` });
		expect(here.filter(({ address }) => address === 'p7@customers.lk')).toMatchObject([{ name: 'Left' }]);
		for (const id of ids) expect(await undo(ctx, scope, id)).toMatchObject({ status: 'undone', keptCount: 0 });
		expect(await peopleIn(ctx, scope)).toEqual([]);
	});

	it('that are the same file add and change nobody twice', async () => {
		const file = people(0, 1_500, 'Ana');
		const [one, two] = await runAll(await Promise.all([uploadPeople(file), uploadPeople(file)]));
		expect(one!.id).not.toBe(two!.id);
		expect(one!.counts.added + two!.counts.added).toBe(1_500);
		expect(one!.counts.unchanged + two!.counts.unchanged).toBe(1_500);
		expect(await peopleIn(ctx, scope)).toHaveLength(1_500);
	});
});

describe('one upload', () => {
	it('started twice at once, and worked on by two, runs once', async () => {
		const { id } = await upload(ctx, scope, 'people', people(0, 1_200, 'Ana'));
		const form = { columns: columns('email', 'name', 'property') };
		await Promise.all([1, 2, 3].map(() => imports.startPeople(ctx, scope, id, form)));
		const [given] = await runAll([id, id, id]);
		expect(given).toMatchObject({ status: 'done', nextRow: 1_200, counts: { added: 1_200, unchanged: 0 } });
		expect(await peopleIn(ctx, scope)).toHaveLength(1_200);
	});
});

describe('two files of answers at once', () => {
	const file = (from: number, until: number, day: string) =>
		[
			'number,score,when,mail',
			...Array.from({ length: until - from }, (_, at) => `a${from + at},${at % 11},${day},p${at % 90}@customers.lk`),
		].join('\n');
	const uploadAnswers = async (survey: string, text: string, idRole: 'id' | 'skip') => {
		const { id } = await upload(ctx, scope, 'answers', text);
		await imports.startAnswers(ctx, scope, workspace, id, {
			columns: columns(idRole, 'score', 'date', 'email'),
			...{ survey, name: '', timeZone: 'UTC', dateFormat: 'auto' as const },
		});
		return id;
	};
	const stored = () => ctx.rows.responses.find({ workspaceId: workspace.id }).select('externalId').lean();

	it.each(['id', 'skip'] as const)('that are the same file (%s) are each answer once', async (idRole) => {
		const survey = await makeSurvey(ctx, workspace.id);
		const text = file(0, 1_500, '2024-01-02');
		const ids = await Promise.all([1, 2].map(() => uploadAnswers(survey, text, idRole)));
		const [one, two] = await runAll(ids);
		expect([one!.status, two!.status]).toEqual(['done', 'done']);
		expect(one!.counts.added + two!.counts.added).toBe(1_500);
		expect(one!.counts.unchanged + two!.counts.unchanged).toBe(1_500);
		expect(await stored()).toHaveLength(1_500);
		expect(await peopleIn(ctx, scope)).toHaveLength(90);
	});

	it('that share ids keep the first of each, and say so of the other', async () => {
		const survey = await makeSurvey(ctx, workspace.id);
		const files = [file(0, 1_000, '2024-01-02'), file(500, 1_500, '2024-01-03')];
		const [one, two] = await runAll(await Promise.all(files.map((text) => uploadAnswers(survey, text, 'id'))));
		expect(one!.counts.added + two!.counts.added).toBe(1_500);
		expect(one!.counts.refused + two!.counts.refused).toBe(500);
		const ids = (await stored()).map(({ externalId }) => externalId);
		expect(new Set(ids).size).toBe(1_500);
	});
});

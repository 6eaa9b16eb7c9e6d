import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ImportKind } from '#lib/domain/import/import.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import * as database from '#lib/server/db/database.ts';
import * as imports from '#lib/server/services/imports.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { freshDatabase, type FreshDatabase } from '#test/support/database.ts';
import { makeContact, makeSurvey, makeTenant } from '#test/support/factories.ts';
import { columns, peopleIn, upload } from './support.ts';

let fresh: FreshDatabase;
let db: database.Database;
let ctx: TestContext;
let worker: ChildProcess | null = null;

beforeAll(async () => {
	fresh = await freshDatabase();
	db = await database.open(fresh.calmUri, { kind: 'embedded' });
	ctx = await testContext({ now: new Date(), db });
});
afterEach(() => worker?.kill('SIGKILL'));
afterAll(async () => {
	await ctx.close();
	await database.close(db);
	await fresh.stop();
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

type Running = { workspaceId: string; importId: string };

const startWorker = async ({ workspaceId, importId }: Running): Promise<ChildProcess> => {
	const env = { ...process.env, MONGODB_URI: '', SECRET: 'the same in every process of the test', LOG_LEVEL: 'silent' };
	worker = fork('test/support/import-worker.ts', [fresh.uri, workspaceId, importId], {
		env,
		// Its start keeps compiled code, which every start after it is quicker by.
		execArgv: ['--import', './src/require-node.js'],
	});
	const failed = once(worker, 'exit').then(([code]) => Promise.reject(new Error(`The worker ended with ${code}`)));
	failed.catch(() => {});
	await Promise.race([once(worker, 'message'), failed]);
	return worker;
};

/** Starts a worker and kills it once `isTime`, or at a moment in the middle of nowhere. */
const killWhen = async (running: Running, isTime: (() => Promise<boolean>) | number) => {
	const child = await startWorker(running);
	const ended = once(child, 'exit');
	if (typeof isTime === 'number') await pause(isTime);
	else while (child.exitCode === null && !(await isTime())) await pause(2);
	child.kill('SIGKILL');
	const [, signal] = await ended;
	// As if the lease had run out.
	await db.models.imports.updateOne({ _id: running.importId }, { leaseUntil: new Date(0) });
	return signal === 'SIGKILL';
};
const finish = async (running: Running) => {
	const child = await startWorker(running);
	expect(await once(child, 'exit')).toEqual([0, null]);
};

const rowCount = 6_000;
const lines = (kind: ImportKind): string => {
	const rows = Array.from({ length: rowCount }, (_, at) => {
		const email = at % 40 === 7 ? `nobody ${at}` : `p${at % 31 === 3 ? at - 3 : at}@customers.lk`;
		if (kind === 'people') return `${email},Person ${at},${at % 2 ? 'si' : 'xx'},${at % 3 ? 'free' : 'pro'}`;
		return `${at % 50 === 9 ? 11 : at % 11},2024-0${1 + (at % 9)}-11 10:00,Comment ${at},${at % 2 ? '' : email},${at % 70 === 5 ? 'again' : at}`;
	});
	return [kind === 'people' ? 'email,name,lang,plan' : 'score,when,words,mail,number', ...rows].join('\n');
};

/** A workspace with people that the file changes, and an import of it that nobody works on yet. */
const begin = async (kind: ImportKind) => {
	const { workspace, scope } = await makeTenant(ctx);
	for (let at = 0; at < 1_500; at += 100)
		await makeContact(ctx, workspace.id, {
			email: `p${at}@customers.lk`,
			name: '',
			properties: [{ key: 'plan', value: 'old' }],
		});
	const before = await peopleIn(ctx, scope);
	const { id } = await upload(ctx, scope, kind, lines(kind));
	if (kind === 'people')
		await imports.startPeople(ctx, scope, id, { columns: columns('email', 'name', 'language', 'property') });
	else await startAnswers(scope, workspace, id);
	return { scope, before, running: { workspaceId: workspace.id, importId: id } };
};
const startAnswers = async (scope: Scope, workspace: Workspace, id: string) =>
	imports.startAnswers(ctx, scope, workspace, id, {
		columns: columns('score', 'date', 'comment', 'email', 'id'),
		survey: await makeSurvey(ctx, workspace.id),
		name: '',
		timeZone: 'UTC',
		dateFormat: 'auto',
	});

/** Everything an import leaves, without ids and moments of writing. */
const outcome = async (scope: Scope, importId: string) => {
	const { status, nextRow, counts } = await imports.byId(ctx, scope, importId);
	const answers = await ctx.rows.responses.find({ workspaceId: scope.workspaceId }).sort({ submissionKey: 1 }).lean();
	const refused = await ctx.rows.importRefusals.find({ workspaceId: scope.workspaceId }).sort({ line: 1 }).lean();
	return {
		status,
		nextRow,
		counts,
		people: await peopleIn(ctx, scope),
		answers: answers.map(({ score, comment, answeredAt, externalId, contactId, properties }) => ({
			...{ score, comment, answeredAt, externalId, properties },
			hasPerson: contactId !== null,
		})),
		refused: refused.map(({ line, reason, cells, isTaken }) => ({ line, reason, cells, isTaken })),
		changes: await ctx.rows.importChanges.countDocuments({ workspaceId: scope.workspaceId }),
	};
};

describe.each<ImportKind>(['people', 'answers'])('a worker that is killed in an import of %s', (kind) => {
	it(
		'leaves it to be gone on with: nothing twice, nothing lost, and undone like any other',
		{ timeout: 240_000 },
		async () => {
			const whole = await begin(kind);
			await finish(whole.running);
			const expected = await outcome(whole.scope, whole.running.importId);
			expect(expected).toMatchObject({ status: 'done', nextRow: rowCount });
			expect(expected.refused.length).toBeGreaterThan(100);

			const { scope, before, running } = await begin(kind);
			const rowsRead = async () => (await imports.byId(ctx, scope, running.importId)).nextRow;
			let kills = 0;
			for (const isTime of [
				3,
				async () => (await rowsRead()) >= 500,
				40,
				90,
				async () => (await rowsRead()) >= 3_500,
				25,
			])
				if (await killWhen(running, isTime)) kills++;
			expect(kills, 'it was killed while it ran').toBe(6);
			expect(await rowsRead()).toBeGreaterThanOrEqual(3_500);
			await finish(running);
			expect(await outcome(scope, running.importId)).toEqual(expected);

			await imports.undo(ctx, scope, running.importId);
			const left = async () =>
				(await ctx.rows.contacts.countDocuments({ importId: running.importId })) +
				(await ctx.rows.responses.countDocuments({ importId: running.importId }));
			const most = await left();
			for (const isTime of [async () => (await left()) < most, 15, async () => (await left()) < most / 2])
				await killWhen(running, isTime);
			await finish(running);
			expect(await imports.byId(ctx, scope, running.importId)).toMatchObject({ status: 'undone', keptCount: 0 });
			expect(await peopleIn(ctx, scope)).toEqual(before);
			expect(await ctx.rows.responses.countDocuments({ workspaceId: scope.workspaceId })).toBe(0);
			const { importChunks, importRefusals, importChanges } = ctx.rows;
			const theirs = { workspaceId: scope.workspaceId };
			expect([
				await importChunks.countDocuments(theirs),
				await importRefusals.countDocuments(theirs),
				await importChanges.countDocuments(theirs),
			]).toEqual([0, 0, 0]);
		},
	);
});

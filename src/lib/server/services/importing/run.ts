// Works on an import until it is done: one process at a time under a lease, each batch counted once however often it is tried.
import { randomUUID } from 'node:crypto';
import { Conflict } from '#lib/domain/errors.ts';
import type { CsvRow } from '#lib/domain/import/csv.ts';
import { addCounts, type Import } from '#lib/domain/import/import.ts';
import type { Context } from '../../context.ts';
import * as importFiles from '../../db/import-files.ts';
import * as importRefusals from '../../db/import-refusals.ts';
import * as imports from '../../db/imports.ts';
import { isDatabaseProblem } from '../../db/retry.ts';
import * as surveys from '../../db/surveys.ts';
import * as workspaces from '../../db/workspaces.ts';
import { answersTaker } from './answers.ts';
import { rowsOf } from './file.ts';
import { peopleTaker } from './people.ts';
import type { Taker } from './taker.ts';
import { undo } from './undo.ts';

/** Longer than any batch takes; renewed with each. */
const leaseMs = 30_000;
export const batchSize = 500;
const day = 86_400_000;

type Options = {
	/** Asks to leave off after the batch at hand; somebody goes on from there. */
	stopping?: AbortSignal | undefined;
	/** Told after each batch. */
	onProgress?: (given: Import) => void;
};

type Worker = Options & { ctx: Context; leaseId: string };

const leaseOf = ({ ctx, leaseId }: Worker): imports.Lease => ({
	id: leaseId,
	until: new Date(ctx.clock().getTime() + leaseMs),
});

/** What takes the rows of an import that has a plan. */
export const takerOf = async (ctx: Context, given: Import): Promise<Taker> => {
	if (given.kind === 'people') return peopleTaker(ctx, given);
	const survey = await surveys.byId(ctx.db, given.workspaceId, given.surveyId ?? '');
	const workspace = await workspaces.byId(ctx.db, given.workspaceId);
	const language = survey?.draft.language ?? workspace?.language ?? 'en';
	return answersTaker(ctx, given, { language, timeZone: workspace?.timeZone ?? 'UTC' });
};

/** Takes the rows that are left. Leaves off when asked to, when the import is to be undone, or when the lease is lost. */
const takeRows = async (worker: Worker, given: Import): Promise<void> => {
	const { ctx, stopping, onProgress } = worker;
	const { workspaceId, id } = given;
	const taker = await takerOf(ctx, given);
	let counts = given.counts;
	let rowsRead = 0;
	let batch: CsvRow[] = [];
	const settle = async (): Promise<boolean> => {
		if (!batch.length) return true;
		const outcome = await taker.take(batch);
		await importRefusals.keep(ctx.db, workspaceId, id, outcome.refusals);
		counts = addCounts(counts, outcome.counts);
		batch = [];
		const step = { nextRow: rowsRead, counts };
		const isOurs = await imports.advance(ctx.db, workspaceId, id, 'running', leaseOf(worker), step);
		if (isOurs) onProgress?.({ ...given, ...step });
		return isOurs && !stopping?.aborted;
	};
	for await (const rows of rowsOf(ctx.db, given))
		for (const row of rows) {
			rowsRead++;
			if (rowsRead <= given.nextRow) taker.pass(row);
			else batch.push(row);
			if (batch.length === batchSize && !(await settle())) return;
		}
	if (!(await settle())) return;
	await importFiles.drop(ctx.db, workspaceId, id);
	const finished = { status: 'done' as const, finishedAt: ctx.clock() };
	await imports.advance(ctx.db, workspaceId, id, 'running', leaseOf(worker), finished);
};

const takeBack = async (worker: Worker, given: Import): Promise<void> => {
	const { ctx, stopping } = worker;
	const { workspaceId, id } = given;
	const goOn = async () =>
		(await imports.advance(ctx.db, workspaceId, id, 'undoing', leaseOf(worker), {})) && !stopping?.aborted;
	const keptCount = await undo(ctx, given, goOn);
	if (keptCount === null) return;
	await importFiles.drop(ctx.db, workspaceId, id);
	await importRefusals.drop(ctx.db, workspaceId, id);
	const finished = { status: 'undone' as const, keptCount, finishedAt: ctx.clock() };
	await imports.advance(ctx.db, workspaceId, id, 'undoing', leaseOf(worker), finished);
};

const fail = async (worker: Worker, { workspaceId, id, status }: Import, error: unknown): Promise<void> => {
	const number = randomUUID().slice(0, 8);
	worker.ctx.log.error({ error, number, importId: id }, 'an import broke');
	const problem = { is: 'broke', number } as const;
	const failed = { status: 'failed' as const, problem, finishedAt: worker.ctx.clock() };
	if (await imports.advance(worker.ctx.db, workspaceId, id, status, leaseOf(worker), failed))
		await importFiles.drop(worker.ctx.db, workspaceId, id);
};

/**
 * Runs or undoes an import from where it stands, until there is nothing left to do or somebody else is at it. A database
 * that does not answer throws: the job is tried again later.
 */
export const run = async (
	ctx: Context,
	{ workspaceId, importId }: { workspaceId: string; importId: string },
	options: Options = {},
): Promise<void> => {
	const worker: Worker = { ...options, ctx, leaseId: randomUUID() };
	for (;;) {
		const given = await imports.claim(ctx.db, workspaceId, importId, leaseOf(worker), ctx.clock());
		if (!given) return;
		try {
			await (given.status === 'running' ? takeRows(worker, given) : takeBack(worker, given));
		} catch (error) {
			if (isDatabaseProblem(error) || error instanceof Conflict) throw error;
			await fail(worker, given, error);
		} finally {
			await imports.release(ctx.db, workspaceId, importId, worker.leaseId);
		}
		if (options.stopping?.aborted) return ctx.jobs.enqueue('run-import', { workspaceId, importId }, { key: importId });
	}
};

/** Takes up imports that nobody works on, and forgets uploads that were cut short or not started within a week. */
export const lookAfter = async (ctx: Context): Promise<void> => {
	const now = ctx.clock();
	for (const found of await imports.abandoned(ctx.db, now))
		await ctx.jobs.enqueue('run-import', found, { key: found.importId });
	const ago = (ms: number) => new Date(now.getTime() - ms);
	const forgotten = await imports.forgotten(ctx.db, { uploadingSince: ago(day), mappingSince: ago(7 * day) });
	for (const { workspaceId, importId } of forgotten)
		if (await imports.remove(ctx.db, workspaceId, importId)) await importFiles.drop(ctx.db, workspaceId, importId);
};

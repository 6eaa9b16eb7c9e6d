// Bringing files in: uploaded, their columns named, taken row by row, undone.
import { Conflict, NotFound } from '#lib/domain/errors.ts';
import { refusalColumns } from '#lib/domain/import/columns.ts';
import { canUndo, type Import, type ImportKind } from '#lib/domain/import/import.ts';
import { byteOrderMark, csvRecord } from '#lib/domain/report/csv.ts';
import { oneLine } from '#lib/domain/text.ts';
import { type Scope, type Workspace } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import { rowText } from '#lib/messages/rows.ts';
import type { Context } from '../context.ts';
import * as contactImports from '../db/contact-imports.ts';
import * as importFiles from '../db/import-files.ts';
import * as importRefusals from '../db/import-refusals.ts';
import * as importRows from '../db/imports.ts';
import { inspect, store } from './importing/file.ts';
import { forecast, type Forecast } from './importing/forecast.ts';
import * as plans from './importing/plans.ts';
import type { AnswersForm } from './importing/plans.ts';
import * as surveys from './surveys.ts';

export { answersFormSchema, peopleFormSchema, type AnswersForm } from './importing/plans.ts';
export { mostBytes } from './importing/file.ts';

/** Throws NotFound. */
export const byId = async (ctx: Context, scope: Scope, importId: string): Promise<Import> => {
	const found = await importRows.byId(ctx.db, scope.workspaceId, importId);
	if (!found) throw new NotFound(t.people_no_such_import());
	return found;
};

/** Imports of the workspace, newest first, older than `before`; and whether there are older ones still. */
export const list = async (ctx: Context, scope: Scope, before: Date | null, limit = 30) => {
	const found = await importRows.list(ctx.db, scope.workspaceId, { before, limit: limit + 1 });
	return { imports: found.slice(0, limit), hasOlder: found.length > limit };
};

export type Upload = { kind: ImportKind; fileName: string; bytes: AsyncIterable<Uint8Array> };

/**
 * Takes a file in and looks it through; its columns are named next. Throws Invalid, and leaves nothing behind, for a file
 * that cannot be imported.
 */
export const upload = async (ctx: Context, scope: Scope, { kind, fileName, bytes }: Upload): Promise<Import> => {
	const { workspaceId, userId } = scope;
	const name = oneLine(fileName).slice(0, 200) || 'file.csv';
	const beginning = { kind, surveyId: null, fileName: name, createdBy: userId };
	const importId = await importRows.begin(ctx.db, workspaceId, beginning, ctx.clock());
	const place = { workspaceId, importId };
	try {
		const stored = await store(ctx.db, place, bytes);
		await importRows.ready(ctx.db, workspaceId, importId, { ...stored, ...(await inspect(ctx.db, place)) });
	} catch (error) {
		await importRows.remove(ctx.db, workspaceId, importId);
		await importFiles.drop(ctx.db, workspaceId, importId);
		throw error;
	}
	return byId(ctx, scope, importId);
};

/** An earlier import of the same file whose rows are here, or null. */
export const twin = (ctx: Context, given: Import): Promise<Import | null> => importRows.twin(ctx.db, given);

/** Throws an upload away that was not started; one that was goes on. */
export const discard = async (ctx: Context, scope: Scope, importId: string): Promise<void> => {
	await byId(ctx, scope, importId);
	if (await importRows.remove(ctx.db, scope.workspaceId, importId))
		await importFiles.drop(ctx.db, scope.workspaceId, importId);
};

const begin = async (ctx: Context, scope: Scope, given: Import, plan: Import['plan'], surveyId: string | null) => {
	// Pressed twice: the first one counts, and one job waits.
	await importRows.start(ctx.db, scope.workspaceId, given.id, { plan: plan!, surveyId });
	await ctx.jobs.enqueue('run-import', { workspaceId: scope.workspaceId, importId: given.id }, { key: given.id });
};

const waiting = async (ctx: Context, scope: Scope, importId: string, kind: ImportKind): Promise<Import | null> => {
	const given = await byId(ctx, scope, importId);
	if (given.kind !== kind) throw new NotFound(t.people_no_such_import());
	return given.status === 'mapping' ? given : null;
};

/** Starts an import of people. Throws Invalid with the columns that are wrong. */
export const startPeople = async (
	ctx: Context,
	scope: Scope,
	importId: string,
	form: plans.PeopleForm,
): Promise<void> => {
	const given = await waiting(ctx, scope, importId, 'people');
	if (given) await begin(ctx, scope, given, plans.ofPeople(given, form), null);
};

/** Starts an import of past answers. Throws Invalid with the fields that are wrong. */
export const startAnswers = async (
	ctx: Context,
	scope: Scope,
	workspace: Workspace,
	importId: string,
	form: AnswersForm,
): Promise<void> => {
	const given = await waiting(ctx, scope, importId, 'answers');
	if (!given) return;
	const { plan, newSurvey } = await plans.ofAnswers(ctx, scope, given, form);
	if (newSurvey) await surveys.create(ctx, scope, { ...newSurvey, language: workspace.language });
	await begin(ctx, scope, given, plan, plan.surveyId);
};

/**
 * What a file would become as the form stands, read whole; nothing is written. Throws Invalid as starting it does. Null
 * when it was started meanwhile.
 */
export const check = async (
	ctx: Context,
	scope: Scope,
	importId: string,
	form: { kind: 'people'; values: plans.PeopleForm } | { kind: 'answers'; values: AnswersForm },
): Promise<Forecast | null> => {
	const given = await waiting(ctx, scope, importId, form.kind);
	if (!given) return null;
	const plan =
		form.kind === 'people'
			? plans.ofPeople(given, form.values)
			: (await plans.ofAnswers(ctx, scope, given, form.values)).plan;
	return forecast(ctx, { ...given, plan });
};

/** Undoes an import, from wherever it is. Throws Conflict when there is nothing to undo. */
export const undo = async (ctx: Context, scope: Scope, importId: string): Promise<void> => {
	const given = await byId(ctx, scope, importId);
	if (given.status === 'undoing' || given.status === 'undone') return;
	const isUndoing =
		canUndo(given) &&
		// Where the reply to our own write was lost, its repeat finds nothing to change.
		((await importRows.startUndoing(ctx.db, scope.workspaceId, importId)) ||
			(await byId(ctx, scope, importId)).status === 'undoing');
	if (!isUndoing) throw new Conflict(t.people_import_not_started());
	await ctx.jobs.enqueue('run-import', { workspaceId: scope.workspaceId, importId }, { key: importId });
};

/** How many people here this import brought. */
export const broughtPeople = (ctx: Context, scope: Scope, importId: string): Promise<number> =>
	contactImports.countBrought(ctx.db, scope.workspaceId, importId);

export type RefusalPage = { after: number; isTaken: boolean };

/** Refused rows, or rows taken with a remark, below a line of the file; and whether there are more. */
export const refusals = async (ctx: Context, scope: Scope, importId: string, page: RefusalPage, limit = 50) => {
	const found = await importRefusals.page(ctx.db, scope.workspaceId, importId, { ...page, limit: limit + 1 });
	return { refusals: found.slice(0, limit), hasMore: found.length > limit };
};

/** The refused rows as CSV: why, the line, then the file's own cells, so that they can be put right and imported again. */
export async function* refusedCsv(ctx: Context, scope: Scope, given: Import): AsyncGenerator<string> {
	const padded = (cells: string[]) => [...cells, ...given.header.slice(cells.length).fill('')];
	yield byteOrderMark + csvRecord([...refusalColumns, ...given.header], given.delimiter);
	for (let after = 0; ;) {
		const page = await refusals(ctx, scope, given.id, { after, isTaken: false }, 500);
		for (const { reason, line, cells } of page.refusals)
			yield csvRecord([rowText(reason), String(line), ...padded(cells)], given.delimiter);
		if (!page.hasMore) return;
		after = page.refusals.at(-1)!.line;
	}
}

/** How far an import is: rows read, or what is left to be taken back. */
export const progress = async (ctx: Context, scope: Scope, given: Import): Promise<{ done: number; of: number }> => {
	if (given.status !== 'undoing') return { done: given.nextRow, of: given.rowCount };
	const of = given.counts.added + given.counts.updated;
	const left = await contactImports.countLeft(ctx.db, scope.workspaceId, given.id);
	return { done: Math.max(0, of - left), of };
};

/** Changes whenever the page of an import does. */
export const revisionOf = ({ status, nextRow }: Import, { done }: { done: number }): string =>
	`${status}:${nextRow}:${done}`;

// Bringing files in: uploaded, their columns named, taken row by row, undone.
import { z } from 'zod';
import { Conflict, Invalid, NotFound } from '#lib/domain/errors.ts';
import {
	answerRoles,
	keysOf,
	peopleRoles,
	problemsOf,
	refusalColumns,
	type AnswerField,
	type AnswerRole,
	type PeopleRole,
} from '#lib/domain/import/columns.ts';
import { dateFormats, formatFor, type DateFormat } from '#lib/domain/import/dates.ts';
import { canUndo, type AnswersPlan, type Import, type ImportKind } from '#lib/domain/import/import.ts';
import { byteOrderMark, csvRecord } from '#lib/domain/report/csv.ts';
import { surveyNameSchema } from '#lib/domain/survey/definition.ts';
import { isAnonymous } from '#lib/domain/response/anonymous.ts';
import { lengthsOf, metrics, scaleOf, standardChoice, type Metric } from '#lib/domain/survey/metric.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import { templates } from '#lib/domain/survey/templates.ts';
import { oneLine } from '#lib/domain/text.ts';
import { type Scope, type Workspace } from '#lib/domain/workspace/workspace.ts';
import { timeZoneSchema } from '#lib/domain/workspace/fields.ts';
import { roleNames } from '#lib/messages/columns.ts';
import { spoken, t } from '#lib/messages/managers.ts';
import { rowText } from '#lib/messages/rows.ts';
import type { Context } from '../context.ts';
import * as contactImports from '../db/contact-imports.ts';
import * as importFiles from '../db/import-files.ts';
import * as importRefusals from '../db/import-refusals.ts';
import * as importRows from '../db/imports.ts';
import { inspect, store } from './importing/file.ts';
import * as surveys from './surveys.ts';

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

/** A role for each column, by its place. Throws Invalid for a role that is missing, unknown or chosen twice. */
const rolesFrom = <Role extends AnswerRole>(
	{ header }: Import,
	columns: Record<string, string>,
	roles: readonly Role[],
	needed: readonly AnswerField[],
): Role[] => {
	const chosen = header.map((_, index) => {
		const role = roles.find((each) => each === columns[index]);
		if (!role) throw new Invalid(t.people_roles_missing(), { [`columns.${index}`]: t.people_roles_missing_here() });
		return role;
	});
	const problems = Object.entries(problemsOf(header, chosen, needed)).map(
		([field, { role, key }]): [string, string] => [
			field,
			key === null
				? t.people_role_needed({ role: roleNames[role]() })
				: t.people_role_twice({ role: roleNames[role](), column: key }),
		],
	);
	if (problems[0]) throw new Invalid(problems[0][1], Object.fromEntries(problems));
	return chosen;
};

const columnsSchema = z.record(z.string().regex(/^\d{1,3}$/), z.string().max(20)).default({});

export const peopleFormSchema = z.object({ columns: columnsSchema });
export const answersFormSchema = z.object({
	columns: columnsSchema,
	/** An existing survey's id, or `new`. */
	survey: z.string().max(24, { error: () => t.people_answers_choose_survey() }),
	name: z.string().max(200).default(''),
	metric: z.enum(metrics).optional(),
	/** How many points the metric's scale has; empty is the standard length. */
	points: z.preprocess((given) => (given === '' ? undefined : given), z.coerce.number().int().optional()),
	timeZone: timeZoneSchema,
	dateFormat: z.enum(['auto', ...dateFormats]).default('auto'),
});
export type AnswersForm = z.output<typeof answersFormSchema>;

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
	form: z.output<typeof peopleFormSchema>,
): Promise<void> => {
	const given = await waiting(ctx, scope, importId, 'people');
	if (!given) return;
	const columns: PeopleRole[] = rolesFrom(given, form.columns, peopleRoles, ['email']);
	await begin(ctx, scope, given, { columns }, null);
};

/** How the dates of a column are written. Throws Invalid where the file does not tell and nobody has said. */
const formatOf = (given: Import, index: number, chosen: AnswersForm['dateFormat']): DateFormat => {
	const found = given.profiles[index]!.dateFormats;
	const column = keysOf(given.header)[index]!;
	if (found.length === 0)
		throw new Invalid(t.people_dates_none({ column }), { [`columns.${index}`]: t.people_dates_none_here() });
	const format = formatFor(found, chosen);
	if (format) return format;
	const example = given.sampleRows[0]?.[index] ?? '';
	throw new Invalid(t.people_dates_choose({ column, example }), { dateFormat: t.people_dates_choose_here() });
};

/** How many points the scale of a new survey has. Throws Invalid for a length that the metric cannot have. */
const pointsOf = (metric: Metric, points: number | undefined): number => {
	const lengths = lengthsOf(metric);
	if (points !== undefined && !lengths.includes(points)) {
		const reason = t.people_answers_points_wrong({ metric, lengths: lengths.join(', ') });
		throw new Invalid(reason, { points: reason });
	}
	return points ?? lengths[0]!;
};

/** Of an anonymous survey's past answers nothing is taken that leads to a person. Throws Invalid. */
const requireNobody = (given: Import, columns: readonly AnswerRole[]): void => {
	const reason = t.people_anonymous_column();
	const problems = columns.flatMap((role, index) =>
		role === 'score' || role === 'date' || role === 'comment' || role === 'skip'
			? []
			: [[`columns.${index}`, reason] as const],
	);
	if (!problems.length) return;
	const names = problems.map(([field]) => t.common_quoted({ text: keysOf(given.header)[Number(field.slice(8))]! }));
	const list = new Intl.ListFormat(spoken(), { type: 'unit', style: 'short' }).format(names);
	throw new Invalid(t.people_anonymous_columns({ columns: list }), Object.fromEntries(problems));
};

/** The survey that was chosen for the answers; null when they go to a new one. */
const chosenSurvey = async (ctx: Context, scope: Scope, form: AnswersForm): Promise<Survey | null> => {
	if (form.survey === 'new') return null;
	const survey = (await surveys.list(ctx, scope)).find(({ id }) => id === form.survey);
	if (!survey || survey.isSample)
		throw new Invalid(t.people_answers_choose_listed(), { survey: t.people_answers_choose_survey() });
	return survey;
};

/** A new draft, named for the answers that go to it. */
const newSurvey = async (ctx: Context, scope: Scope, workspace: Workspace, given: Import, form: AnswersForm) => {
	const name = surveyNameSchema.safeParse(form.name);
	if (!name.success) throw new Invalid(t.people_answers_nameless(), { name: name.error.issues[0]!.message });
	const { metric } = form;
	if (!metric) throw new Invalid(t.people_answers_choose_scale(), { metric: t.people_answers_choose_scale() });
	const template = templates.find(({ id }) => id === metric) ?? templates.find((each) => each.metric === metric)!;
	// Under the import's own id, so that pressing twice makes one survey.
	return surveys.create(ctx, scope, {
		id: given.id,
		template: template.id,
		name: name.data,
		language: workspace.language,
		scale: standardChoice(metric, pointsOf(metric, form.points)),
	});
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
	const columns = rolesFrom(given, form.columns, answerRoles, ['score', 'date']);
	const dateFormat = formatOf(given, columns.indexOf('date'), form.dateFormat);
	const askedAt = columns.indexOf('askedAt');
	const askedAtFormat = askedAt < 0 ? null : formatOf(given, askedAt, form.dateFormat);
	const chosen = await chosenSurvey(ctx, scope, form);
	const metric = chosen ? chosen.draft.metric : form.metric;
	if (metric && isAnonymous({ metric })) requireNobody(given, columns);
	const survey = chosen ?? (await newSurvey(ctx, scope, workspace, given, form));
	const { timeZone } = form;
	const reading = { columns, scale: scaleOf(survey.draft), dateFormat, askedAtFormat, timeZone };
	const plan: AnswersPlan = { ...reading, surveyId: survey.id };
	await begin(ctx, scope, given, plan, survey.id);
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

// The numbers of a survey: read from tallies, scored by the domain, narrowed by the filters in the address.
import { createHash } from 'node:crypto';
import { NotFound } from '#lib/domain/errors.ts';
import { ever, narrowsNumbers, rangeOf, readFilters, searchRange, type Filters } from '#lib/domain/report/filters.ts';
import { counts as countsWithin } from '#lib/domain/report/matching.ts';
import * as report from '#lib/domain/report/report.ts';
import { breakdownBy, type Breakdown } from '#lib/domain/report/tally.ts';
import { isAnonymous, runningWeek } from '#lib/domain/response/anonymous.ts';
import { totalOf, type Counts } from '#lib/domain/score/counts.ts';
import { scoreOf, type Score } from '#lib/domain/score/score.ts';
import { scaleOf } from '#lib/domain/survey/metric.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import { weekStartOf } from '#lib/domain/time/period.ts';
import { dayOf } from '#lib/domain/time/zone.ts';
import { byId } from '#lib/domain/workspace/touchpoints.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import { countNewest, isLarge, wasSent, type Countable } from '../db/day-counts.ts';
import * as staleDays from '../db/stale-days.ts';
import * as surveyRows from '../db/surveys.ts';
import * as tallies from '../db/tallies.ts';
import * as tallyBooks from '../db/tally-books.ts';
import * as workspaces from '../db/workspaces.ts';
import * as anonymous from './anonymous.ts';
import * as openness from './openness.ts';
import { countable } from './recounts.ts';
import * as versions from './versions.ts';

/** Values of a property shown side by side; the rest is counted in one line. */
const mostValues = 25;

type Basis = { survey: Countable; timeZone: string; isComplete: boolean };

/**
 * Which days the numbers are counted in: those of the workspace's zone, from tallies once these are built. While a large
 * survey is being counted in a new zone, it is shown in the old one.
 */
export const basisOf = async (ctx: Context, survey: Countable, timeZone: string): Promise<Basis> => {
	const book = await tallyBooks.read(ctx.db, survey.workspaceId, survey.surveyId);
	if (book.timeZone === timeZone) return { survey, timeZone, isComplete: true };
	if (book.timeZone === null || !(await isLarge(ctx.db, survey))) return { survey, timeZone, isComplete: false };
	return { survey, timeZone: book.timeZone, isComplete: true };
};

/** The range meant, with what there is in it. */
const read = async (ctx: Context, basis: Basis, filters: Filters, breakdowns: readonly Breakdown[]) => {
	const today = dayOf(ctx.clock(), basis.timeZone);
	const place = { ...basis, range: searchRange(filters, today) };
	const counted = await tallies.between(ctx.db, basis.survey, place, breakdowns);
	const found = counted.days
		.get('all')!
		.map(({ day }) => day)
		.sort();
	const range = rangeOf(filters, today, found.length ? { first: found[0]!, last: found.at(-1)! } : null);
	return { ...counted, range, today };
};

/** The same of an anonymous survey, whose weeks are the workspace's, also over all time. */
const anonymousBasis = async (ctx: Context, survey: Survey): Promise<Basis> => {
	const workspace = await workspaces.byId(ctx.db, survey.workspaceId);
	return basisOf(ctx, countable(survey), workspace?.timeZone ?? 'UTC');
};

export type Comparison = {
	key: string;
	rows: report.ValueScore[];
	/** How many values are not among the rows. */
	more: number;
	/** Counted over the newest answers only: there were too many values or answers to count ahead. */
	isCut: boolean;
};

export type SurveyReport = Awaited<ReturnType<typeof forSurvey>>;

/** The survey and the filters that an address asks for. Throws NotFound. */
export const open = async (ctx: Context, scope: Scope, surveyId: string, query: URLSearchParams) => {
	const survey = await surveyRows.byId(ctx.db, scope.workspaceId, surveyId);
	if (!survey) throw new NotFound(t.common_no_survey());
	const scale = scaleOf(survey.draft);
	return { survey, scale, ...readFilters(query, scale) };
};

/** All that the survey's page shows above its list of answers, for the filters of an address. Throws NotFound. */
export const forSurvey = async (
	ctx: Context,
	scope: Scope,
	workspace: Workspace,
	surveyId: string,
	query: URLSearchParams,
) => {
	const { survey, scale, filters, problems } = await open(ctx, scope, surveyId, query);
	const state = await openness.stateOf(ctx, survey);
	const marks = await versions.marks(ctx, scope.workspaceId, surveyId);
	const revision = await revisionOf(ctx, survey);
	const basis = await basisOf(ctx, countable(survey), workspace.timeZone);
	const common = {
		survey: {
			id: survey.id,
			name: survey.name,
			status: survey.status,
			state,
			touchpoint: byId(workspace.touchpoints, survey.touchpointId)?.name ?? null,
			isSample: survey.isSample,
			hasUnpublishedEdits: survey.hasUnpublishedEdits,
			version: survey.version,
		},
		scale,
		revision,
		marks: marks.map((mark) => ({ ...mark, day: dayOf(mark.at, basis.timeZone) })),
		timeZone: basis.timeZone,
		/** The workspace's zone, where the numbers are not counted in it yet. */
		comingTimeZone: basis.timeZone === workspace.timeZone ? null : workspace.timeZone,
	};
	if (isAnonymous(scale)) {
		const numbers = await anonymous.numbers(ctx, basis, scale, filters);
		return {
			...common,
			...numbers,
			problems: [...problems, ...numbers.problems],
			isCoarser: numbers.filters.unit !== null && numbers.filters.unit !== numbers.unit,
			isCut: false,
			comparison: null,
			responseRate: null,
			choices: { channels: [], languages: [], keys: [] },
			wasSent: false,
		};
	}
	const byProperty = breakdownBy(filters.property?.key ?? null);
	const byCompared = breakdownBy(filters.by);
	const counted = await read(ctx, basis, filters, [...new Set<Breakdown>(['all', byProperty, byCompared])]);
	const { range, today } = counted;
	const allDays = counted.days.get('all')!;

	// A property that no tally holds is counted from the newest answers; then nothing is left to filter in the cells.
	let days = counted.days.get(byProperty) ?? null;
	let within: Pick<Filters, 'language' | 'channel' | 'property'> = filters;
	let isCut = false;
	if (days === null) {
		const newest = await countNewest(ctx.db, basis.survey, range, basis.timeZone, 'all', countsWithin(filters));
		({ days, isCut } = newest);
		within = { ...filters, property: null };
	}

	const compare = async (key: string): Promise<Comparison> => {
		const others = filters.property?.key === key ? { ...filters, property: null } : filters;
		let compared = counted.days.get(byCompared) ?? null;
		let total: Counts = report.countsOf(allDays, { ...filters, property: null });
		let isComparisonCut = false;
		if (compared === null || others.property !== null) {
			const isCounted = countsWithin(others);
			const newest = await countNewest(ctx.db, basis.survey, range, basis.timeZone, byCompared, isCounted);
			const all = await countNewest(ctx.db, basis.survey, range, basis.timeZone, 'all', isCounted);
			compared = newest.days;
			isComparisonCut = newest.isCut;
			total = report.countsOf(all.days, { ...filters, property: null });
		}
		const rows = report.byValue(scale, compared, filters, total);
		return {
			key,
			rows: rows.slice(0, mostValues),
			more: Math.max(0, rows.length - mostValues),
			isCut: isComparisonCut,
		};
	};

	const unit = report.fittingUnit(filters.unit, range);
	const counts = report.countsOf(days, within);
	return {
		...common,
		anonymity: null,
		filters,
		problems,
		range,
		unit,
		isCoarser: filters.unit !== null && filters.unit !== unit,
		headline: report.headline(scale, counts),
		isCut,
		periods: report.byPeriod(scale, days, within, { range, unit, weekStart: weekStartOf(workspace.language), today }),
		comparison: filters.by === null ? null : await compare(filters.by),
		responseRate: isCut || (filters.property && within.property === null) ? null : report.responseRate(days, within),
		choices: { ...report.choicesOf(allDays), keys: counted.keys },
		isNarrowed: narrowsNumbers(filters),
		wasSent: totalOf(counts) === 0 && (await wasSent(ctx.db, basis.survey)),
	};
};

/** Score and n of surveys over all time, for the list of surveys. What is not a survey of this workspace is left out. */
export const summaries = async (
	ctx: Context,
	scope: Scope,
	surveyIds: readonly string[],
): Promise<Map<string, Score>> => {
	const scores = new Map<string, Score>();
	for (const survey of await surveyRows.list(ctx.db, scope.workspaceId)) {
		if (!surveyIds.includes(survey.id)) continue;
		const scale = scaleOf(survey.draft);
		if (isAnonymous(scale)) {
			scores.set(survey.id, await anonymous.summary(ctx, await anonymousBasis(ctx, survey), scale));
			continue;
		}
		const { timeZone } = await tallyBooks.read(ctx.db, scope.workspaceId, survey.id);
		// Over all time every zone counts the same.
		const place = { range: ever, timeZone: timeZone ?? 'UTC', isComplete: timeZone !== null };
		const { days } = await tallies.between(ctx.db, countable(survey), place, ['all']);
		const all = { language: null, channel: null, property: null };
		scores.set(survey.id, scoreOf(scale, report.countsOf(days.get('all')!, all)));
	}
	return scores;
};

const revisionOf = async (ctx: Context, survey: Survey): Promise<string> => {
	const marks = await staleDays.ofSurvey(ctx.db, survey.workspaceId, survey.id);
	const book = await tallyBooks.read(ctx.db, survey.workspaceId, survey.id);
	const { kind } = await openness.stateOf(ctx, survey);
	// Anonymous answers show when their week is over: until then nobody sees from here when one came in.
	const counted = isAnonymous(survey.draft)
		? [runningWeek(ctx.clock()), survey.draftRevision, survey.version]
		: [survey.revision, marks, book.timeZone];
	const shown = JSON.stringify([...counted, kind]);
	return createHash('sha256').update(shown).digest('base64url').slice(0, 16);
};

/**
 * A short text that is another one after anything the survey's page shows has changed, whichever process changed it.
 * Throws NotFound.
 */
export const revision = async (ctx: Context, scope: Scope, surveyId: string): Promise<string> => {
	const survey = await surveyRows.byId(ctx.db, scope.workspaceId, surveyId);
	if (!survey) throw new NotFound(t.common_no_survey());
	return revisionOf(ctx, survey);
};

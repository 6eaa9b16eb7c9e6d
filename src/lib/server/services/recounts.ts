// Keeps tallies up with the answers: recounts what was marked, and builds what a new survey or time zone lacks.
import type { Context } from '../context.ts';
import type { Countable } from '../db/day-counts.ts';
import * as staleDays from '../db/stale-days.ts';
import * as surveyRows from '../db/surveys.ts';
import * as tallies from '../db/tallies.ts';
import * as tallyBooks from '../db/tally-books.ts';
import * as workspaces from '../db/workspaces.ts';
import * as responses from './responses.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';

/** More marks than any one run need take: the next run goes on. */
const marksAtOnce = 2_000;

/** A survey as the database counts it. */
export const countable = ({
	id,
	workspaceId,
	isSample,
}: Pick<Survey, 'id' | 'workspaceId' | 'isSample'>): Countable => ({
	workspaceId,
	surveyId: id,
	kind: isSample ? 'sample' : 'real',
});

/** The job "recount-stale-days": stores the counts of days that were marked a while ago, of all workspaces. */
export const recountStaleDays = async (ctx: Context): Promise<void> => {
	const before = new Date(ctx.clock().getTime() - staleDays.settleMs);
	for (const { workspaceId, surveyId, marks } of await staleDays.settled(ctx.db, before, marksAtOnce)) {
		const survey = await surveyRows.byId(ctx.db, workspaceId, surveyId);
		const workspace = await workspaces.byId(ctx.db, workspaceId);
		if (!survey || !workspace) {
			await staleDays.clear(ctx.db, workspaceId, surveyId, marks);
			continue;
		}
		await responses.noteMissed(
			ctx,
			workspaceId,
			surveyId,
			marks.map(({ day }) => day),
		);
		const book = await tallyBooks.read(ctx.db, workspaceId, surveyId);
		if (book.timeZone !== workspace.timeZone) await tallies.build(ctx.db, countable(survey), workspace.timeZone);
		await tallies.recountMarked(ctx.db, countable(survey), marks);
	}
};

/**
 * After a change of the workspace's time zone: has every survey counted in the new one. Until that is done, large
 * surveys are shown in the old one.
 */
export const followTimeZone = async (ctx: Context, workspaceId: string): Promise<void> => {
	const now = ctx.clock();
	for (const { id } of await surveyRows.list(ctx.db, workspaceId))
		await staleDays.mark(ctx.db, workspaceId, id, [now], now);
};

/** Counts everything anew, as `heed recount` does. Calls `tell` once for each survey. Returns how many there were. */
export const recountAll = async (
	ctx: Context,
	tell: (survey: { workspace: string; name: string }) => void = () => {},
): Promise<number> => {
	let surveys = 0;
	for await (const workspace of workspaces.all(ctx.db))
		for (const survey of await surveyRows.list(ctx.db, workspace.id)) {
			await tallies.build(ctx.db, countable(survey), workspace.timeZone);
			tell({ workspace: workspace.name, name: survey.name });
			surveys++;
		}
	return surveys;
};

// A year of made-up answers to look around in: marked, never mixed into real numbers, gone with one click.
import { tellStory } from '#lib/domain/sample/story.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import type { Context } from '../context.ts';
import * as sampleRows from '../db/sample-data.ts';
import * as staleDays from '../db/stale-days.ts';

/** Adds the sample year that ends now, in place of an older one. */
export const add = async (ctx: Context, scope: Scope): Promise<void> => {
	const now = ctx.clock();
	const story = tellStory(now);
	await sampleRows.remove(ctx.db, scope.workspaceId);
	const surveyIds = await sampleRows.add(ctx.db, scope.workspaceId, story, now);
	for (const [index, surveyId] of surveyIds.entries()) {
		const moments = story.surveys[index]!.questions.flatMap(({ askedAt, answer }) =>
			answer ? [askedAt, answer.answeredAt] : [askedAt],
		);
		await staleDays.mark(ctx.db, scope.workspaceId, surveyId, moments, now);
	}
};

/** Removes all sample data of the workspace. */
export const remove = async (ctx: Context, scope: Scope): Promise<void> => sampleRows.remove(ctx.db, scope.workspaceId);

import { page } from '#lib/server/http/guard.ts';
import * as reports from '#lib/server/services/reports.ts';
import * as surveys from '#lib/server/services/surveys.ts';

export const load = page('viewer', async ({ ctx, scope }) => {
	const list = await surveys.list(ctx, scope);
	const scores = await reports.summaries(
		ctx,
		scope,
		list.map(({ id }) => id),
	);
	return { surveys: list.map((survey) => ({ ...survey, score: scores.get(survey.id) ?? null })) };
});

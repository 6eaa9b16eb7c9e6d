import { action, page } from '#lib/server/http/guard.ts';
import * as reports from '#lib/server/services/reports.ts';
import * as sampleData from '#lib/server/services/sample-data.ts';
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

export const actions = {
	addSample: action('member', async ({ ctx, scope }) => {
		await sampleData.add(ctx, scope);
		return { toast: { message: 'Three sample surveys with a year of answers are here' } };
	}),
	removeSample: action('member', async ({ ctx, scope }) => {
		await sampleData.remove(ctx, scope);
		return { toast: { message: 'The sample data is removed', undo: { action: '?/addSample' } } };
	}),
};

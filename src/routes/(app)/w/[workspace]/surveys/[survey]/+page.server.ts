import { z } from 'zod';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as answers from '#lib/server/services/answers.ts';
import * as deletions from '#lib/server/services/deletions.ts';
import * as reports from '#lib/server/services/reports.ts';
import { t } from '#lib/messages/managers.ts';

const one = z.object({ id: z.string() });

export const load = page('viewer', async ({ ctx, scope, workspace, event }) => {
	event.depends('heed:report');
	const query = event.url.searchParams;
	const report = await reports.forSurvey(ctx, scope, workspace, event.params.survey ?? '', query);
	// Where nobody is counted nobody is listed: not worth looking through the answers for.
	const hasSome = report.headline.n > 0;
	if (report.anonymity)
		return { report, list: null, anonymous: hasSome ? await answers.anonymousList(ctx, scope, report) : null };
	return { report, anonymous: null, list: hasSome ? await answers.list(ctx, scope, report, query.get('after')) : null };
});

export const actions = {
	deleteAnswer: action('member', async ({ ctx, scope, form, event }) => {
		const { id } = parseForm(form, one);
		await deletions.deleteAnswer(ctx, scope, id);
		const query = new URLSearchParams(event.url.searchParams);
		query.delete('/deleteAnswer');
		const undo = { action: `?/restoreAnswer&${query}`, fields: { id }, seconds: deletions.undoSeconds };
		return { toast: { message: t.report_answer_deleted(), undo } };
	}),
	restoreAnswer: action('member', async ({ ctx, scope, form }) => {
		await deletions.restoreAnswer(ctx, scope, parseForm(form, one).id);
		return { toast: { message: t.report_answer_restored() } };
	}),
};

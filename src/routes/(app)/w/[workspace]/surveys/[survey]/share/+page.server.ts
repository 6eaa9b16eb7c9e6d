import { page } from '#lib/server/http/guard.ts';
import * as surveys from '#lib/server/services/surveys.ts';

export const load = page('viewer', async ({ ctx, scope, event }) => {
	const survey = await surveys.byId(ctx, scope, event.params.survey ?? '');
	return { survey, sharing: surveys.sharing(ctx, survey) };
});

import { z } from 'zod';
import { parseForm, parseQuery } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as openness from '#lib/server/services/openness.ts';
import * as sharing from '#lib/server/services/sharing.ts';
import * as surveys from '#lib/server/services/surveys.ts';

const term = z.object({
	days: z.coerce
		.number()
		.pipe(z.union(sharing.previewDays.map((days) => z.literal(days))))
		.catch(sharing.previewDays[0]),
});
const revoked = z.object({ generation: z.coerce.number().int().min(0) });

export const load = page('viewer', async ({ ctx, scope, event }) => {
	const survey = await surveys.byId(ctx, scope, event.params.survey ?? '');
	const { days } = parseQuery(event.url.searchParams, term);
	return {
		survey,
		state: await openness.stateOf(ctx, survey),
		open: sharing.openLinks(ctx, survey),
		preview: { ...sharing.previewLink(ctx, survey, days), days },
	};
});

export const actions = {
	revoke: action('member', async ({ ctx, scope, event }) => {
		const generation = await sharing.revokePreviews(ctx, scope, event.params.survey ?? '');
		const undo = { action: '?/restore', fields: { generation: String(generation) } };
		return { toast: { message: 'No preview link made so far works any more', undo } };
	}),
	restore: action('member', async ({ ctx, scope, event, form }) => {
		const { generation } = parseForm(form, revoked);
		await sharing.restorePreviews(ctx, scope, event.params.survey ?? '', generation);
		return { toast: { message: 'The preview links work again' } };
	}),
};

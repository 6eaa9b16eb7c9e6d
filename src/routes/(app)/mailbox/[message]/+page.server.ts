import { z } from 'zod';
import { parseQuery } from '#lib/server/http/form.ts';
import { page } from '#lib/server/http/guard.ts';
import * as mailbox from '#lib/server/services/mailbox.ts';

const query = z.object({ part: z.enum(['html', 'text', 'source']).catch('html') });

export const load = page('user', async ({ ctx, user, event }) => {
	const { html: _shownInItsFrame, ...message } = await mailbox.read(ctx, user, event.params.message ?? '');
	return { message, ...parseQuery(event.url.searchParams, query) };
});

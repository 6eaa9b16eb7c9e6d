import { endpoint } from '#lib/server/http/guard.ts';
import { mailFrame } from '#lib/server/http/mail-frame.ts';
import * as testSends from '#lib/server/services/test-sends.ts';

export const GET = endpoint('viewer', async ({ ctx, scope, workspace, event }) => {
	const query = event.url.searchParams;
	const wish = { surveyId: query.get('survey') ?? '', language: query.get('language') };
	return mailFrame(await testSends.previewMail(ctx, scope, workspace, wish));
});

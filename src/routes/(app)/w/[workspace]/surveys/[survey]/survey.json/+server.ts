import { endpoint } from '#lib/server/http/guard.ts';
import * as surveyFiles from '#lib/server/services/survey-files.ts';

export const GET = endpoint('member', async ({ ctx, scope, event }) => {
	const { fileName, text } = await surveyFiles.write(ctx, scope, event.params.survey ?? '');
	return new Response(text, {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': `attachment; filename="${fileName}"`,
			'cache-control': 'no-store',
		},
	});
});

import { endpoint } from '#lib/server/http/guard.ts';
import * as translations from '#lib/server/services/translations.ts';

export const GET = endpoint('member', async ({ ctx, scope, workspace, event }) => {
	const { fileName, text } = await translations.write(ctx, scope, workspace, event.params.survey ?? '');
	return new Response(text, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${fileName}"`,
			'cache-control': 'no-store',
		},
	});
});

import { endpoint } from '#lib/server/http/guard.ts';
import * as surveyFiles from '#lib/server/services/survey-files.ts';

export const GET = endpoint(
	'anyone',
	({ ctx }) =>
		new Response(surveyFiles.schema(ctx), {
			headers: {
				'content-type': 'application/schema+json; charset=utf-8',
				'cache-control': 'public, max-age=3600',
				// Editors in a browser read it from wherever they are.
				'access-control-allow-origin': '*',
			},
		}),
);

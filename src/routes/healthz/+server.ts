import { json } from '@sveltejs/kit';
import { ping } from '#lib/server/services/health.ts';
import { endpoint } from '#lib/server/http/guard.ts';

export const GET = endpoint('anyone', async ({ ctx }) => {
	const health = await ping(ctx);
	return json(health, { status: health.status === 'ok' ? 200 : 503, headers: { 'cache-control': 'no-store' } });
});

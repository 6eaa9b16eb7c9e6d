import { endpoint } from '#lib/server/http/guard.ts';
import * as logos from '#lib/server/services/logos.ts';

/** Public, as mails and customers' pages show it; never anything but a picture, whatever a browser makes of it. */
export const GET = endpoint('anyone', async ({ ctx, event }) => {
	const { mediaType, bytes } = await logos.byId(ctx, event.params.workspaceId!, event.params.logo!);
	return new Response(Uint8Array.from(bytes), {
		headers: {
			'content-type': mediaType,
			'cache-control': 'public, max-age=31536000, immutable',
			'content-security-policy': "default-src 'none'; sandbox",
			'cross-origin-resource-policy': 'cross-origin',
			'x-content-type-options': 'nosniff',
		},
	});
});

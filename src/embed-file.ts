// /embed.js: other sites' browsers keep it for five minutes, then ask whether its content is still the same.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';

const keepFor = 'public, max-age=300, stale-while-revalidate=86400';

/** Sets its headers, whichever process or build serves it; true when the browser has this content and was told so. */
export const embedFile = async (
	path: string,
): Promise<(request: IncomingMessage, response: ServerResponse) => boolean> => {
	const hash = createHash('sha256').update(await readFile(path));
	// Weak: it goes out compressed or not.
	const tag = `W/"${hash.digest('base64url').slice(0, 22)}"`;
	return ({ url, headers }, response) => {
		if (url?.split('?')[0] !== '/embed.js') return false;
		response.setHeader('cache-control', keepFor).setHeader('etag', tag);
		if (!headers['if-none-match']?.includes(tag)) return false;
		response.writeHead(304).end();
		return true;
	};
};

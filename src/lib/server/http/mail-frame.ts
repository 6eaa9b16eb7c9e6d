// A mail's HTML as its own page for a sandboxed frame: it may show pictures and open links beside us, and run nothing.

const policy = [
	"default-src 'none'",
	'img-src http: https: data:',
	"style-src 'unsafe-inline'",
	"frame-ancestors 'self'",
	'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

/** The HTML with links that open in a new tab, under a policy of its own. */
export const mailFrame = (html: string): Response =>
	new Response(html.replace(/<head[^>]*>/i, '$&<base target="_blank">'), {
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': policy,
			'cache-control': 'private, no-store',
		},
	});

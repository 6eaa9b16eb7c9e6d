// Which writes must come from our own pages, and which client an address belongs to.

/** Routes that strangers' pages, mail programs and programs may post to. Everything else is ours alone. */
const openRoutes = [/^\/s\//, /^\/e\//, /^\/u\//, /^\/api\//];

/** Whether an address is for everybody: nobody is signed in there, because cookies are not read. */
export const isOpen = (pathname: string): boolean => openRoutes.some((route) => route.test(pathname));

/** Whether a request may write: reads always; our own origin; or a route that is open to all. */
export const mayWrite = (method: string, pathname: string, origin: string | null, publicUrl: string): boolean =>
	['GET', 'HEAD', 'OPTIONS'].includes(method) || isOpen(pathname) || origin === publicUrl;

/** Some proxies write the client's port too, another one on each connection: "203.0.113.9:51234" → "203.0.113.9". */
const withoutPort = (entry: string): string => {
	const [, v6, v4] = /^(?:\[(.+)\]|([\d.]+))(?::\d+)?$/.exec(entry) ?? [];
	return v6 ?? v4 ?? entry;
};

/**
 * The client's address: the socket's, or the X-Forwarded-For entry that the outermost of our own proxies wrote.
 * What a client puts into the header itself stands further left and is never read.
 */
export const clientAddress = (socketAddress: string, forwardedFor: string | null, trustedProxies: number): string => {
	if (trustedProxies === 0) return socketAddress;
	const entries = (forwardedFor ?? '')
		.split(',')
		.map((entry) => entry.trim())
		.filter(Boolean);
	return withoutPort(entries[entries.length - trustedProxies] ?? socketAddress);
};

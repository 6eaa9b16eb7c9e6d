// Which page answers an address, where the address alone does not say.
import type { Reroute } from '@sveltejs/kit';

/** A customer's link that was cut off, or has more at its end, is no link; its own page says so, in the customer's language. */
export const reroute: Reroute = ({ url: { pathname } }) =>
	/^\/[seu](\/?|\/[^/]+\/.+)$/.test(pathname) ? `${pathname.slice(0, 2)}/-` : undefined;

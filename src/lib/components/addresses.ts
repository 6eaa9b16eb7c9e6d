// Addresses of the same page with other parameters.

/** `?a=1&b=2` with b: null and c: '3' is `?a=1&c=3`. */
export function queryWith(current: URLSearchParams, changes: Record<string, string | null>): string {
	const query = new URLSearchParams(current);
	for (const [name, value] of Object.entries(changes))
		if (value === null) query.delete(name);
		else query.set(name, value);
	return `?${query}`;
}

/** A relative address as it is meant on the page that is open now. */
export const addressHere = (relative: string): string => new URL(relative, location.href).href;

// Where a person goes on after signing in: pages of ours only.

/**
 * The path to go on at, or "/" for anything that would leave this site or go round in a circle:
 * "/w/shop/surveys?x=1" → itself; "//evil.example", "/\evil.example", "https://evil.example", "/sign-out" → "/".
 */
export const nextPath = (wanted: string | null | undefined): string => {
	const here = 'http://here.invalid';
	if (!wanted?.startsWith('/') || !URL.canParse(wanted, here)) return '/';
	const url = new URL(wanted, here);
	if (url.origin !== here || url.pathname.startsWith('//')) return '/';
	if (/^\/(sign-in|sign-out|setup|forgot|reset)(\/|$)/.test(url.pathname)) return '/';
	return url.pathname + url.search;
};

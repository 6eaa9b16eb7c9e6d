import { page } from '#lib/server/http/guard.ts';

/** The workspace that the address names, for all pages below it; the last one is remembered for the start page. */
export const load = page('viewer', ({ ctx, scope, workspace, event }) => {
	event.cookies.set('heed_workspace', workspace.slug, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: ctx.config.PUBLIC_URL.startsWith('https:'),
		maxAge: 365 * 86_400,
	});
	return { workspace, role: scope.role };
});

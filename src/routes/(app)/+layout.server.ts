import { page } from '#lib/server/http/guard.ts';
import * as workspaces from '#lib/server/services/workspaces.ts';

/** What the frame shows on every page: who is here, and which workspace they are in or were in last. */
export const load = page('user', async ({ ctx, user, event }) => {
	const own = await workspaces.ofUser(ctx, user.id);
	const slug = event.params.workspace ?? event.cookies.get('heed_workspace');
	const current = own.find((workspace) => workspace.slug === slug) ?? own[0] ?? null;
	return {
		user,
		workspaces: own.map(({ name, slug }) => ({ name, slug })),
		current: current && { name: current.name, slug: current.slug, timeZone: current.timeZone },
		role: current?.role ?? null,
		hasMailbox: ctx.mailer.isMailbox,
	};
});

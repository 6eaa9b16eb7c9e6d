import { redirect } from '@sveltejs/kit';
import { page } from '#lib/server/http/guard.ts';

export const load = page('user', async ({ event }) => {
	const { current } = (await event.parent()) as { current: { slug: string } | null };
	redirect(303, current ? `/w/${current.slug}/surveys` : '/new-workspace');
});

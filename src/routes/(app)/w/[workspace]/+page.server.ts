import { redirect } from '@sveltejs/kit';
import { page } from '#lib/server/http/guard.ts';

export const load = page('viewer', ({ workspace }) => redirect(303, `/w/${workspace.slug}/surveys`));

import { redirect } from '@sveltejs/kit';
import { timeZones } from '#lib/domain/time/zones.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as workspaces from '#lib/server/services/workspaces.ts';

export const load = page('user', () => ({ timeZones: timeZones() }));

export const actions = {
	default: action('user', async ({ ctx, user, form }) => {
		const workspace = await workspaces.create(ctx, user.id, parseForm(form, workspaces.newWorkspaceSchema));
		redirect(303, `/w/${workspace.slug}/surveys`);
	}),
};

import { timeZones } from '#lib/domain/time/zones.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as workspaces from '#lib/server/services/workspaces.ts';

export const load = page('member', () => ({ timeZones: timeZones() }));

export const actions = {
	workspace: action('owner', async ({ ctx, scope, form }) => {
		await workspaces.change(ctx, scope, parseForm(form, workspaces.workspaceSettingsSchema));
		return { toast: { message: 'The settings are saved' } };
	}),
};

import { timeZones } from '#lib/domain/time/zones.ts';
import { t } from '#lib/messages/managers.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as mailSettings from '#lib/server/services/mail-settings.ts';
import * as workspaces from '#lib/server/services/workspaces.ts';

export const load = page('member', ({ ctx }) => ({ timeZones: timeZones(), mail: mailSettings.describe(ctx) }));

export const actions = {
	checkMail: action('owner', async ({ ctx, user, workspace }) => ({
		mailCheck: await mailSettings.check(ctx, user, workspace),
	})),
	workspace: action('owner', async ({ ctx, scope, form }) => {
		await workspaces.change(ctx, scope, parseForm(form, workspaces.workspaceSettingsSchema));
		return { toast: { message: t.common_settings_saved() } };
	}),
};

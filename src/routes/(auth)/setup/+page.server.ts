import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { timeZones } from '#lib/domain/time/zones.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import { clientOf, keep } from '#lib/server/http/session.ts';
import * as accounts from '#lib/server/services/accounts.ts';
import * as sampleData from '#lib/server/services/sample-data.ts';
import * as sessions from '#lib/server/services/sessions.ts';

const schema = accounts.newOwnerSchema.extend({
	code: z.string().default(''),
	hasSampleData: z
		.literal('on')
		.optional()
		.transform((value) => value === 'on'),
});

export const load = page('anyone', async ({ ctx }) => {
	if (await accounts.isSetUp(ctx)) redirect(303, '/');
	return { timeZones: timeZones(), needsCode: ctx.setupCode !== null };
});

export const actions = {
	default: action('anyone', async ({ ctx, event, form }) => {
		const given = parseForm(form, schema);
		const client = clientOf(event);
		const { user, workspace } = await accounts.setUp(ctx, given, { code: given.code, address: client.address });
		keep(event.cookies, ctx.config, await sessions.open(ctx, user.id, client));
		if (given.hasSampleData) await sampleData.add(ctx, { workspaceId: workspace.id, userId: user.id, role: 'owner' });
		redirect(303, `/w/${workspace.slug}/surveys`);
	}),
};

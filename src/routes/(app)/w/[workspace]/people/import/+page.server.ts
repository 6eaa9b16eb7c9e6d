import { redirect } from '@sveltejs/kit';
import { page, upload } from '#lib/server/http/guard.ts';
import * as imports from '#lib/server/services/imports.ts';

export const load = page('member', () => ({}));

export const actions = {
	default: upload('member', async ({ ctx, scope, workspace, file }) => {
		const { id } = await imports.upload(ctx, scope, { kind: 'people', ...file });
		redirect(303, `/w/${workspace.slug}/imports/${id}`);
	}),
};

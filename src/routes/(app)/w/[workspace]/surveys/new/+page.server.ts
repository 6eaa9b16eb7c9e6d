import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { surveyNameSchema, templateIds } from '#lib/domain/survey/definition.ts';
import { templates } from '#lib/domain/survey/templates.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as surveys from '#lib/server/services/surveys.ts';

const beginning = z.object({
	id: z.string().regex(/^[0-9a-f]{24}$/, 'Reload this page and send it again'),
	template: z.enum(templateIds, 'Choose what to start from'),
	name: z
		.string()
		.trim()
		.transform((name) => name || undefined)
		.pipe(surveyNameSchema.optional()),
});

export const load = page('member', ({ ctx }) => ({ id: surveys.newId(ctx), templates: [...templates] }));

export const actions = {
	default: action('member', async ({ ctx, scope, workspace, form }) => {
		const { id, template, name } = parseForm(form, beginning);
		const standardName = templates.find((each) => each.id === template)!.name;
		const survey = await surveys.create(ctx, scope, {
			id,
			template,
			name: name ?? standardName,
			language: workspace.language,
		});
		redirect(303, `/w/${workspace.slug}/surveys/${survey.id}/edit`);
	}),
};

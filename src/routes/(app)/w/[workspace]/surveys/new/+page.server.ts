import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { Invalid } from '#lib/domain/errors.ts';
import { surveyNameSchema } from '#lib/domain/survey/definition.ts';
import { languages } from '#lib/domain/survey/language.ts';
import { templateTextSchema, templateWordsSchema } from '#lib/domain/survey/own-template.ts';
import { offered } from '#lib/domain/survey/templates.ts';
import { t } from '#lib/messages/managers.ts';
import { templateWords } from '#lib/messages/template-words.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as ownTemplates from '#lib/server/services/survey-templates.ts';
import * as surveyFiles from '#lib/server/services/survey-files.ts';
import * as surveys from '#lib/server/services/surveys.ts';

const newId = z.string().regex(/^[0-9a-f]{24}$/, { error: () => t.surveys_reload() });
const beginning = z.object({
	id: newId,
	template: z.union([z.enum(offered.map(({ id }) => id)), z.string().regex(/^own:[0-9a-f]{24}$/)], {
		error: () => t.sendings_start_template_missing(),
	}),
	name: z
		.string()
		.trim()
		.transform((name) => name || undefined)
		.pipe(surveyNameSchema.optional()),
	language: z.enum(languages, { error: () => t.sendings_start_language_missing() }).optional(),
});
const which = z.object({ template: newId });
/** A survey with every word in every language has less. */
const fileLimit = 4_000_000;

export const load = page('member', async ({ ctx, scope }) => ({
	id: surveys.newId(ctx),
	own: await ownTemplates.list(ctx, scope),
	schema: surveyFiles.schemaAddress(ctx),
}));

export const actions = {
	create: action('member', async ({ ctx, scope, workspace, form }) => {
		const { id, template, name, language = workspace.language } = parseForm(form, beginning);
		const standard = offered.find((each) => each.id === template);
		let survey;
		if (standard) {
			const { id: template } = standard;
			survey = await surveys.create(ctx, scope, {
				id,
				template,
				name: name ?? templateWords[template].name(),
				language,
			});
		} else {
			const own = await ownTemplates.byId(ctx, scope, template.slice('own:'.length));
			survey = await surveys.add(ctx, scope, { id, name: name ?? own.name, definition: own.definition });
		}
		redirect(303, `/w/${workspace.slug}/surveys/${survey.id}/edit`);
	}),
	import: action(
		'member',
		async ({ ctx, scope, workspace, form }) => {
			const { id } = parseForm(form, z.object({ id: newId }));
			const file = form.get('file');
			if (!(file instanceof File) || file.size === 0)
				throw new Invalid(t.common_file_missing(), { file: t.common_file_missing() });
			const { survey, hasLostLogo } = await surveyFiles.take(ctx, scope, { id, text: await file.text() });
			redirect(303, `/w/${workspace.slug}/surveys/${survey.id}/edit${hasLostLogo ? '?logo=lost' : ''}`);
		},
		{ limit: fileLimit },
	),
	rename: action('member', async ({ ctx, scope, form }) => {
		const { template } = parseForm(form, which);
		const words = parseForm(form, templateWordsSchema);
		await ownTemplates.rename(ctx, scope, template, words);
		return { toast: { message: t.sendings_own_saved() } };
	}),
	remove: action('member', async ({ ctx, scope, form }) => {
		const { definition, createdAt, ...template } = await ownTemplates.remove(
			ctx,
			scope,
			parseForm(form, which).template,
		);
		const { id, name, purpose } = template;
		const fields = {
			template: id,
			name,
			purpose,
			definition: JSON.stringify(definition),
			createdAt: createdAt.toISOString(),
		};
		return { toast: { message: t.sendings_own_deleted({ template: name }), undo: { action: '?/restore', fields } } };
	}),
	restore: action(
		'member',
		async ({ ctx, scope, form }) => {
			const { template: id } = parseForm(form, which);
			await ownTemplates.restore(ctx, scope, { id, ...parseForm(form, templateTextSchema) });
			return { toast: { message: t.sendings_own_back() } };
		},
		{ limit: fileLimit },
	),
};

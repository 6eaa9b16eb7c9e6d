import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { Invalid } from '#lib/domain/errors.ts';
import { languages } from '#lib/domain/survey/language.ts';
import { languageText } from '#lib/messages/language-names.ts';
import { t } from '#lib/messages/managers.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as openness from '#lib/server/services/openness.ts';
import * as surveys from '#lib/server/services/surveys.ts';
import * as translations from '#lib/server/services/translations.ts';

const which = z.object({ language: z.enum(languages, { error: () => t.design_translations_choose_language() }) });
/** Fifty questions with fifty options each, in one language. */
const textsLimit = 6_000_000;
const fileLimit = 8_000_000;

/** The texts of a form by key: those named `text.…`, and what was seen before, named `before.…`. */
const textsIn = (form: FormData, prefix: string): Record<string, string> =>
	Object.fromEntries(
		[...form].flatMap(([name, value]) =>
			name.startsWith(prefix) && typeof value === 'string' ? [[name.slice(prefix.length), value]] : [],
		),
	);

/** A form of one field: the names of texts are keys, and would nest. */
const only = (form: FormData, name: string): FormData => {
	const one = new FormData();
	const value = form.get(name);
	if (value !== null) one.set(name, value);
	return one;
};

export const load = page('member', async ({ ctx, scope, event }) => {
	const survey = await surveys.byId(ctx, scope, event.params.survey ?? '');
	const wanted = event.url.searchParams.get('language');
	return { survey, state: await openness.stateOf(ctx, survey), wanted };
});

export const actions = {
	save: action(
		'member',
		async ({ ctx, scope, event, form }) => {
			const { language } = parseForm(only(form, 'language'), which);
			const changes = { language, texts: textsIn(form, 'text.'), before: textsIn(form, 'before.') };
			const { draftRevision } = await translations.save(ctx, scope, event.params.survey ?? '', changes);
			return { saved: { draftRevision } };
		},
		{ limit: textsLimit },
	),
	confirm: action('member', async ({ ctx, scope, event, form }) => {
		const { language, key } = parseForm(form, which.extend({ key: z.string().max(200) }));
		await translations.confirm(ctx, scope, event.params.survey ?? '', language, key);
		return { toast: { message: t.design_texts_confirmed() } };
	}),
	add: action('member', async ({ ctx, scope, event, form }) => {
		const { language } = parseForm(form, which);
		await translations.addLanguage(ctx, scope, event.params.survey ?? '', language);
		redirect(303, `${event.url.pathname}?language=${language}`);
	}),
	remove: action('member', async ({ ctx, scope, event, form }) => {
		const { language } = parseForm(form, which);
		const removed = await translations.removeLanguage(ctx, scope, event.params.survey ?? '', language);
		const undo = { action: '?/restore', fields: { language, removed: JSON.stringify(removed) } };
		return { toast: { message: t.design_translations_removed({ language: languageText(language) }), undo } };
	}),
	restore: action(
		'member',
		async ({ ctx, scope, event, form }) => {
			const { language, removed } = parseForm(form, which.extend({ removed: z.string() }));
			await translations.restoreLanguage(ctx, scope, event.params.survey ?? '', language, removed);
			redirect(303, `${event.url.pathname}?language=${language}`);
		},
		{ limit: textsLimit },
	),
	import: action(
		'member',
		async ({ ctx, scope, workspace, event, form }) => {
			const file = form.get('file');
			if (!(file instanceof File) || file.size === 0)
				throw new Invalid(t.common_file_missing(), { file: t.common_file_missing() });
			const bytes = new Uint8Array(await file.arrayBuffer());
			return { taken: await translations.take(ctx, scope, workspace, event.params.survey ?? '', bytes) };
		},
		{ limit: fileLimit },
	),
};

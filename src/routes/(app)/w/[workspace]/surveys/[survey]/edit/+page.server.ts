import { redirect, type RequestEvent } from '@sveltejs/kit';
import { Invalid } from '#lib/domain/errors.ts';
import { applyTyped, draftSchema, typedSchema } from '#lib/domain/survey/draft.ts';
import type { State } from '#lib/domain/survey/lifecycle.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '#lib/server/context.ts';
import { fieldsOf, parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as logos from '#lib/server/services/logos.ts';
import * as openness from '#lib/server/services/openness.ts';
import * as surveys from '#lib/server/services/surveys.ts';

type Given = { ctx: Context; scope: Scope; event: RequestEvent; form: FormData };

/** A form with a logo of 5 MB in it. */
const limit = 6_000_000;

export const load = page('member', async ({ ctx, scope, event }) => {
	const survey = await surveys.byId(ctx, scope, event.params.survey ?? '');
	return { survey, state: await openness.stateOf(ctx, survey), taken: await surveys.takenIds(ctx, scope, survey.id) };
});

/** Keeps a logo that came with the form; null when none did. */
const keepLogo = async ({ ctx, scope, form }: Given): Promise<string | null> => {
	const file = form.get('logo');
	form.delete('logo');
	return file instanceof File && file.size > 0 ? logos.add(ctx, scope, file) : null;
};

/**
 * Saves the words that a plain form holds. A new logo is kept first, so that it is not lost when something else is
 * refused. Where there is nothing to save, `draftRevision` is the one that the form saw: what was saved elsewhere since
 * then was not seen.
 */
const save = async (given: Given): Promise<Survey> => {
	const { ctx, scope, event, form } = given;
	const survey = await surveys.byId(ctx, scope, event.params.survey ?? '');
	// An undo posts nothing but itself.
	if (!form.has('draftRevision')) return survey;
	const logoId = await keepLogo(given);
	if (logoId) form.set('brand.logoId', logoId);
	else if (form.has('removeLogo')) form.set('brand.logoId', '');
	// The fields of a brand are named as they are on every page that has them.
	for (const [name, value] of [...form]) if (name.startsWith('brand.')) form.set(`draft.${name}`, value);
	const typed = parseForm(form, typedSchema);
	const edit = draftSchema.safeParse({ draftRevision: typed.draftRevision, ...applyTyped(survey, typed) });
	if (!edit.success) {
		const fields = fieldsOf(edit.error);
		throw new Invalid(Object.values(fields)[0]!, fields);
	}
	const saved = await surveys.saveDraft(ctx, scope, survey.id, edit.data);
	return saved.draftRevision === survey.draftRevision ? { ...saved, draftRevision: typed.draftRevision } : saved;
};

/** Nobody is to think that it is answered now where it is not. */
const published: Record<State['kind'], () => string> = {
	open: t.builder_published,
	draft: t.builder_published,
	paused: t.builder_published_paused,
	scheduled: t.builder_published_later,
	ended: t.builder_published_closed,
	full: t.builder_published_closed,
	closed: t.builder_published_closed,
	archived: t.builder_published_closed,
};

type Move = 'pause' | 'resume' | 'close' | 'reopen';
const step = (move: Move, message: () => string, undo: Move) =>
	action(
		'member',
		async (given) => {
			const { ctx, scope, workspace } = given;
			const { id } = await save(given);
			const state = await openness.stateOf(ctx, await surveys[move](ctx, scope, id));
			// What keeps it closed is among its settings, and their page says why.
			if (state.kind === 'ended' || state.kind === 'full') redirect(303, `/w/${workspace.slug}/surveys/${id}/settings`);
			const said = state.kind === 'scheduled' ? t.surveys_opens_later() : message();
			return { toast: { message: said, undo: { action: `?/${undo}` } } };
		},
		{ limit },
	);

export const actions = {
	save: action('member', async (given) => ({ saved: (await save(given)).draftRevision }), { limit }),
	logo: action(
		'member',
		async (given) => {
			await surveys.byId(given.ctx, given.scope, given.event.params.survey ?? '');
			return { logoId: await keepLogo(given) };
		},
		{ limit },
	),
	publish: action(
		'member',
		async (given) => {
			const { id, draftRevision } = await save(given);
			const survey = await surveys.publish(given.ctx, given.scope, id, draftRevision);
			const { kind } = await openness.stateOf(given.ctx, survey);
			return { toast: { message: published[kind]() } };
		},
		{ limit },
	),
	pause: step('pause', t.builder_paused, 'resume'),
	resume: step('resume', t.builder_resumed, 'pause'),
	close: step('close', t.builder_closed, 'reopen'),
	reopen: step('reopen', t.builder_reopened, 'close'),
};

import type { RequestEvent } from '@sveltejs/kit';
import { applyForm, draftFormSchema } from '#lib/domain/survey/draft.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import type { Context } from '#lib/server/context.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as logos from '#lib/server/services/logos.ts';
import * as surveys from '#lib/server/services/surveys.ts';

type Given = { ctx: Context; scope: Scope; event: RequestEvent; form: FormData };

/** A form with a logo of 5 MB in it. */
const limit = 6_000_000;

export const load = page('member', async ({ ctx, scope, event }) => ({
	survey: await surveys.byId(ctx, scope, event.params.survey ?? ''),
}));

/** Saves what the form holds. A new logo is kept first, so that it is not lost when something else is refused. */
const save = async ({ ctx, scope, event, form }: Given): Promise<Survey> => {
	const survey = await surveys.byId(ctx, scope, event.params.survey ?? '');
	// An undo posts nothing but itself.
	if (!form.has('draftRevision')) return survey;
	const file = form.get('logo');
	form.delete('logo');
	if (file instanceof File && file.size > 0) form.set('brand.logoId', await logos.add(ctx, scope, file));
	else if (form.has('removeLogo')) form.set('brand.logoId', '');
	const typed = parseForm(form, draftFormSchema);
	return surveys.saveDraft(ctx, scope, survey.id, {
		draftRevision: typed.draftRevision,
		name: typed.name,
		draft: applyForm(survey.draft, typed),
	});
};

const savedOf = ({ draft, draftRevision }: Survey) => ({ draftRevision, logoId: draft.brand.logoId });

type Move = 'pause' | 'resume' | 'close' | 'reopen';
const step = (move: Move, message: string, undo: Move) =>
	action(
		'member',
		async (given) => {
			const survey = await save(given);
			await surveys[move](given.ctx, given.scope, survey.id);
			return { saved: savedOf(survey), toast: { message, undo: { action: `?/${undo}` } } };
		},
		{ limit },
	);

export const actions = {
	save: action('member', async (given) => ({ saved: savedOf(await save(given)) }), { limit }),
	publish: action(
		'member',
		async (given) => {
			const { id, draftRevision } = await save(given);
			const survey = await surveys.publish(given.ctx, given.scope, id, draftRevision);
			const message = survey.status === 'paused' ? 'Published. The survey is still paused' : 'Published';
			return { saved: savedOf(survey), toast: { message } };
		},
		{ limit },
	),
	pause: step('pause', 'Paused: nobody can answer now', 'resume'),
	resume: step('resume', 'Takes answers again', 'pause'),
	close: step('close', 'Closed: its links say so', 'reopen'),
	reopen: step('reopen', 'Open again', 'close'),
};

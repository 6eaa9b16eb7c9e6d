import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { guessAnswerRoles, guessPeopleRoles, keysOf } from '#lib/domain/import/columns.ts';
import { timeZones } from '#lib/domain/time/zones.ts';
import { parseForm, parseQuery } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as imports from '#lib/server/services/imports.ts';
import * as surveys from '#lib/server/services/surveys.ts';

const query = z.object({
	/** Refusals below this line of the file. */
	after: z.coerce.number().int().min(0).catch(0).default(0),
	remarks: z.literal('').optional().catch(undefined),
});

export const load = page('viewer', async ({ ctx, scope, event }) => {
	event.depends('heed:import');
	const given = await imports.byId(ctx, scope, event.params.import ?? '');
	const progress = await imports.progress(ctx, scope, given);
	const { after, remarks } = parseQuery(event.url.searchParams, query);
	const isMapping = given.status === 'mapping';
	const isOver = given.status === 'done' || given.status === 'failed';
	const isTaken = remarks !== undefined;
	const all = await surveys.list(ctx, scope);
	const { id, kind, fileName, status, header, sampleRows, profiles, counts, problem } = given;
	return {
		now: ctx.clock(),
		given: {
			...{ id, kind, fileName, status, counts, problem, delimiter: given.delimiter, encoding: given.encoding },
			...{ keptCount: given.keptCount, rowCount: given.rowCount, byteCount: given.byteCount },
			createdAt: given.createdAt,
			finishedAt: given.finishedAt,
		},
		progress,
		revision: imports.revisionOf(given, progress),
		columns: isMapping
			? {
					header,
					keys: keysOf(header),
					sampleRows,
					profiles,
					guesses: kind === 'people' ? guessPeopleRoles(header) : guessAnswerRoles(header, profiles),
				}
			: null,
		twin: isMapping ? await imports.twin(ctx, given) : null,
		surveys: isMapping
			? all
					.filter(({ isSample, archivedAt }) => !isSample && !archivedAt)
					.map(({ id, name, draft: { metric, scale } }) => ({ id, name, metric, scale }))
			: [],
		timeZones: isMapping && kind === 'answers' ? timeZones() : [],
		survey: all.find((survey) => survey.id === given.surveyId)?.name ?? null,
		surveyId: given.surveyId,
		broughtPeople: isOver && kind === 'answers' ? await imports.broughtPeople(ctx, scope, id) : 0,
		page: {
			after,
			isTaken,
			...(isOver ? await imports.refusals(ctx, scope, id, { after, isTaken }) : { refusals: [], hasMore: false }),
		},
	};
});

export const actions = {
	start: action('member', async ({ ctx, scope, workspace, event, form }) => {
		const id = event.params.import ?? '';
		const { kind } = await imports.byId(ctx, scope, id);
		if (kind === 'people') await imports.startPeople(ctx, scope, id, parseForm(form, imports.peopleFormSchema));
		else await imports.startAnswers(ctx, scope, workspace, id, parseForm(form, imports.answersFormSchema));
		redirect(303, `/w/${workspace.slug}/imports/${id}`);
	}),
	check: action('member', async ({ ctx, scope, event, form }) => {
		const id = event.params.import ?? '';
		const { kind } = await imports.byId(ctx, scope, id);
		const given =
			kind === 'people'
				? { kind, values: parseForm(form, imports.peopleFormSchema) }
				: { kind, values: parseForm(form, imports.answersFormSchema) };
		const values = Object.fromEntries([...form].map(([field, value]) => [field, String(value)]));
		return { forecast: await imports.check(ctx, scope, id, given), values };
	}),
	discard: action('member', async ({ ctx, scope, workspace, event }) => {
		await imports.discard(ctx, scope, event.params.import ?? '');
		redirect(303, `/w/${workspace.slug}/imports`);
	}),
	undo: action('member', async ({ ctx, scope, workspace, event }) => {
		await imports.undo(ctx, scope, event.params.import ?? '');
		redirect(303, `/w/${workspace.slug}/imports/${event.params.import}`);
	}),
};

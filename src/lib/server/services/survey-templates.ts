// A workspace's own templates: made of its surveys, renamed, deleted and put back.
import { Conflict, Invalid, NotFound } from '#lib/domain/errors.ts';
import { mostTemplates, type OwnTemplate } from '#lib/domain/survey/own-template.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as rows from '../db/survey-templates.ts';
import * as surveys from './surveys.ts';

type Words = Pick<OwnTemplate, 'name' | 'purpose'>;

const taken = (name: string) =>
	new Invalid(t.sendings_own_taken({ template: name }), { name: t.sendings_own_taken_field({ template: name }) });

/** All of the workspace, in the order of their names. */
export const list = (ctx: Context, scope: Scope): Promise<OwnTemplate[]> => rows.list(ctx.db, scope.workspaceId);

/** Throws NotFound. */
export const byId = async (ctx: Context, scope: Scope, id: string): Promise<OwnTemplate> => {
	const template = await rows.byId(ctx.db, scope.workspaceId, id);
	if (!template) throw new NotFound(t.sendings_own_missing());
	return template;
};

/** Puts a template in, under its id. Throws Invalid, by field `name`, when the name is taken. */
export const restore = async (ctx: Context, scope: Scope, template: OwnTemplate): Promise<void> => {
	if ((await list(ctx, scope)).length >= mostTemplates)
		throw new Conflict(t.sendings_own_too_many({ most: mostTemplates }));
	if (!(await rows.insert(ctx.db, scope.workspaceId, template))) throw taken(template.name);
};

/** Makes a template of a survey's draft, under an id from `surveys.newId`; the same id again changes nothing. */
export const save = async (ctx: Context, scope: Scope, surveyId: string, id: string, words: Words): Promise<void> => {
	const { draft } = await surveys.byId(ctx, scope, surveyId);
	await restore(ctx, scope, { id, ...words, definition: draft, createdAt: ctx.clock() });
};

/** Throws NotFound, and Invalid, by field `name`, when the name is taken. */
export const rename = async (ctx: Context, scope: Scope, id: string, words: Words): Promise<void> => {
	await byId(ctx, scope, id);
	if (!(await rows.rename(ctx.db, scope.workspaceId, id, words))) throw taken(words.name);
};

/** Deletes a template and gives it back, to be restored. Surveys made of it stay. Throws NotFound. */
export const remove = async (ctx: Context, scope: Scope, id: string): Promise<OwnTemplate> => {
	const template = await byId(ctx, scope, id);
	await rows.remove(ctx.db, scope.workspaceId, id);
	return template;
};

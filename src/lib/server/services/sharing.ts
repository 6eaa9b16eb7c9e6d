// Addresses of a survey to hand on: for anyone to answer, for other sites, and for colleagues to look at the draft.
import { escapeHtml } from '#emails/mail.ts';
import { Conflict } from '#lib/domain/errors.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import { m } from '#lib/messages/paraglide/messages.js';
import type { Context } from '../context.ts';
import * as surveyRows from '../db/surveys.ts';
import { tokenFor } from './links.ts';
import * as surveys from './surveys.ts';

/** For how many days a preview link may be made; the first is made when nobody chooses. */
export const previewDays = [7, 1, 30] as const;
export type PreviewDays = (typeof previewDays)[number];

const dayMs = 86_400_000;

type Shared = Pick<Survey, 'id' | 'workspaceId' | 'previewGeneration'>;

/** An address that shows the draft as it stands whenever it is opened, for so many days from now. Nothing is counted. */
export const previewLink = (ctx: Context, survey: Shared, days: PreviewDays): { link: string; expiresAt: Date } => {
	const { id, workspaceId, previewGeneration: generation } = survey;
	const expiresAt = new Date(Math.floor(ctx.clock().getTime() / 1000) * 1000 + days * dayMs);
	const token = tokenFor(ctx.secret, { kind: 'preview', workspaceId, id, expiresAt, generation });
	return { link: `${ctx.config.PUBLIC_URL}/s/${token}`, expiresAt };
};

/** A link for anyone to answer, and the script tag for other sites, with the link for visitors without script. */
export const openLinks = (
	ctx: Context,
	{ id, workspaceId, draft }: Pick<Survey, 'id' | 'workspaceId' | 'draft'>,
	{ name: company }: Pick<Workspace, 'name'>,
) => {
	const { PUBLIC_URL } = ctx.config;
	const token = tokenFor(ctx.secret, { kind: 'open', workspaceId, id });
	const openLink = `${PUBLIC_URL}/s/${token}`;
	const words = escapeHtml(m.page_title({ company }, { locale: draft.language }));
	return {
		openLink,
		embedSnippet:
			`<script async src="${PUBLIC_URL}/embed.js" data-survey="${token}"></script>` +
			`<noscript><a href="${openLink}">${words}</a></noscript>`,
	};
};

/** Ends every preview link made so far. Gives the generation that they were of, for `restorePreviews`. Throws NotFound. */
export const revokePreviews = async (ctx: Context, scope: Scope, surveyId: string): Promise<number> => {
	const { previewGeneration: from } = await surveys.byId(ctx, scope, surveyId);
	await surveyRows.setPreviewGeneration(ctx.db, scope.workspaceId, surveyId, { from, to: from + 1 });
	return from;
};

/** Takes a revocation back. Throws Conflict when links were revoked once more since. */
export const restorePreviews = async (
	ctx: Context,
	scope: Scope,
	surveyId: string,
	generation: number,
): Promise<void> => {
	const change = { from: generation + 1, to: generation };
	await surveys.byId(ctx, scope, surveyId);
	if (!(await surveyRows.setPreviewGeneration(ctx.db, scope.workspaceId, surveyId, change)))
		throw new Conflict(t.surveys_preview_revoked_again());
};

// Making surveys: from a template to a draft, from a draft to a frozen version, and open or not.
import { isDeepStrictEqual } from 'node:util';
import { Conflict, NotFound } from '#lib/domain/errors.ts';
import type { Definition, TemplateId } from '#lib/domain/survey/definition.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import type { Taken } from '#lib/domain/survey/edits.ts';
import * as lifecycle from '#lib/domain/survey/lifecycle.ts';
import type { ScaleChoice } from '#lib/domain/survey/metric.ts';
import { noteOutdated, type Outdated } from '#lib/domain/survey/outdated.ts';
import { check } from '#lib/domain/survey/paths.ts';
import { defaultSettings, settingsOf, type Survey, type SurveySettings } from '#lib/domain/survey/survey.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';
import { unworded } from '#lib/domain/survey/unworded.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import { notPublished } from '#lib/messages/problems.ts';
import { standardTexts } from '#lib/messages/standard.ts';
import type { Context } from '../context.ts';
import { hasAnswers, type Countable } from '../db/day-counts.ts';
import * as membershipRows from '../db/memberships.ts';
import * as surveyRows from '../db/surveys.ts';
import * as users from '../db/users.ts';

/** Every survey of the workspace, newest first. */
export const list = (ctx: Context, scope: Scope): Promise<Survey[]> => surveyRows.list(ctx.db, scope.workspaceId);

/** Throws NotFound. */
export const byId = async (ctx: Context, scope: Scope, surveyId: string): Promise<Survey> => {
	const survey = await surveyRows.byId(ctx.db, scope.workspaceId, surveyId);
	if (!survey) throw new NotFound(t.common_no_survey());
	return survey;
};

/** A survey that is no sample. Throws NotFound, and Conflict for a sample. */
export const requireOwn = async (ctx: Context, scope: Scope, surveyId: string): Promise<Survey> => {
	const survey = await byId(ctx, scope, surveyId);
	if (survey.isSample) throw new Conflict(t.common_sample_kept());
	return survey;
};

/** What a form for a new survey carries, so that sending it twice makes one survey. */
export const newId = (ctx: Context): string => Buffer.from(ctx.randomBytes(12)).toString('hex');

type Beginning = {
	id: string;
	template: TemplateId;
	name: string;
	language: Language;
	/** Where it is another one than the metric's standard. */
	scale?: ScaleChoice;
};

/** Makes a draft with this content, under an id from `newId`. The same id again gives the survey that was made first. */
export const add = async (
	ctx: Context,
	scope: Scope,
	beginning: {
		id: string;
		name: string;
		definition: Definition;
		outdated?: Outdated[];
		settings?: Partial<SurveySettings>;
	},
): Promise<Survey> => {
	const now = ctx.clock();
	await surveyRows.insert(ctx.db, {
		id: beginning.id,
		workspaceId: scope.workspaceId,
		name: beginning.name,
		status: 'draft',
		draft: beginning.definition,
		outdated: beginning.outdated ?? [],
		draftRevision: 0,
		version: null,
		hasUnpublishedEdits: true,
		...defaultSettings,
		...beginning.settings,
		archivedAt: null,
		previewGeneration: 0,
		isSample: false,
		revision: 0,
		createdAt: now,
		updatedAt: now,
	});
	return byId(ctx, scope, beginning.id);
};

/** Makes a draft from one of the product's templates, as `add` does. A touchpoint that the workspace removed counts as none. */
export const create = (ctx: Context, scope: Scope, beginning: Beginning): Promise<Survey> => {
	const template = templates.find(({ id }) => id === beginning.template)!;
	const { id, name, language, scale } = beginning;
	const definition = { ...definitionFrom(template, language), ...(scale && { scale }) };
	return add(ctx, scope, { id, name, definition, settings: { touchpointId: template.touchpoint ?? null } });
};

const countable = ({ id, workspaceId }: Survey): Countable => ({ workspaceId, surveyId: id, kind: 'real' });

/** `outdated` where translations were confirmed; otherwise the edit itself says which it leaves behind. */
type DraftEdit = { draftRevision: number; name: string; draft: Definition; outdated?: Outdated[] };

/**
 * Saves a draft over the revision its editor saw. Throws Conflict when somebody else saved in between; what they saved
 * is then in the survey, and nothing of either is lost. Throws Invalid where answers there are would be on another scale.
 */
export const saveDraft = async (ctx: Context, scope: Scope, surveyId: string, edit: DraftEdit): Promise<Survey> => {
	const survey = await requireOwn(ctx, scope, surveyId);
	const noted = survey.outdated ?? [];
	const outdated = edit.outdated ?? noteOutdated(survey.draft, noted, edit.draft);
	const isSame = survey.name === edit.name && isDeepStrictEqual(survey.draft, edit.draft);
	if (isSame && isDeepStrictEqual(outdated, noted)) return survey;
	const asked = survey.version === null ? null : await versionOf(ctx, scope, survey.id, survey.version);
	const isCounted = asked !== null || (await hasAnswers(ctx.db, countable(survey)));
	if (isCounted) lifecycle.requireSameScale(asked ?? survey.draft, edit.draft);
	const saved = await surveyRows.saveDraft(ctx.db, scope.workspaceId, surveyId, edit.draftRevision, {
		name: edit.name,
		draft: edit.draft,
		outdated,
		draftSavedBy: scope.userId,
		hasUnpublishedEdits: !isDeepStrictEqual(asked, edit.draft),
		updatedAt: ctx.clock(),
	});
	if (saved) return saved;
	// Either the reply to our own save was lost and this is the repeat, or somebody else was faster.
	const latest = await byId(ctx, scope, surveyId);
	if (latest.name === edit.name && isDeepStrictEqual(latest.draft, edit.draft)) return latest;
	if (latest.draftSavedBy === scope.userId) throw new Conflict(t.surveys_draft_conflict_mine());
	const name = await lastEditor(ctx, scope, latest);
	throw new Conflict(name === null ? t.surveys_draft_conflict() : t.surveys_draft_conflict_with({ name }));
};

/** Name of who saved the draft last; null when that is not known. */
export const lastEditor = async (ctx: Context, scope: Scope, { draftSavedBy }: Survey): Promise<string | null> => {
	const members = await membershipRows.ofWorkspace(ctx.db, scope.workspaceId);
	// Somebody who left is not named to those who stayed.
	if (!draftSavedBy || !members.some(({ userId }) => userId === draftSavedBy)) return null;
	return (await users.byId(ctx.db, draftSavedBy))?.name ?? null;
};

/** Ids of options and rows of every question that was ever published: what is gone does not come back under its name. */
export const takenIds = async (ctx: Context, scope: Scope, surveyId: string): Promise<Taken> => {
	const taken: Record<string, string[]> = {};
	for (const { id, options = [], rows = [] } of await surveyRows.publishedIds(ctx.db, scope.workspaceId, surveyId))
		taken[id] = [...new Set([...(taken[id] ?? []), ...options, ...rows])];
	return taken;
};

/** The definition of a published version. Throws NotFound. */
export const versionOf = async (
	ctx: Context,
	scope: Pick<Scope, 'workspaceId'>,
	surveyId: string,
	number: number,
): Promise<Definition> => {
	const version = await surveyRows.version(ctx.db, scope.workspaceId, surveyId, number);
	if (!version) throw new NotFound(t.surveys_no_version({ number }));
	return version.definition;
};

/** The number under which the draft is frozen: a new one, or the one that a publish cut short left behind. */
const freeze = async (ctx: Context, survey: Survey, publishedBy: string): Promise<number> => {
	for (let attempt = 1; ; attempt++) {
		const newest = await surveyRows.newestVersion(ctx.db, survey.workspaceId, survey.id);
		if (newest && newest.version >= (survey.version ?? 0) && isDeepStrictEqual(newest.definition, survey.draft))
			return newest.version;
		const number = (newest?.version ?? 0) + 1;
		const version = {
			surveyId: survey.id,
			version: number,
			definition: survey.draft,
			publishedAt: ctx.clock(),
			publishedBy,
		};
		if (await surveyRows.addVersion(ctx.db, survey.workspaceId, version)) return number;
		if (attempt === 5) throw new Conflict(t.surveys_publishing_by_others());
	}
};

/**
 * Freezes the draft as a version and asks it from now on; answers keep the version they were given to. Publishing an
 * unchanged draft changes nothing. Throws Conflict when the draft is not the one that was seen, its logic
 * leads somebody astray or a question says nothing, or the survey is closed.
 */
export const publish = async (ctx: Context, scope: Scope, surveyId: string, draftRevision: number): Promise<Survey> => {
	const survey = await requireOwn(ctx, scope, surveyId);
	const status = lifecycle.next(survey, 'publish');
	const changed = new Conflict(t.surveys_publish_changed());
	if (survey.draftRevision !== draftRevision) throw changed;
	// A draft that was saved in the moment of the first publish.
	if (survey.version !== null)
		lifecycle.requireSameScale(await versionOf(ctx, scope, survey.id, survey.version), survey.draft);
	const standard = standardTexts(survey.draft, survey.draft.language, '');
	const findings = [...check(survey.draft), ...unworded(survey.draft, standard)];
	if (findings.length > 0) throw new Conflict(notPublished(survey.draft, findings));
	const version = await freeze(ctx, survey, scope.userId);
	if (version === survey.version && status === survey.status) return survey;
	const isSet = await surveyRows.setVersion(ctx.db, survey, { version, status }, ctx.clock());
	const latest = await byId(ctx, scope, surveyId);
	if (!isSet && latest.version !== version) throw changed;
	return latest;
};

const move = async (ctx: Context, scope: Scope, surveyId: string, step: lifecycle.Step): Promise<Survey> => {
	for (let attempt = 1; ; attempt++) {
		const survey = await requireOwn(ctx, scope, surveyId);
		const to = lifecycle.next(survey, step);
		if (to === survey.status) return survey;
		const change = { from: survey.status, to };
		const isMoved = await surveyRows.setStatus(ctx.db, scope.workspaceId, surveyId, change, ctx.clock());
		if (isMoved) return { ...survey, status: to };
		if (attempt === 5) throw new Conflict(t.surveys_changing_by_others());
	}
};

/** Stops taking answers for a while; links say that the survey is paused. */
export const pause = (ctx: Context, scope: Scope, surveyId: string) => move(ctx, scope, surveyId, 'pause');
/** Takes answers again after a pause. */
export const resume = (ctx: Context, scope: Scope, surveyId: string) => move(ctx, scope, surveyId, 'resume');
/** Stops taking answers; links say that the survey is closed. */
export const close = (ctx: Context, scope: Scope, surveyId: string) => move(ctx, scope, surveyId, 'close');
/** Takes answers again, with the version that was asked last. */
export const reopen = (ctx: Context, scope: Scope, surveyId: string) => move(ctx, scope, surveyId, 'reopen');

/**
 * Changes the settings from those that were seen on the page. Throws Conflict when somebody else changed them
 * meanwhile, and Invalid for what cannot be.
 */
export const changeSettings = async (
	ctx: Context,
	scope: Scope,
	surveyId: string,
	change: { from: SurveySettings; to: SurveySettings },
): Promise<void> => {
	await requireOwn(ctx, scope, surveyId);
	if (await surveyRows.setSettings(ctx.db, scope.workspaceId, surveyId, change, ctx.clock())) return;
	// The repeat of a save whose reply was lost finds what it wrote.
	if (isDeepStrictEqual(settingsOf(await byId(ctx, scope, surveyId)), change.to)) return;
	throw new Conflict(t.surveys_settings_conflict());
};

/** Takes a survey out of the lists; it takes no answers from then on. */
export const archive = async (ctx: Context, scope: Scope, surveyId: string): Promise<void> => {
	await requireOwn(ctx, scope, surveyId);
	await surveyRows.setArchivedAt(ctx.db, scope.workspaceId, surveyId, ctx.clock());
};

/** Takes a survey out of the archive, as it was when it was put there. */
export const unarchive = async (ctx: Context, scope: Scope, surveyId: string): Promise<void> => {
	await requireOwn(ctx, scope, surveyId);
	await surveyRows.setArchivedAt(ctx.db, scope.workspaceId, surveyId, null);
};

/** Makes a draft with everything a survey asks now, under an id from `newId`. A sample may be copied, too. */
export const duplicate = async (
	ctx: Context,
	scope: Scope,
	surveyId: string,
	copy: { id: string; name: string },
): Promise<Survey> => {
	const { draft, outdated, touchpointId, editWindowHours } = await byId(ctx, scope, surveyId);
	return add(ctx, scope, { ...copy, definition: draft, outdated, settings: { touchpointId, editWindowHours } });
};

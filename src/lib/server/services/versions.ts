// The versions of a survey as colleagues look back at them: when, by whom, and what was different.
import type { Definition } from '#lib/domain/survey/definition.ts';
import { differences, marksOf, type Difference, type Mark } from '#lib/domain/survey/differences.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import type { Context } from '../context.ts';
import * as membershipRows from '../db/memberships.ts';
import * as surveyRows from '../db/surveys.ts';
import * as users from '../db/users.ts';
import * as surveys from './surveys.ts';

export type VersionView = {
	version: number;
	publishedAt: Date;
	/** A colleague's name; null where it is not known, or they belong here no more. */
	publishedBy: string | null;
	/** From the version before; null of the first. */
	differences: Difference[] | null;
};

/** Names of those who belong to the workspace, by user id. */
const namesOf = async (ctx: Context, scope: Scope): Promise<Map<string, string>> => {
	const members = await membershipRows.ofWorkspace(ctx.db, scope.workspaceId);
	const found = await users.byIds(
		ctx.db,
		members.map(({ userId }) => userId),
	);
	return new Map(found.map(({ id, name }) => [id, name]));
};

/** What publishing a draft now changes for customers; null where nobody was asked yet or nothing is different. */
const pendingOf = ({ version, draft }: Survey, asked: Definition | undefined): Difference[] | null => {
	if (version === null || !asked) return null;
	const found = differences(asked, draft);
	return found.length ? found : null;
};

/** All versions, newest first, with what the draft has that is not published, and two compared. Throws NotFound. */
export const list = async (
	ctx: Context,
	scope: Scope,
	surveyId: string,
	compare: { from: number; to: number } | null,
) => {
	const survey = await surveys.byId(ctx, scope, surveyId);
	const all = await surveyRows.versions(ctx.db, scope.workspaceId, surveyId);
	const names = await namesOf(ctx, scope);
	const definitionOf = (number: number) => all.find(({ version }) => version === number)?.definition;
	const versions = all.map(({ version, publishedAt, publishedBy, definition }, index): VersionView => {
		const before = all[index - 1];
		return {
			version,
			publishedAt,
			publishedBy: publishedBy && (names.get(publishedBy) ?? null),
			differences: before ? differences(before.definition, definition) : null,
		};
	});
	const [a, b] = compare ? [definitionOf(compare.from), definitionOf(compare.to)] : [];
	return {
		survey,
		versions: versions.toReversed(),
		pending: pendingOf(survey, survey.version === null ? undefined : definitionOf(survey.version)),
		compared: compare && a && b ? { ...compare, differences: differences(a, b) } : null,
	};
};

/** Where a chart of the survey says that wording or scale became others. */
export const marks = async (ctx: Context, workspaceId: string, surveyId: string): Promise<Mark[]> =>
	marksOf(await surveyRows.versions(ctx.db, workspaceId, surveyId));

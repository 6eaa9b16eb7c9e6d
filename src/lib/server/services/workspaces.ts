// Making and changing workspaces.
import { z } from 'zod';
import { slugOf } from '#lib/domain/workspace/slug.ts';
import { type Role, type Scope, type Workspace } from '#lib/domain/workspace/workspace.ts';
import { languageSchema, timeZoneSchema, workspaceNameSchema } from '#lib/domain/workspace/fields.ts';
import { defaultTouchpoints } from '#lib/domain/workspace/touchpoints.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as memberships from '../db/memberships.ts';
import * as workspaceRows from '../db/workspaces.ts';
import * as recounts from './recounts.ts';

export const newWorkspaceSchema = z.object({
	workspaceName: workspaceNameSchema,
	timeZone: timeZoneSchema,
	language: languageSchema,
});
export type NewWorkspace = z.output<typeof newWorkspaceSchema>;

export const workspaceSettingsSchema = z.object({
	name: workspaceNameSchema,
	timeZone: timeZoneSchema,
	language: languageSchema,
	quietDays: z.coerce
		.number({ error: () => t.refusals_whole_days() })
		.int({ error: () => t.refusals_whole_days() })
		.min(0, { error: () => t.refusals_days_least({ least: 0 }) })
		.max(365, { error: () => t.refusals_days_most({ most: 365 }) }),
});
export type WorkspaceSettings = z.output<typeof workspaceSettingsSchema>;

const defaultQuietDays = 30;

/** A workspace with its first owner. A taken slug gets a number: shop, shop-2, shop-3. */
export const create = async (ctx: Context, ownerId: string, given: NewWorkspace): Promise<Workspace> => {
	const { workspaceName: name, timeZone, language } = given;
	const createdAt = ctx.clock();
	for (let count = 1; ; count++) {
		const slug = count === 1 ? slugOf(name) : `${slugOf(name)}-${count}`;
		const made = await workspaceRows.create(ctx.db, {
			slug,
			name,
			timeZone,
			language,
			quietDays: defaultQuietDays,
			touchpoints: defaultTouchpoints,
			createdAt,
		});
		if (!made) continue;
		await memberships.add(ctx.db, made.id, ownerId, 'owner', createdAt);
		return made;
	}
};

export type OwnWorkspace = Workspace & { role: Role };

/** The workspaces a person belongs to, the longest-standing first. */
export const ofUser = async (ctx: Context, userId: string): Promise<OwnWorkspace[]> => {
	const mine = await memberships.ofUser(ctx.db, userId);
	const found = await workspaceRows.byIds(
		ctx.db,
		mine.map(({ workspaceId }) => workspaceId),
	);
	return mine.flatMap(({ workspaceId, role }) => {
		const workspace = found.find(({ id }) => id === workspaceId);
		return workspace ? [{ ...workspace, role }] : [];
	});
};

export const change = async (ctx: Context, scope: Scope, values: WorkspaceSettings): Promise<void> => {
	await workspaceRows.change(ctx.db, scope.workspaceId, values);
	await recounts.followTimeZone(ctx, scope.workspaceId);
};

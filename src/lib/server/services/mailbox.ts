// The built-in mailbox as owners read it: all their workspaces' mails while no mail server is set.
import { Conflict, Forbidden, NotFound } from '#lib/domain/errors.ts';
import type { User, Workspace } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as mailbox from '../db/mailbox.ts';
import * as memberships from '../db/memberships.ts';
import * as workspaces from '../db/workspaces.ts';

/** The workspaces whose mail this person may read. Throws NotFound where mail really goes out, Forbidden for others than owners. */
const owned = async (ctx: Context, user: User): Promise<Workspace[]> => {
	if (!ctx.mailer.isMailbox) throw new NotFound(t.sendings_mailbox_none());
	const own = (await memberships.ofUser(ctx.db, user.id)).filter(({ role }) => role === 'owner');
	if (!own.length) throw new Forbidden(t.sendings_mailbox_forbidden());
	return workspaces.byIds(
		ctx.db,
		own.map(({ workspaceId }) => workspaceId),
	);
};

export type Line = mailbox.MessageHead & { workspace: Pick<Workspace, 'name' | 'timeZone'> };

/** Newest first: `limit` of those before a message id. */
export const list = async (
	ctx: Context,
	user: User,
	paging: { before: string | null; limit: number },
): Promise<Line[]> => {
	const lists = await Promise.all(
		(await owned(ctx, user)).map(async (workspace) =>
			(await mailbox.list(ctx.db, workspace.id, paging)).map((head) => ({ ...head, workspace })),
		),
	);
	const lines = lists.flat().sort((a, b) => (a.id < b.id ? 1 : -1));
	return lines.slice(0, paging.limit).map(({ workspace: { name, timeZone }, ...head }) => ({
		...head,
		workspace: { name, timeZone },
	}));
};

/** Throws NotFound. */
export const read = async (
	ctx: Context,
	user: User,
	id: string,
): Promise<mailbox.Message & Pick<Line, 'workspace'>> => {
	for (const workspace of await owned(ctx, user)) {
		const message = await mailbox.byId(ctx.db, workspace.id, id);
		const { name, timeZone } = workspace;
		if (message) return { ...message, workspace: { name, timeZone } };
	}
	throw new NotFound(t.sendings_mailbox_message_missing());
};

const undoMs = 30_000;

/** Empties the mailbox. Returns what `restore` needs. */
export const clear = async (ctx: Context, user: User): Promise<{ clearedAt: string }> => {
	const clearedAt = ctx.clock();
	for (const { id } of await owned(ctx, user)) await mailbox.clear(ctx.db, id, clearedAt);
	return { clearedAt: clearedAt.toISOString() };
};

/** Brings back what was cleared at a moment (ISO 8601, as `clear` gave it), within 30 seconds. */
export const restore = async (ctx: Context, user: User, clearedAt: string): Promise<void> => {
	const own = await owned(ctx, user);
	const age = ctx.clock().getTime() - Date.parse(clearedAt);
	if (!(age <= undoMs)) throw new Conflict(t.sendings_mailbox_too_late());
	for (const { id } of own) await mailbox.restore(ctx.db, id, new Date(clearedAt));
};

// Verbs on invitations of colleagues: at most one per workspace and address.
import type { Role } from '#lib/domain/workspace/workspace.ts';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import type { ColleagueInviteRow } from './rows/account.ts';
import { ObjectId, parseId } from './rows/base.ts';

export type ColleagueInvite = {
	id: string;
	workspaceId: string;
	email: string;
	role: Role;
	invitedBy: string;
	createdAt: Date;
	expiresAt: Date;
};

const toInvite = ({ _id, workspaceId, invitedBy, ...row }: ColleagueInviteRow): ColleagueInvite => ({
	id: _id.toHexString(),
	workspaceId: workspaceId.toHexString(),
	invitedBy: invitedBy.toHexString(),
	...row,
});

const of = (workspaceId: string, id: string) => ({ workspaceId: parseId(workspaceId), _id: parseId(id) });

export const byId = async (db: Database, workspaceId: string, id: string): Promise<ColleagueInvite | null> => {
	const row = await db.models.colleagueInvites.findOne(of(workspaceId, id)).lean<ColleagueInviteRow>();
	return row && toInvite(row);
};

/** Oldest first. */
export const ofWorkspace = async (db: Database, workspaceId: string): Promise<ColleagueInvite[]> => {
	const rows = await db.models.colleagueInvites
		.find({ workspaceId: parseId(workspaceId) })
		.sort({ createdAt: 1, _id: 1 })
		.lean<ColleagueInviteRow[]>();
	return rows.map(toInvite);
};

/** Invites an address, or invites it anew: the older link, which has the same id, goes on working. */
export const save = async (
	db: Database,
	workspaceId: string,
	{ email, role, invitedBy, createdAt, expiresAt }: Omit<ColleagueInvite, 'id' | 'workspaceId'>,
): Promise<ColleagueInvite> => {
	const row = await repeatable(
		() =>
			db.models.colleagueInvites
				.findOneAndUpdate(
					{ workspaceId: new ObjectId(workspaceId), email },
					{ $set: { role, invitedBy: new ObjectId(invitedBy), createdAt, expiresAt } },
					{ upsert: true, returnDocument: 'after' },
				)
				.lean<ColleagueInviteRow>(),
		{ upsert: true },
	);
	return toInvite(row!);
};

export const remove = async (db: Database, workspaceId: string, id: string): Promise<void> => {
	await repeatable(() => db.models.colleagueInvites.deleteOne(of(workspaceId, id)));
};

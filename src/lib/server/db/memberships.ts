// Verbs on memberships: who belongs to which workspace, as what.
import type { Role } from '#lib/domain/workspace/workspace.ts';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { MembershipRow } from './rows/workspace.ts';

export type Membership = {
	workspaceId: string;
	userId: string;
	role: Role;
	wantsDetractorMail: boolean;
	createdAt: Date;
};

const toMembership = ({ _id, workspaceId, userId, ...row }: MembershipRow): Membership => ({
	workspaceId: workspaceId.toHexString(),
	userId: userId.toHexString(),
	...row,
});

const of = (workspaceId: string, userId: string) => ({ workspaceId: parseId(workspaceId), userId: parseId(userId) });

/** The role of a user in a workspace, or null when they do not belong to it. */
export const roleOf = async (db: Database, workspaceId: string, userId: string): Promise<Role | null> => {
	const row = await db.models.memberships.findOne(of(workspaceId, userId)).lean<MembershipRow>();
	return row?.role ?? null;
};

/** All of a workspace, the longest-standing first. */
export const ofWorkspace = async (db: Database, workspaceId: string): Promise<Membership[]> => {
	const rows = await db.models.memberships
		.find({ workspaceId: parseId(workspaceId) })
		.sort({ createdAt: 1, _id: 1 })
		.lean<MembershipRow[]>();
	return rows.map(toMembership);
};

/** All of a person, over every workspace, the longest-standing first. */
export const ofUser = async (db: Database, userId: string): Promise<Membership[]> => {
	const rows = await db.models.memberships
		.find({ userId: parseId(userId) })
		.sort({ createdAt: 1, _id: 1 })
		.lean<MembershipRow[]>();
	return rows.map(toMembership);
};

/** Adds a user to a workspace; one who belongs to it already keeps their role. */
export const add = async (
	db: Database,
	workspaceId: string,
	userId: string,
	role: Role,
	createdAt: Date,
): Promise<void> => {
	const row = { workspaceId: new ObjectId(workspaceId), userId: new ObjectId(userId) };
	await repeatable(
		() =>
			db.models.memberships.updateOne(
				row,
				{ $setOnInsert: { role, wantsDetractorMail: false, createdAt } },
				{ upsert: true },
			),
		{ upsert: true },
	);
};

export const setRole = async (db: Database, workspaceId: string, userId: string, role: Role): Promise<void> => {
	await repeatable(() => db.models.memberships.updateOne(of(workspaceId, userId), { $set: { role } }));
};

export const setWantsDetractorMail = async (
	db: Database,
	workspaceId: string,
	userId: string,
	wantsDetractorMail: boolean,
): Promise<void> => {
	await repeatable(() => db.models.memberships.updateOne(of(workspaceId, userId), { $set: { wantsDetractorMail } }));
};

export const remove = async (db: Database, workspaceId: string, userId: string): Promise<void> => {
	await repeatable(() => db.models.memberships.deleteOne(of(workspaceId, userId)));
};

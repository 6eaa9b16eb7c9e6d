// Rows of the tenant, its people and their membership.
import mongoose from 'mongoose';
import type { Role, User, Workspace } from '#lib/domain/workspace/workspace.ts';
import { count, date, flag, mixed, objectId, rowOptions, text, type ObjectId } from './base.ts';

export type WorkspaceRow = Omit<Workspace, 'id'> & { _id: ObjectId };
export const workspaceSchema = new mongoose.Schema<WorkspaceRow>(
	{
		slug: text,
		name: text,
		timeZone: text,
		language: text,
		quietDays: count,
		touchpoints: mixed,
		createdAt: date,
	},
	rowOptions,
).index({ slug: 1 }, { unique: true });

export type UserRow = Omit<User, 'id'> & { _id: ObjectId; passwordHash: string; isFirst?: true };
export const userSchema = new mongoose.Schema<UserRow>(
	{ email: text, name: text, passwordHash: text, createdAt: date, isFirst: { type: Boolean } },
	rowOptions,
)
	.index({ email: 1 }, { unique: true })
	// Of two people who set up at once, the second meets this key.
	.index({ isFirst: 1 }, { unique: true, partialFilterExpression: { isFirst: true } });

export type MembershipRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	userId: ObjectId;
	role: Role;
	/** Wants each detractor's answer by mail. */
	wantsDetractorMail: boolean;
	createdAt: Date;
};
export const membershipSchema = new mongoose.Schema<MembershipRow>(
	{ workspaceId: objectId, userId: objectId, role: text, wantsDetractorMail: flag, createdAt: date },
	rowOptions,
)
	.index({ workspaceId: 1, userId: 1 }, { unique: true })
	.index({ userId: 1 });

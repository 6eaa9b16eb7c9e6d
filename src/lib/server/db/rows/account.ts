// Rows of signing in: sessions by the hash of their token, password resets, tries, and colleagues who were invited.
import mongoose from 'mongoose';
import type { KeptDevice } from '#lib/domain/account/device.ts';
import type { Role } from '#lib/domain/workspace/workspace.ts';
import { date, mixed, objectId, optionalText, rowOptions, text, type ObjectId } from './base.ts';

export type SessionRow = { _id: string; userId: ObjectId; device: KeptDevice; createdAt: Date; expiresAt: Date };
/** Expired rows are removed by a verb and not by a TTL index, so that time is the product's clock everywhere. */
export const sessionSchema = new mongoose.Schema<SessionRow>(
	{ _id: text, userId: objectId, device: mixed, createdAt: date, expiresAt: date },
	rowOptions,
)
	.index({ userId: 1 })
	.index({ expiresAt: 1 });

export type PasswordResetRow = {
	_id: string;
	userId: ObjectId;
	expiresAt: Date;
	/** Whoever uses the link, by a name of the moment; null while nobody has. */
	takenBy: string | null;
};
export const passwordResetSchema = new mongoose.Schema<PasswordResetRow>(
	{ _id: text, userId: objectId, expiresAt: date, takenBy: optionalText },
	rowOptions,
)
	.index({ userId: 1 })
	.index({ expiresAt: 1 });

/** The newest tries of something that is limited, oldest first; `_id` is a hash of what is limited. */
export type TryRow = { _id: string; tries: { id: string; at: Date }[]; expiresAt: Date };
export const trySchema = new mongoose.Schema<TryRow>(
	{ _id: text, tries: [{ _id: false, id: text, at: date }], expiresAt: date },
	rowOptions,
).index({ expiresAt: 1 });

export type ColleagueInviteRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	email: string;
	role: Role;
	invitedBy: ObjectId;
	createdAt: Date;
	expiresAt: Date;
};
export const colleagueInviteSchema = new mongoose.Schema<ColleagueInviteRow>(
	{
		workspaceId: objectId,
		email: text,
		role: text,
		invitedBy: objectId,
		createdAt: date,
		expiresAt: date,
	},
	rowOptions,
).index({ workspaceId: 1, email: 1 }, { unique: true });

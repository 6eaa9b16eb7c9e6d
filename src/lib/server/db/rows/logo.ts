// Rows of logos: small pictures that customers' pages and mails show.
import mongoose from 'mongoose';
import { date, objectId, rowOptions, text, type ObjectId } from './base.ts';

export type LogoRow = {
	_id: ObjectId;
	workspaceId: ObjectId;
	/** SHA-256 of the bytes: the same picture is kept once. */
	hash: string;
	mediaType: 'image/png' | 'image/jpeg';
	bytes: mongoose.mongo.Binary;
	createdAt: Date;
};
export const logoSchema = new mongoose.Schema<LogoRow>(
	{
		workspaceId: objectId,
		hash: text,
		mediaType: text,
		bytes: { type: mongoose.Schema.Types.Buffer, required: true },
		createdAt: date,
	},
	rowOptions,
).index({ workspaceId: 1, hash: 1 }, { unique: true });

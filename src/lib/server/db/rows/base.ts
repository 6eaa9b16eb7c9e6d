// What all row schemas have in common.
import mongoose from 'mongoose';

export const { ObjectId } = mongoose.Types;
export type ObjectId = mongoose.Types.ObjectId;

/** Options of every schema: unknown fields are an error, no hidden version field, no autoIndex surprises. */
export const rowOptions = { strict: 'throw', versionKey: false, minimize: false, id: false } as const;

export const objectId = { type: mongoose.Schema.Types.ObjectId, required: true } as const;
export const optionalObjectId = { type: mongoose.Schema.Types.ObjectId, default: null } as const;
export const text = { type: String, required: true } as const;
/** May be the empty string, which `required` would refuse. */
export const looseText = { type: String, default: '' } as const;
export const optionalText = { type: String, default: null } as const;
export const date = { type: Date, required: true } as const;
export const optionalDate = { type: Date, default: null } as const;
export const count = { type: Number, required: true } as const;
export const flag = { type: Boolean, default: false } as const;
export const mixed = { type: mongoose.Schema.Types.Mixed, required: true } as const;
export const optionalMixed = { type: mongoose.Schema.Types.Mixed, default: null } as const;

/** Properties as rows of { key, value }: strangers choose the keys. */
export const properties = { type: [{ _id: false, key: text, value: looseText }], default: () => [] };

/** An id from outside as an ObjectId, or null when it cannot be one: a query for it finds nothing. */
export const parseId = (id: string): ObjectId | null => (/^[0-9a-f]{24}$/.test(id) ? new ObjectId(id) : null);

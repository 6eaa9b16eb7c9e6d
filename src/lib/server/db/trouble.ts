// Errors that are nobody's mistake: the database cannot do its work for now.
import mongoose from 'mongoose';
import { causeOf } from './retry.ts';

export type Trouble = 'disk full' | 'unreachable';

const outOfDiskSpace = 14_031;
const {
	MongoServerError,
	MongoNetworkError,
	MongoServerSelectionError,
	MongoNotConnectedError,
	MongoTopologyClosedError,
} = mongoose.mongo;
const unreachable = [
	MongoNetworkError,
	MongoServerSelectionError,
	MongoNotConnectedError,
	MongoTopologyClosedError,
	mongoose.Error.MongooseServerSelectionError,
];

/** What kept the database from its work, or null for an error of another kind. Nothing of the request was stored. */
export const troubleOf = (error: unknown): Trouble | null => {
	if (error instanceof MongoServerError && error.code === outOfDiskSpace) return 'disk full';
	const cause = causeOf(error);
	return unreachable.some((kind) => cause instanceof kind) ? 'unreachable' : null;
};

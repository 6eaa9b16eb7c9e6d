// Upserts that lose a race, and writes whose reply was lost, are simply done again: every verb here may be.
import mongoose from 'mongoose';

/** Whether the error is a duplicate key (11000). */
export const isDuplicateKey = (error: unknown): boolean =>
	error instanceof mongoose.mongo.MongoServerError && error.code === 11_000;

const isTransient = (error: unknown): boolean =>
	error instanceof mongoose.mongo.MongoNetworkError ||
	(error instanceof mongoose.mongo.MongoError && error.hasErrorLabel('RetryableWriteError'));

/**
 * Runs a database verb that is correct when repeated, up to 5 times, while it fails by a lost race (`upsert: true`) or
 * by the connection. Throws the last error.
 */
export const repeatable = async <Result>(
	run: () => Promise<Result>,
	options: { upsert?: boolean } = {},
): Promise<Result> => {
	for (let attempt = 1; ; attempt++) {
		try {
			return await run();
		} catch (error) {
			const mayRepeat = isTransient(error) || (options.upsert && isDuplicateKey(error));
			if (!mayRepeat || attempt === 5) throw error;
			await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempt));
		}
	}
};

/** Whether the database failed, and not our own code: it may go better later. */
export const isDatabaseProblem = (error: unknown): boolean =>
	error instanceof mongoose.mongo.MongoError || error instanceof mongoose.MongooseError;

// Upserts that lose a race, and writes whose reply was lost, are simply done again: every verb here may be.
import mongoose from 'mongoose';

/** Whether the error is a duplicate key (11000). */
export const isDuplicateKey = (error: unknown): boolean =>
	error instanceof mongoose.mongo.MongoServerError && error.code === 11_000;

const cursorNotFound = 43;

/** What the connection threw: a bulk write, insertMany too, wraps it. */
export const causeOf = (error: unknown): unknown =>
	error instanceof mongoose.mongo.MongoBulkWriteError ? (error.errorResponse as unknown) : error;

const isTransient = (given: unknown): boolean => isTransientItself(given) || isTransientItself(causeOf(given));

const isTransientItself = (error: unknown): boolean =>
	error instanceof mongoose.mongo.MongoNetworkError ||
	(error instanceof mongoose.mongo.MongoError && error.hasErrorLabel('RetryableWriteError')) ||
	(error instanceof mongoose.mongo.MongoServerError && error.code === cursorNotFound);

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
			await waitToRepeat(error, attempt, options);
		}
	}
};

/** Waits before the attempt after this one. Throws the error when it is not one to repeat after, or the fifth. */
export const waitToRepeat = async (
	error: unknown,
	attempt: number,
	options: { upsert?: boolean } = {},
): Promise<void> => {
	const mayRepeat = isTransient(error) || (options.upsert && isDuplicateKey(error));
	if (!mayRepeat || attempt === 5) throw error;
	await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempt));
};

/**
 * Inserts rows that bring their ids (several with `ordered: false`). A repeat after a lost reply finds them there, which
 * is as good. Throws a duplicate key of the first attempt.
 */
export const insertOnce = async (insert: () => Promise<unknown>): Promise<void> => {
	let isRepeat = false;
	await repeatable(async () => {
		try {
			await insert();
		} catch (error) {
			if (isRepeat && isDuplicateKey(error)) return;
			isRepeat = true;
			throw error;
		}
	});
};

const reads = new Set(['find', 'findOne', 'countDocuments', 'estimatedDocumentCount', 'distinct']);

/**
 * Makes a model ask again when a read fails by the connection or its cursor is gone: a read may always be repeated. The
 * driver does so once, and not for the later parts of a long answer. Who reads by `cursor()` takes care of that itself.
 */
export const repeatReads = (model: mongoose.Model<unknown>): void => {
	const { Query } = model as unknown as { Query: { prototype: mongoose.Query<unknown, unknown> } };
	const exec = Query.prototype.exec;
	Query.prototype.exec = function (this: mongoose.Query<unknown, unknown> & { op?: string }) {
		if (!reads.has(this.op ?? '')) return exec.call(this);
		let again: typeof this | null = null;
		return repeatable(() => {
			const query = again ?? this;
			again = query.clone() as typeof this;
			return exec.call(query);
		});
	};
	const aggregate = model.aggregate;
	model.aggregate = function (this: typeof model, ...given: Parameters<typeof aggregate>) {
		const asked = aggregate.apply(this, given);
		const run = asked.exec;
		asked.exec = () => repeatable(() => run.call(asked));
		return asked;
	} as typeof aggregate;
};

/** Whether the database failed, and not our own code: it may go better later. */
export const isDatabaseProblem = (error: unknown): boolean =>
	error instanceof mongoose.mongo.MongoError || error instanceof mongoose.MongooseError;

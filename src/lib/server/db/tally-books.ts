// One row per survey about its tallies: in which zone they are complete, and the ticket of the last count.
import type { Database } from './database.ts';
import { ObjectId } from './rows/base.ts';
import type { TallyBookRow } from './rows/tally.ts';
import { repeatable } from './retry.ts';

export type TallyBook = Pick<TallyBookRow, 'timeZone' | 'buildingZone' | 'keys' | 'hasMoreKeys'>;

/** More properties than these are not broken down ahead. */
const mostKeys = 40;

const bookOf = (workspaceId: string, surveyId: string) => ({
	workspaceId: new ObjectId(workspaceId),
	surveyId: new ObjectId(surveyId),
});

/** The survey's book; an empty one before its first count. */
export const read = async (db: Database, workspaceId: string, surveyId: string): Promise<TallyBook> =>
	(await db.models.tallyBooks.findOne(bookOf(workspaceId, surveyId)).lean<TallyBookRow>()) ?? {
		timeZone: null,
		buildingZone: null,
		keys: [],
		hasMoreKeys: false,
	};

/** A number for a count that begins now: greater than that of every count that began before. */
export const takeTicket = async (db: Database, workspaceId: string, surveyId: string): Promise<number> => {
	const book = await repeatable(
		() =>
			db.models.tallyBooks
				.findOneAndUpdate(
					bookOf(workspaceId, surveyId),
					{ $inc: { ticket: 1 } },
					{ upsert: true, returnDocument: 'after' },
				)
				.lean<TallyBookRow>(),
		{ upsert: true },
	);
	return book!.ticket;
};

/** Says that a zone is being counted: from here on, each recount of a stale day writes to it, too. */
export const startBuilding = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	timeZone: string,
): Promise<void> => {
	await repeatable(
		() =>
			db.models.tallyBooks.updateOne(
				bookOf(workspaceId, surveyId),
				{ $set: { buildingZone: timeZone } },
				{ upsert: true },
			),
		{ upsert: true },
	);
};

/** Switches to the zone that was built, unless another one was begun since. */
export const finishBuilding = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	timeZone: string,
): Promise<void> => {
	await repeatable(() =>
		db.models.tallyBooks.updateOne(
			{ ...bookOf(workspaceId, surveyId), buildingZone: timeZone },
			{ $set: { timeZone, buildingZone: null } },
		),
	);
};

/** Takes up properties to break down, as long as there is room; gives those that are. */
export const addKeys = async (
	db: Database,
	workspaceId: string,
	surveyId: string,
	keys: readonly string[],
): Promise<ReadonlySet<string>> => {
	const book = await read(db, workspaceId, surveyId);
	const unknown = keys.filter((key) => !book.keys.includes(key));
	const taken = unknown.slice(0, Math.max(0, mostKeys - book.keys.length));
	const hasMore = taken.length < unknown.length;
	if (taken.length || (hasMore && !book.hasMoreKeys))
		await repeatable(() =>
			db.models.tallyBooks.updateOne(bookOf(workspaceId, surveyId), {
				...(taken.length && { $addToSet: { keys: { $each: taken } } }),
				...(hasMore && { $set: { hasMoreKeys: true } }),
			}),
		);
	return new Set([...book.keys, ...taken]);
};

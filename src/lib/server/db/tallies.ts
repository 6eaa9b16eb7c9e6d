// Counts per survey and local day. Derived, never incremented: with the stale days counted anew, always equal to a recount.
import mongoose from 'mongoose';
import type { Day } from '#lib/domain/report/report.ts';
import { breakdownBy, type Breakdown, type Cell, type DayTally } from '#lib/domain/report/tally.ts';
import { addDays, daysOf, type Range } from '#lib/domain/time/day.ts';
import { dayOf } from '#lib/domain/time/zone.ts';
import type { Database } from './database.ts';
import { countDays, type Countable } from './day-counts.ts';
import { isDuplicateKey, repeatable } from './retry.ts';
import { ObjectId } from './rows/base.ts';
import type { TallyRow } from './rows/tally.ts';
import * as staleDays from './stale-days.ts';
import * as tallyBooks from './tally-books.ts';

/** Local days that a day in UTC overlaps: two of them in most zones. */
const localDaysOf = (utcDay: string, timeZone: string): string[] => {
	const last = new Date(Date.parse(`${addDays(utcDay, 1)}T00:00:00Z`) - 1);
	const until = addDays(dayOf(last, timeZone), 1);
	return daysOf({ from: dayOf(new Date(`${utcDay}T00:00:00Z`), timeZone), until });
};

/** Days as few ranges, so that neighbours are counted in one go. */
const rangesOf = (days: Iterable<string>): Range[] => {
	const ranges: Range[] = [];
	for (const day of [...new Set(days)].sort()) {
		const last = ranges.at(-1);
		if (last?.until === day) last.until = addDays(day, 1);
		else ranges.push({ from: day, until: addDays(day, 1) });
	}
	return ranges;
};

export type Counted = {
	/** Days that have something, by breakdown, in no order; null where a property is not kept in tallies. */
	days: Map<Breakdown, Day[] | null>;
	/** Properties that answers have. */
	keys: string[];
	/** There are more properties than are kept. */
	hasMoreKeys: boolean;
};

const collect = (breakdowns: readonly Breakdown[]) => {
	const days = new Map<Breakdown, Day[] | null>(breakdowns.map((breakdown) => [breakdown, []]));
	const keys = new Set<string>();
	return {
		days,
		keys,
		add(breakdown: Breakdown, day: string, cells: readonly Cell[] | null) {
			const known = days.get(breakdown);
			if (cells === null) days.set(breakdown, null);
			else if (cells.length) known?.push({ day, cells });
		},
		addTally(day: string, tally: DayTally) {
			for (const [breakdown, cells] of tally) {
				if (breakdown !== 'all') keys.add(breakdown.slice('property:'.length));
				if (days.has(breakdown)) this.add(breakdown, day, cells);
			}
		},
	};
};

/**
 * The counts of a range. Days are read from the tallies of `timeZone`, which must be complete; stale ones, or with
 * `isComplete` false all of them, are counted from the answers.
 */
export const between = async (
	db: Database,
	survey: Countable,
	{ range, timeZone, isComplete }: { range: Range; timeZone: string; isComplete: boolean },
	breakdowns: readonly Breakdown[],
): Promise<Counted> => {
	const { workspaceId, surveyId } = survey;
	const collected = collect(breakdowns);
	// Marks first: a day that is marked after this is read as it was before the write.
	const marks = isComplete ? await staleDays.ofSurvey(db, workspaceId, surveyId) : [];
	const book = await tallyBooks.read(db, workspaceId, surveyId);
	const isInRange = (day: string) => range.from <= day && day < range.until;
	const stale = new Set(marks.flatMap(({ day }) => localDaysOf(day, timeZone)).filter(isInRange));
	for (const part of isComplete ? rangesOf(stale) : [range])
		for await (const { day, tally } of countDays(db, survey, part, timeZone)) collected.addTally(day, tally);
	if (isComplete) {
		const rows = await db.models.tallies
			.find({
				workspaceId: new ObjectId(workspaceId),
				surveyId: new ObjectId(surveyId),
				timeZone,
				breakdown: { $in: [...breakdowns] },
				day: { $gte: range.from, $lt: range.until },
			})
			.lean<TallyRow[]>();
		for (const { breakdown, day, cells, isOverflow } of rows)
			if (!stale.has(day)) collected.add(breakdown as Breakdown, day, isOverflow ? null : cells);
		for (const key of book.keys) collected.keys.add(key);
		if (book.hasMoreKeys)
			for (const breakdown of breakdowns)
				if (breakdown !== 'all' && !book.keys.some((key) => breakdownBy(key) === breakdown))
					collected.days.set(breakdown, null);
	}
	return { days: collected.days, keys: [...collected.keys].sort(), hasMoreKeys: isComplete && book.hasMoreKeys };
};

/** Whether every failed write of a batch met a row that was there already, or was inserted at the same time. */
const isLost = (error: unknown): boolean =>
	error instanceof mongoose.mongo.MongoBulkWriteError
		? [error.writeErrors].flat().every(({ code }) => code === 11_000)
		: isDuplicateKey(error);

/** Stores one day's counts. False when a newer count of the day was stored already. */
const storeDay = async (
	db: Database,
	{ workspaceId, surveyId }: Countable,
	{ timeZone, ticket }: { timeZone: string; ticket: number },
	day: string,
	tally: DayTally,
): Promise<boolean> => {
	const keys = [...tally.keys()].flatMap((breakdown) => (breakdown === 'all' ? [] : [breakdown.slice(9)]));
	const kept = await tallyBooks.addKeys(db, workspaceId, surveyId, keys);
	const of = { workspaceId: new ObjectId(workspaceId), surveyId: new ObjectId(surveyId), timeZone, day };
	const operations = [...tally]
		.filter(([breakdown]) => breakdown === 'all' || kept.has(breakdown.slice(9)))
		.map(([breakdown, cells]) => ({
			updateOne: {
				filter: { ...of, breakdown, ticket: { $lte: ticket } },
				update: { $set: { ticket, isOverflow: cells === null, cells: cells ?? [] } },
				upsert: true,
			},
		}));
	for (let attempt = 1; ; attempt++) {
		try {
			await repeatable(() => db.models.tallies.bulkWrite(operations, { ordered: false }));
			return true;
		} catch (error) {
			if (!isLost(error)) throw error;
			if (await db.models.tallies.exists({ ...of, ticket: { $gt: ticket } })) return false;
			// It lost the race of two inserts to an older count, which is there to be replaced now.
			if (attempt === 5) throw error;
		}
	}
};

/** Empties rows that a count did not come across: their answers are gone. */
const emptyOlder = async (
	db: Database,
	{ workspaceId, surveyId }: Countable,
	{ timeZone, ticket }: { timeZone: string; ticket: number },
	range: Range | null,
): Promise<void> => {
	const { keys } = await tallyBooks.read(db, workspaceId, surveyId);
	await repeatable(() =>
		db.models.tallies.updateMany(
			{
				workspaceId: new ObjectId(workspaceId),
				surveyId: new ObjectId(surveyId),
				timeZone,
				breakdown: { $in: ['all', ...keys.map(breakdownBy)] },
				...(range && { day: { $gte: range.from, $lt: range.until } }),
				ticket: { $lt: ticket },
			},
			{ $set: { cells: [], isOverflow: false, ticket } },
		),
	);
};

/** Counts a range (null: everything) and stores it. False when part of it was stored by a newer count. */
const store = async (db: Database, survey: Countable, timeZone: string, range: Range | null): Promise<boolean> => {
	const ticket = await tallyBooks.takeTicket(db, survey.workspaceId, survey.surveyId);
	let isStored = true;
	for await (const { day, tally } of countDays(db, survey, range, timeZone))
		isStored = (await storeDay(db, survey, { timeZone, ticket }, day, tally)) && isStored;
	await emptyOlder(db, survey, { timeZone, ticket }, range);
	return isStored;
};

/**
 * Counts marked days anew, stores them and clears the marks, but for days that were marked or counted again meanwhile.
 * The marks must have settled: no write under them may be on its way.
 */
export const recountMarked = async (
	db: Database,
	survey: Countable,
	marks: readonly staleDays.Mark[],
): Promise<void> => {
	const book = await tallyBooks.read(db, survey.workspaceId, survey.surveyId);
	let isStored = true;
	for (const timeZone of new Set([book.timeZone, book.buildingZone])) {
		if (timeZone === null) continue;
		for (const range of rangesOf(marks.flatMap(({ day }) => localDaysOf(day, timeZone))))
			isStored = (await store(db, survey, timeZone, range)) && isStored;
	}
	if (isStored) await staleDays.clear(db, survey.workspaceId, survey.surveyId, marks);
};

/** Counts all days of a survey in a time zone and switches its reports to them when complete. Marks stay as they are. */
export const build = async (db: Database, survey: Countable, timeZone: string): Promise<void> => {
	await tallyBooks.startBuilding(db, survey.workspaceId, survey.surveyId, timeZone);
	await store(db, survey, timeZone, null);
	await tallyBooks.finishBuilding(db, survey.workspaceId, survey.surveyId, timeZone);
};

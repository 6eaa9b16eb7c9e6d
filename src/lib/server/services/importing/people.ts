// Takes people from a file, a batch at a time, so that a batch done twice is done once.
import { isSame, merge, type MergeRule } from '#lib/domain/contact/merge.ts';
import { Conflict } from '#lib/domain/errors.ts';
import type { CsvRow } from '#lib/domain/import/csv.ts';
import type { Import, PeoplePlan } from '#lib/domain/import/import.ts';
import type { Reason } from '#lib/domain/import/reasons.ts';
import { peopleRows, type ImportedPerson } from '#lib/domain/import/rows.ts';
import type { Context } from '../../context.ts';
import * as contactImports from '../../db/contact-imports.ts';
import type { Changeable, ContactChange, Known, Newcomer } from '../../db/contact-imports.ts';
import * as suppressions from '../../db/suppressions.ts';
import { outcomeOf, type Fate, type Outcome, type Settled, type Taker } from './taker.ts';

/** Somebody who comes in, and when they were last asked as far as it is known. */
export type Coming = ImportedPerson & { askedAt: Date | null };

const later = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b));

const changeable = ({ name, language, properties, lastAskedAt }: Changeable): Changeable => ({
	name,
	language,
	properties,
	lastAskedAt,
});

/** Why somebody who is here cannot be changed by a file, or null. */
export const untouchable = ({ isDeleted, isSample }: Known): Reason | null => {
	if (isDeleted) return { is: 'deleted-person' };
	if (isSample) return { is: 'sample-person' };
	return null;
};

const newcomers = async (ctx: Context, workspaceId: string, people: readonly Coming[]): Promise<Newcomer[]> => {
	const suppressed = await suppressions.find(
		ctx.db,
		ctx.secret,
		workspaceId,
		people.map(({ email }) => email),
	);
	return people.map(({ askedAt, ...person }) => ({
		...person,
		lastAskedAt: askedAt,
		...(suppressed.get(person.address) ?? { unsubscribedAt: null, bouncedAt: null }),
	}));
};

/** What a file says of somebody who is here, as a change; null when it says nothing new. */
const changeOf = (here: Known, { askedAt, ...coming }: Coming, rule: MergeRule): ContactChange | null => {
	const before = changeable(here);
	const after = { ...merge(before, coming, rule), lastAskedAt: later(before.lastAskedAt, askedAt) };
	const isUnchanged = isSame(before, after) && before.lastAskedAt?.getTime() === after.lastAskedAt?.getTime();
	return isUnchanged ? null : { id: here.id, before, after };
};

/**
 * Adds or changes people, each address once, and returns them as they are then, by address. Without an import nothing is
 * remembered for an undo. Who was deleted a moment ago
 * and who is sample data stays as they are. Throws Conflict when others change the same people all the time.
 */
export const takePeople = async (
	ctx: Context,
	{ workspaceId, importId }: { workspaceId: string; importId: string | null },
	people: readonly Coming[],
	rule: MergeRule,
): Promise<Map<string, Known>> => {
	const addresses = people.map(({ address }) => address);
	for (let attempt = 1; attempt <= 5; attempt++) {
		const rows = await contactImports.known(ctx.db, workspaceId, addresses);
		const here = new Map(rows.map((known) => [known.address, known]));
		const missing = people.filter(({ address }) => !here.has(address));
		const changes = people.flatMap((coming) => {
			const known = here.get(coming.address);
			const change = known && !untouchable(known) ? changeOf(known, coming, rule) : null;
			return change ? [{ ...change, known: known! }] : [];
		});
		const coming = await newcomers(ctx, workspaceId, missing);
		const added = await contactImports.add(ctx.db, workspaceId, importId, coming, ctx.clock());
		// Who this import brought goes when it is undone: nothing to give back.
		const foreign = changes.filter(({ known }) => known.importId !== importId);
		if (importId) await contactImports.remember(ctx.db, workspaceId, importId, foreign);
		const changed = await contactImports.change(ctx.db, workspaceId, changes);
		// Otherwise somebody else added or changed one of them in this moment: look again.
		if (!added || changed !== changes.length) continue;
		for (const known of added) here.set(known.address, known);
		for (const { known, after } of changes) here.set(known.address, { ...known, ...after });
		return here;
	}
	throw new Conflict('The same people are being changed from elsewhere all the time');
};

/** Takes the rows of a file of people. */
export const peopleTaker = (ctx: Context, given: Import): Taker => {
	const { columns } = given.plan as PeoplePlan;
	const readRow = peopleRows(given.header, columns);
	const place = { workspaceId: given.workspaceId, importId: given.id };
	/** Where each address was first seen, so that the second one can be refused. */
	const firstLines = new Map<string, number>();

	/** What a row says, unless its address stood further up. */
	const read = (row: CsvRow) => {
		const reading = readRow(row);
		if ('reason' in reading) return reading;
		const { address } = reading.content;
		const first = firstLines.get(address);
		if (first !== undefined && first !== row.line) return { reason: { is: 'repeated-email' as const, line: first } };
		// A copy: a piece of a longer string would keep all of it in memory.
		if (first === undefined) firstLines.set(Buffer.from(address).toString(), row.line);
		return reading;
	};

	const readAll = (rows: readonly CsvRow[]) => {
		const readings = rows.map((row) => ({ row, reading: read(row) }));
		const people = readings.flatMap(({ reading }) =>
			'content' in reading ? [{ ...reading.content, askedAt: null }] : [],
		);
		return { readings, people };
	};

	const settle = (
		{ readings }: ReturnType<typeof readAll>,
		here: ReadonlyMap<string, Known>,
		fateOf: (known: Known | undefined, coming: ImportedPerson) => Fate,
	): Outcome =>
		outcomeOf(
			readings.map(({ row, reading }): Settled => {
				if ('reason' in reading) return { row, reason: reading.reason, remark: null, fateOf: () => 'unchanged' };
				const { content, remark } = reading;
				const known = here.get(content.address);
				return { row, reason: known ? untouchable(known) : null, remark, fateOf: () => fateOf(known, content) };
			}),
		);

	return {
		pass: (row) => void read(row),
		async take(rows) {
			const all = readAll(rows);
			const here = await takePeople(ctx, place, all.people, 'overwrite');
			const ids = [...here.values()].flatMap(({ id, importId }) => (importId === given.id ? [] : [id]));
			const changed = await contactImports.changedBy(ctx.db, given.workspaceId, given.id, ids);
			return settle(all, here, (known) => {
				if (known?.importId === given.id) return 'added';
				return known && changed.has(known.id) ? 'updated' : 'unchanged';
			});
		},
		async foresee(rows) {
			const all = readAll(rows);
			const addresses = all.people.map(({ address }) => address);
			const known = await contactImports.known(ctx.db, given.workspaceId, addresses);
			return settle(all, new Map(known.map((each) => [each.address, each])), (here, coming) => {
				if (!here) return 'added';
				return changeOf(here, { ...coming, askedAt: null }, 'overwrite') ? 'updated' : 'unchanged';
			});
		},
	};
};

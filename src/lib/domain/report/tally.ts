// Counts of one local day, made from its answers and invitations: small enough to keep, enough for every number shown.
import type { Property } from '../contact/contact.ts';
import type { Channel } from '../response/response.ts';

/** 'all', or a property's values side by side. The prefix keeps a property named "all" apart. */
export type Breakdown = 'all' | `property:${string}`;

/** The breakdown by a property's key, or by nothing. */
export const breakdownBy = (key: string | null): Breakdown => (key === null ? 'all' : `property:${key}`);

/** What one day holds for one channel, language and property value ('' in the breakdown 'all'). */
export type Cell = {
	channel: Channel;
	language: string;
	value: string;
	/** Answers given on this day, by score. */
	counts: number[];
	/** Invitations that the mail server accepted on this day, and how many of these were answered, whenever. */
	accepted: number;
	answered: number;
};

/** A breakdown's cells, or null where the property has too many values to be kept. */
export type DayTally = Map<Breakdown, Cell[] | null>;

export type CountedAnswer = { channel: Channel; language: string; properties: readonly Property[]; score: number };
export type CountedInvitation = { language: string; properties: readonly Property[]; isAnswered: boolean };

/** A property with more cells than this in one day is not kept: an order number would be kept once per answer. */
export const mostCells = 200;

/** Collects one day. `only` leaves out every other breakdown; without it all properties that occur are broken down. */
export const startTally = (only: Breakdown | null = null, most = mostCells) => {
	const breakdowns = new Map<Breakdown, Map<string, Cell> | null>([[only ?? 'all', new Map()]]);

	const cellOf = (breakdown: Breakdown, channel: Channel, language: string, value: string): Cell | null => {
		if (only !== null && breakdown !== only) return null;
		let cells = breakdowns.get(breakdown);
		if (cells === undefined) breakdowns.set(breakdown, (cells = new Map()));
		if (cells === null) return null;
		const key = JSON.stringify([channel, language, value]);
		let cell = cells.get(key);
		if (!cell) {
			if (cells.size >= most && breakdown !== 'all') {
				breakdowns.set(breakdown, null);
				return null;
			}
			cell = { channel, language, value, counts: [], accepted: 0, answered: 0 };
			cells.set(key, cell);
		}
		return cell;
	};

	const each = (
		{ channel, language, properties }: { channel: Channel; language: string; properties: readonly Property[] },
		change: (cell: Cell) => void,
	) => {
		const all = cellOf('all', channel, language, '');
		if (all) change(all);
		const seen = new Set<string>();
		for (const { key, value } of properties) {
			if (seen.has(key)) continue;
			seen.add(key);
			const cell = cellOf(breakdownBy(key), channel, language, value);
			if (cell) change(cell);
		}
	};

	return {
		addAnswer: (answer: CountedAnswer) =>
			each(answer, ({ counts }) => {
				while (counts.length <= answer.score) counts.push(0);
				counts[answer.score]! += 1;
			}),
		addInvitation: ({ isAnswered, ...invitation }: CountedInvitation) =>
			each({ ...invitation, channel: 'email' }, (cell) => {
				cell.accepted += 1;
				if (isAnswered) cell.answered += 1;
			}),
		/** The day so far. */
		read: (): DayTally => new Map([...breakdowns].map(([key, cells]) => [key, cells && [...cells.values()]])),
	};
};

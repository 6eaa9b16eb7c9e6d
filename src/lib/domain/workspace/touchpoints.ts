// The moments at which customers meet a company, in the order of their journey. Pure edits: each gives a new list.
import { z } from 'zod';
import { Conflict, Invalid, NotFound } from '../errors.ts';

export const phases = ['before', 'during', 'after'] as const;
/** Before, during or after the purchase. */
export type Phase = (typeof phases)[number];

export const touchpointNameSchema = z
	.string()
	.trim()
	.min(1, 'Give the touchpoint a name')
	.max(60, 'At most 60 characters');
export const touchpointSchema = z.strictObject({
	id: z.string().regex(/^t[a-z0-9]{1,23}$/, 'There is no such touchpoint'),
	name: touchpointNameSchema,
	phase: z.enum(phases, 'Choose one of the phases'),
});
export type Touchpoint = Readonly<z.output<typeof touchpointSchema>>;

export const mostTouchpoints = 60;

/** What a new workspace has: enough for most shops to begin with. */
export const defaultTouchpoints: readonly Touchpoint[] = [
	{ id: 'tadvertising', name: 'Advertising', phase: 'before' },
	{ id: 'twebsite', name: 'Website', phase: 'before' },
	{ id: 'tadvice', name: 'Advice', phase: 'before' },
	{ id: 'tstore', name: 'Store', phase: 'during' },
	{ id: 'torder', name: 'Order', phase: 'during' },
	{ id: 'tpayment', name: 'Payment', phase: 'during' },
	{ id: 'tdelivery', name: 'Delivery', phase: 'after' },
	{ id: 'tonboarding', name: 'Onboarding', phase: 'after' },
	{ id: 'tsupport', name: 'Support', phase: 'after' },
	{ id: 'treturns', name: 'Returns', phase: 'after' },
	{ id: 'trelationship', name: 'Relationship', phase: 'after' },
];

const inOrder = (list: readonly Touchpoint[]): Touchpoint[] =>
	phases.flatMap((phase) => list.filter((each) => each.phase === phase));

const plain = (name: string) => name.normalize('NFKC').trim().toLocaleLowerCase('en');

const requireFree = (list: readonly Touchpoint[], { id, name }: Pick<Touchpoint, 'id' | 'name'>) => {
	const reason = `There is a touchpoint “${name}” already`;
	if (list.some((each) => each.id !== id && plain(each.name) === plain(name)))
		throw new Invalid(reason, { name: reason });
};

/** The touchpoint of an id; null when it is none, or gone. */
export const byId = (list: readonly Touchpoint[], id: string | null): Touchpoint | null =>
	list.find((each) => each.id === id) ?? null;

const require = (list: readonly Touchpoint[], id: string): Touchpoint => {
	const found = byId(list, id);
	if (!found) throw new NotFound('There is no such touchpoint here. Somebody may have removed it.');
	return found;
};

/**
 * Adds one at the end of its phase, or at `index` of the whole list. One whose id is there already changes nothing.
 * Throws Invalid for a name that is taken, Conflict when there are 60.
 */
export const add = (list: readonly Touchpoint[], touchpoint: Touchpoint, index = list.length): Touchpoint[] => {
	if (byId(list, touchpoint.id)) return [...list];
	requireFree(list, touchpoint);
	if (list.length >= mostTouchpoints)
		throw new Conflict(`There are ${mostTouchpoints} touchpoints, and no report stays readable with more. Remove one.`);
	return inOrder(list.toSpliced(index, 0, touchpoint));
};

/** Renames one. Throws NotFound and Invalid. */
export const rename = (list: readonly Touchpoint[], id: string, name: string): Touchpoint[] => {
	require(list, id);
	requireFree(list, { id, name });
	return list.map((each) => (each.id === id ? { ...each, name } : each));
};

/** Takes one out. Repeated, it changes nothing. */
export const remove = (list: readonly Touchpoint[], id: string): Touchpoint[] => list.filter((each) => each.id !== id);

/**
 * Moves one a place up or down; at the edge of its phase it goes into the next one: the first touchpoint during a
 * purchase goes up to be the last before it. Throws NotFound.
 */
export const step = (list: readonly Touchpoint[], id: string, to: 'up' | 'down'): Touchpoint[] => {
	const moved = require(list, id);
	const inPhase = list.filter(({ phase }) => phase === moved.phase);
	const place = inPhase.indexOf(moved) + (to === 'up' ? -1 : 1);
	if (place >= 0 && place < inPhase.length) return moveTo(list, id, moved.phase, place);
	const phase = phases[phases.indexOf(moved.phase) + (to === 'up' ? -1 : 1)];
	if (!phase) return [...list];
	return moveTo(list, id, phase, to === 'up' ? list.filter((each) => each.phase === phase).length : 0);
};

/** Moves one to a place of a phase, the first being 0. Throws NotFound. */
export const moveTo = (list: readonly Touchpoint[], id: string, phase: Phase, place: number): Touchpoint[] => {
	const moved = require(list, id);
	const rest = remove(list, id);
	const there = rest.filter((each) => each.phase === phase).toSpliced(place, 0, { ...moved, phase });
	return phases.flatMap((each) => (each === phase ? there : rest.filter((other) => other.phase === each)));
};

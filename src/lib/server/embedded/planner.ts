// How a query is run: which index, which stretches of it, and whether its order is the order asked for.
import { type Condition, demandsOf, type Demands, intersect, isRegex, type Stretch, stretchesOf } from './bounds.ts';
import type { Collection } from './catalog.ts';
import { compare, rankOf } from './compare.ts';
import { badValue } from './errors.ts';
import type { Index } from './indexes.ts';
import { after } from './keys.ts';
import { compileFilter } from './matcher.ts';
import { toNumber } from './numbers.ts';
import { type Doc, isDoc } from './values.ts';

/** A stretch of whole keys; `to` null is the end of the index. */
export type Interval = { from: Buffer; to: Buffer | null };

export type IndexPlan = {
	kind: 'index';
	index: Index;
	intervals: Interval[];
	isReverse: boolean;
	/** Rows come in the order of the sort asked for. */
	isSorted: boolean;
	/** How many fields are bound to single values, and whether the next is bound to stretches. */
	points: number;
	isBound: boolean;
};
export type Plan = { kind: 'scan'; isReverse: boolean } | IndexPlan | { kind: 'union'; plans: IndexPlan[] };

export type Sort = { name: string; isDescending: boolean }[];
export type Wish = { sort?: Sort; hint?: unknown };

const most = 1_000;

/** The plan for a filter on a collection. Rows of every plan still have to pass the filter. */
export function plan(collection: Collection, filter: Doc, wish: Wish = {}): Plan {
	const sort = wish.sort ?? [];
	const natural = isDoc(wish.hint) ? wish.hint['$natural'] : undefined;
	if (natural !== undefined) return { kind: 'scan', isReverse: toNumber(natural) === -1 };
	const demands = demandsOf(filter);
	const wanted = hinted(collection, wish.hint);
	const candidates = (wanted ? [wanted] : collection.indexes)
		.map((index) => planIndex(index, demands, sort, wanted !== undefined))
		.filter((candidate) => candidate !== null);
	// Without an order to keep, an index that bounds nothing only costs a look-up for each row.
	const isUseful = (candidate: IndexPlan) => candidate.isBound || (candidate.isSorted && sort.length > 0) || wanted;
	const best = candidates.filter(isUseful).toSorted(better)[0];
	if (best?.isBound || wanted) return best ?? { kind: 'scan', isReverse: false };
	return union(collection, filter, demands) ?? best ?? { kind: 'scan', isReverse: false };
}

function hinted(collection: Collection, hint: unknown): Index | undefined {
	if (hint === undefined || hint === null || (isDoc(hint) && Object.keys(hint).length === 0)) return undefined;
	const found = collection.indexes.find((index) =>
		typeof hint === 'string' ? index.name === hint : compare(index.spec['key'], hint) === 0,
	);
	if (!found) throw badValue('hint provided does not correspond to an existing index');
	return found;
}

/** One value in every field of a unique index is best; then more fields bound, then an order that saves a sort. */
function better(a: IndexPlan, b: IndexPlan): number {
	return (
		Number(isUniquePoint(b)) - Number(isUniquePoint(a)) ||
		rank(b) - rank(a) ||
		a.index.names.length - b.index.names.length
	);
}

const isUniquePoint = (plan: IndexPlan) =>
	plan.index.isUnique && plan.points === plan.index.names.length && plan.intervals.length <= 1;
const rank = (plan: IndexPlan) =>
	plan.points * 4 + Number(plan.isBound && plan.intervals.length > 0) * 2 + Number(plan.isSorted);

function union(collection: Collection, filter: Doc, demands: Demands): Plan | null {
	for (const alternatives of demands.alternatives) {
		const plans = alternatives.map((alternative) => {
			const both = demandsOf({ $and: [alternative, filter] });
			const bound = collection.indexes
				.map((index) => planIndex(index, both, []))
				.filter((candidate) => candidate?.isBound);
			return bound.filter((candidate) => candidate !== null).toSorted(better)[0];
		});
		if (plans.every((found) => found !== undefined)) return { kind: 'union', plans };
	}
	return null;
}

/**
 * What an index can do for the demands, or null when documents that meet them may be missing from it. A hint has a sparse
 * index used all the same: whoever gives it wants what is in the index.
 */
function planIndex(index: Index, demands: Demands, sort: Sort, isHinted = false): IndexPlan | null {
	if (index.isSparse && !isHinted && !index.names.some((name) => isPresent(demands.paths.get(name)))) return null;
	if (index.partial && !impliesAll(demands, index.partial)) return null;
	let prefixes: Buffer[] = [Buffer.alloc(0)];
	let intervals: Interval[] | null = null;
	let points = 0;
	let hasArrayBound = false;
	const constants = new Set<string>();
	for (let at = 0; at < index.names.length && !intervals; at++) {
		const isMultikey = (index.multikey & (1 << at)) !== 0;
		// Two conditions on arrays may be met by two elements, which are two entries of the index.
		const stretches =
			isMultikey && hasArrayBound ? null : fieldStretches(demands.paths.get(index.names[at]!), isMultikey);
		if (!stretches) break;
		hasArrayBound ||= isMultikey;
		const isDescending = index.descending[at]!;
		if (stretches.every((stretch) => stretch.isPoint) && stretches.length * prefixes.length <= most) {
			prefixes = prefixes.flatMap((prefix) =>
				ordered(stretches, isDescending).map((part) => Buffer.concat([prefix, part.from])),
			);
			points++;
			if (stretches.length === 1 && prefixes.length <= 1) constants.add(index.names[at]!);
		} else {
			if (stretches.length * prefixes.length > most) break;
			intervals = prefixes.flatMap((prefix) =>
				ordered(stretches, isDescending).map(({ from, to }) => ({
					from: Buffer.concat([prefix, from]),
					to: to ? Buffer.concat([prefix, to]) : after(prefix),
				})),
			);
		}
	}
	const isBound = points > 0 || intervals !== null;
	intervals ??= prefixes.map((prefix) => ({ from: prefix, to: after(prefix) }));
	const order = sortOrder(index, sort, constants);
	return { kind: 'index', index, intervals, isReverse: order === -1, isSorted: order !== 0, points, isBound };
}

function fieldStretches(conditions: Condition[] | undefined, isMultikey: boolean): Stretch[] | null {
	const lists = (conditions ?? []).map(stretchesOf).filter((list) => list !== null);
	if (lists.length === 0) return null;
	if (!isMultikey) return lists.reduce(intersect);
	const isPoints = (list: Stretch[]) => Number(list.every((stretch) => stretch.isPoint));
	return lists.toSorted((a, b) => isPoints(b) - isPoints(a) || a.length - b.length)[0]!;
}

/** The stretches as they lie in the index: a descending field's bytes are inverted, and so is their order. */
function ordered(stretches: Stretch[], isDescending: boolean): { from: Buffer; to: Buffer | null }[] {
	if (!isDescending) return stretches;
	return stretches
		.map(({ from, to, isPoint }) => {
			if (isPoint) return { from: inverted(from), to: after(inverted(from)) };
			return { from: after(inverted(to))!, to: after(inverted(from)) };
		})
		.reverse();
}

const inverted = (bytes: Buffer) => Buffer.from(bytes.map((byte) => ~byte & 0xff));

/** 1 when reading the index forwards gives the sort, -1 when backwards does, 0 when neither. */
function sortOrder(index: Index, sort: Sort, constants: ReadonlySet<string>): number {
	let direction = 0;
	let at = 0;
	for (const { name, isDescending } of sort) {
		const position = index.names.indexOf(name);
		if (position < 0 || index.multikey & (1 << position)) return 0;
		if (constants.has(name)) continue;
		while (constants.has(index.names[at] ?? '')) at++;
		if (index.names[at] !== name) return 0;
		const needed = index.descending[at] === isDescending ? 1 : -1;
		if (direction !== 0 && direction !== needed) return 0;
		direction = needed;
		at++;
	}
	return direction || 1;
}

/** Whether conditions on a path can only be met by a document that has it. */
function isPresent(conditions: Condition[] | undefined): boolean {
	return (conditions ?? []).some(({ operator, operand }) => {
		switch (operator) {
			case '$eq':
			case '$gt':
			case '$gte':
			case '$lt':
			case '$lte':
				return operand !== null && operand !== undefined && rankOf(operand) > 5 && rankOf(operand) < 127;
			case '$in':
				return (operand as unknown[]).every((value) => value !== null && value !== undefined);
			case '$exists':
				return operand === true;
			case '$regex':
				return true;
			default:
				return false;
		}
	});
}

function impliesAll(demands: Demands, partial: Doc): boolean {
	const needed = demandsOf(partial);
	return [...needed.paths].every(([name, conditions]) =>
		conditions.every((condition) =>
			(demands.paths.get(name) ?? []).some((given) => implies(given, condition, demands.paths.get(name)!)),
		),
	);
}

/** Whether every document that meets `given` meets `needed`, two conditions on the same path. */
function implies(given: Condition, needed: Condition, all: Condition[]): boolean {
	if (needed.operator === '$exists') return isPresent(all);
	if (given.operator === '$eq') return meets(given.operand, needed);
	if (given.operator === '$in') {
		const values = given.operand as unknown[];
		return values.length > 0 && values.every((value) => !isRegex(value) && meets(value, needed));
	}
	const isUpper = (operator: string) => operator === '$lt' || operator === '$lte';
	const isRange = (operator: string) => isUpper(operator) || operator === '$gt' || operator === '$gte';
	if (!isRange(given.operator) || !isRange(needed.operator) || isUpper(given.operator) !== isUpper(needed.operator))
		return false;
	if (rankOf(given.operand) !== rankOf(needed.operand) || isNan(given.operand) || isNan(needed.operand)) return false;
	if (Array.isArray(given.operand) || given.operand === null) return false;
	const order = compare(given.operand, needed.operand) * (isUpper(needed.operator) ? -1 : 1);
	return order > 0 || (order === 0 && (given.operator === needed.operator || needed.operator.endsWith('e')));
}

const isNan = (value: unknown) => Number.isNaN(toNumber(value));

function meets(value: unknown, needed: Condition): boolean {
	if (Array.isArray(value) || value === null || value === undefined) {
		return needed.operator === '$eq' && compare(value, needed.operand) === 0;
	}
	// 1 equals an int, a long, a double and a decimal alike, so that it proves none of these types.
	if (needed.operator === '$type' && rankOf(value) === rankOf(0)) return [needed.operand].flat().includes('number');
	return compileFilter({ value: { [needed.operator]: needed.operand } })({ value });
}

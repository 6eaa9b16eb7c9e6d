// A plain second reading of filters, for the fuzz tests: first list all a path stands for, then ask.
import { type Fields, type Found, missing, Numeric, order, sameType, text, type Value } from './model-values.ts';

/** Everything a path stands for; `expands` says whether an array at its end counts element by element too. */
function reach(value: Value, path: string[], expands: boolean): Found[] {
	const [head, ...rest] = path;
	if (head === undefined) return Array.isArray(value) && expands ? [...value, value] : [value];
	if (value instanceof Map) return value.has(head) ? reach(value.get(head) as Value, rest, expands) : [missing];
	if (!Array.isArray(value)) return [missing];
	return value.flatMap((element, at) => {
		const inside = element instanceof Map ? reach(element, path, expands) : [];
		if (head !== String(at)) return inside;
		if (rest.length === 0) return [...inside, element];
		return element instanceof Map || Array.isArray(element) ? [...inside, ...reach(element, rest, expands)] : inside;
	});
}

const equal = (value: Found, target: Value) => (value === missing ? target === null : order(value, target) === 0);

function compares(value: Found, target: Value, passes: (difference: number) => boolean): boolean {
	if (target === null) return (value === missing || value === null) && passes(0);
	return value !== missing && sameType(value, target) && passes(order(value, target));
}

const ranges: Record<string, (difference: number) => boolean> = {
	$gt: (difference) => difference > 0,
	$gte: (difference) => difference >= 0,
	$lt: (difference) => difference < 0,
	$lte: (difference) => difference <= 0,
};

const types: Record<string, (value: Value) => boolean> = {
	int: (value) => value instanceof Numeric && value.kind === 'int',
	string: (value) => typeof value === 'string',
	array: (value) => Array.isArray(value),
	object: (value) => value instanceof Map,
	null: (value) => value === null,
	number: (value) => value instanceof Numeric,
};

/** Whether what a path stands for (arrays as a whole in `plain`, expanded in `all`) meets one operator. */
function meets(all: Found[], plain: Found[], operator: string, operand: Value): boolean {
	const range = ranges[operator];
	if (range) return all.some((value) => compares(value, operand, range));
	const list = operand as Value[];
	const isIn = () => all.some((value) => list.some((target) => equal(value, target)));
	switch (operator) {
		case '$eq':
			return all.some((value) => equal(value, operand));
		case '$ne':
			return !all.some((value) => equal(value, operand));
		case '$in':
			return isIn();
		case '$nin':
			return !isIn();
		case '$exists':
			return plain.some((value) => value !== missing) === operand;
		case '$type':
			return all.some((value) => value !== missing && types[operand as string]?.(value));
		case '$size':
			return plain.some((value) => Array.isArray(value) && BigInt(value.length) === (operand as Numeric).value);
		case '$all':
			return list.length > 0 && list.every((target) => all.some((value) => equal(value, target)));
		case '$not':
			return !meetsAll(all, plain, operand as Fields);
		case '$elemMatch':
			return plain.some(
				(value) => Array.isArray(value) && value.some((element) => elementMeets(element, operand as Fields)),
			);
		default:
			throw new Error(`the model has no ${operator}`);
	}
}

const meetsAll = (all: Found[], plain: Found[], operators: Fields) =>
	[...operators].every(([operator, operand]) => meets(all, plain, operator, operand));

function elementMeets(element: Value, condition: Fields): boolean {
	const isOnValues = isOperators(condition) && !['$and', '$or', '$nor'].includes([...condition.keys()][0] ?? '');
	if (isOnValues) return meetsAll([element], [element], condition);
	if (Array.isArray(element)) return matches(new Map(element.map((value, at) => [String(at), value])), condition);
	return element instanceof Map && matches(element, condition);
}

const isOperators = (value: Value): value is Fields =>
	value instanceof Map && ([...value.keys()][0]?.startsWith('$') ?? false);

export function matches(doc: Fields, filter: Fields): boolean {
	return [...filter].every(([name, operand]) => {
		const clauses = operand as Fields[];
		if (name === '$and') return clauses.every((clause) => matches(doc, clause));
		if (name === '$or') return clauses.some((clause) => matches(doc, clause));
		if (name === '$nor') return !clauses.some((clause) => matches(doc, clause));
		const path = name.split('.');
		const all = reach(doc, path, true);
		if (!isOperators(operand)) return all.some((value) => equal(value, operand));
		return meetsAll(all, reach(doc, path, false), operand);
	});
}

/** Whether an element goes, as `$pull` reads its operand. */
export function isPulled(element: Value, operand: Value): boolean {
	if (isOperators(operand)) return matches(new Map([['e', element]]), new Map([['e', operand]]));
	if (operand instanceof Map) return element instanceof Map && matches(element, operand);
	return text(element) === text(operand) || order(element, operand) === 0;
}

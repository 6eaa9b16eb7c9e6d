// Which documents a query's filter selects. A filter is checked and compiled once; unsupported operators are refused then.
import { badValue, CommandError, unsupported } from './errors.ts';
import { compileCondition, type Scope } from './expressions/compile.ts';
import { visit } from './paths.ts';
import {
	compares,
	equals,
	hasRemainder,
	hasSize,
	hasType,
	isIn,
	isTruthy,
	matchesRegex,
	type Predicate,
} from './predicates.ts';
import { isRegex } from './regex.ts';
import { type Doc, field, isDoc } from './values.ts';

/** Where in an array a filter matched: what the positional `$` of updates and projections refers to. */
interface Found {
	index: number;
}

/** Where a condition looks, and whether it tries the elements of an array it finds there. */
interface Place {
	path: readonly string[];
	expandsLeaf: boolean;
}

type Match = (doc: Doc, found?: Found) => boolean;

/** Compiles a filter: `compileFilter({ score: { $gte: 9 } })(doc)` is whether the document is selected. */
export function compileFilter(filter: Doc, scope?: Scope): (doc: Doc) => boolean {
	const match = compileAll(filter, scope);
	return (doc) => match(doc);
}

/** Compiles a filter into the array position by which it selects a document: -1 when it does so without an array. */
export function compilePosition(filter: Doc): (doc: Doc) => number {
	const match = compileAll(filter);
	return (doc) => {
		const found = { index: -1 };
		return match(doc, found) ? found.index : -1;
	};
}

/** Compiles a condition on a bare value, as `$pull` and array filters have it: `{ $gte: 3 }`. */
export function compileValueFilter(condition: Doc): (value: unknown) => boolean {
	const match = and(compileOperators({ path: ['value'], expandsLeaf: true }, condition));
	return (value) => match({ value });
}

/** Refuses `$expr` where there is no stored document that it could speak of: in upserts, `$pull` and array filters. */
export function refuseExpression(filter: Doc, where: string): void {
	for (const [name, operand] of Object.entries(filter)) {
		if (name === '$expr') throw new CommandError('QueryFeatureNotAllowed', `$expr is not allowed in ${where}`);
		if (name.startsWith('$') && Array.isArray(operand))
			for (const clause of operand) if (isDoc(clause)) refuseExpression(clause, where);
	}
}

/** Whether an operand is made of operators, `{ $gt: 1 }`, rather than being a document to compare with. */
export const isOperators = (value: unknown): value is Doc =>
	isDoc(value) && (Object.keys(value)[0]?.startsWith('$') ?? false);

/** The scope is null in `$elemMatch`, where no `$expr` can speak of the element. */
function compileAll(filter: Doc, scope?: Scope | null): Match {
	if (!isDoc(filter)) throw badValue('a filter must be a document');
	return and(
		Object.entries(filter)
			.filter(([name]) => name !== '$comment')
			.map(([name, operand]) =>
				name.startsWith('$') ? compileTop(name, operand, scope) : compileField(name, operand),
			),
	);
}

function compileTop(name: string, operand: unknown, scope?: Scope | null): Match {
	switch (name) {
		case '$and':
			return and(clauses(name, operand, scope));
		case '$or':
			return or(clauses(name, operand, scope));
		case '$nor':
			return not(or(clauses(name, operand, scope)));
		case '$expr':
			if (scope === null) throw badValue('$expr can only be applied to the top-level document');
			return compileCondition(operand, scope);
		default:
			throw unsupported('query operator', name);
	}
}

function clauses(name: string, operand: unknown, scope?: Scope | null): Match[] {
	if (!Array.isArray(operand) || operand.length === 0) throw badValue(`${name} must be a nonempty array`);
	return operand.map((clause: unknown) => {
		if (!isDoc(clause)) throw badValue(`${name} entries need to be full objects`);
		return compileAll(clause, scope);
	});
}

function compileField(name: string, operand: unknown): Match {
	const place = { path: name.split('.'), expandsLeaf: true };
	if (isOperators(operand)) return and(compileOperators(place, operand));
	return leaf(place, isRegex(operand) ? matchesRegex(operand) : equals(operand));
}

function compileOperators(place: Place, operators: Doc): Match[] {
	return Object.entries(operators)
		.filter(([name]) => name !== '$options' || !('$regex' in operators))
		.map(([name, operand]) => compileOperator(place, name, operand, operators));
}

function compileOperator(place: Place, name: string, operand: unknown, operators: Doc): Match {
	switch (name) {
		case '$eq':
			return leaf(place, equals(operand));
		case '$ne':
			if (isRegex(operand)) throw badValue("Can't have regex as arg to $ne.");
			return not(leaf(place, equals(operand)));
		case '$gt':
		case '$gte':
		case '$lt':
		case '$lte':
			return leaf(place, compares(name, operand));
		case '$in':
			return leaf(place, isIn(name, operand));
		case '$nin':
			return not(leaf(place, isIn(name, operand)));
		case '$not':
			return compileNot(place, operand);
		case '$exists':
			return isTruthy(operand)
				? whole(place, (value) => value !== undefined)
				: not(whole(place, (value) => value !== undefined));
		case '$type':
			return leaf(place, hasType(operand));
		case '$mod':
			return leaf(place, hasRemainder(operand));
		case '$regex':
			return compileRegexOperator(place, operators);
		case '$options':
			throw badValue('$options needs a $regex');
		case '$size':
			return whole(place, hasSize(operand));
		case '$all':
			return compileEvery(place, operand);
		case '$elemMatch':
			return compileElement(place, operand);
		default:
			throw name.startsWith('$') ? unsupported('query operator', name) : badValue(`unknown operator: ${name}`);
	}
}

function compileNot(place: Place, operand: unknown): Match {
	if (isRegex(operand)) return not(leaf(place, matchesRegex(operand)));
	if (!isDoc(operand)) throw badValue('$not needs a regex or a document');
	if (Object.keys(operand).length === 0) throw badValue('$not cannot be empty');
	return not(and(compileOperators(place, operand)));
}

function compileRegexOperator(place: Place, operators: Doc): Match {
	const { $regex: pattern, $options: options } = operators;
	if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
	return leaf(place, matchesRegex(pattern, options));
}

function compileEvery(place: Place, operand: unknown): Match {
	if (!Array.isArray(operand)) throw badValue('$all needs an array');
	if (operand.length === 0) return () => false;
	const isOfElements = isDoc(operand[0]) && '$elemMatch' in operand[0];
	return and(
		(operand as unknown[]).map((item) => {
			if (isOfElements) {
				if (!isDoc(item) || Object.keys(item).join() !== '$elemMatch')
					throw badValue('$all/$elemMatch has to be consistent');
				return compileElement(place, item.$elemMatch);
			}
			if (isOperators(item)) throw badValue('no $ expressions in $all');
			return leaf(place, isRegex(item) ? matchesRegex(item) : equals(item));
		}),
	);
}

/** An element of an array, looked at as it is: an array inside an array is not entered. */
const element: Place = { path: ['element'], expandsLeaf: false };

const logical = new Set(['$and', '$or', '$nor', '$expr']);

/** `$elemMatch` on values (`{ $gte: 1, $lt: 3 }`) or on documents (`{ channel: 'email', score: 9 }`). */
function compileElement(place: Place, operand: unknown): Match {
	if (!isDoc(operand)) throw badValue('$elemMatch needs an Object');
	const onValues = isOperators(operand) && !logical.has(Object.keys(operand)[0] as string);
	const ofValue = onValues ? and(compileOperators(element, operand)) : undefined;
	const ofDoc = onValues ? undefined : compileAll(operand, null);
	const test = (value: unknown) => {
		if (ofValue) return ofValue({ element: value });
		return ofDoc !== undefined && (isDoc(value) || Array.isArray(value)) && ofDoc(asDoc(value));
	};
	return (doc, found) =>
		visit(doc, place.path, false, (value, outer) => {
			if (!Array.isArray(value)) return false;
			const position = value.findIndex(test);
			if (position >= 0 && found) found.index = outer < 0 ? position : outer;
			return position >= 0;
		});
}

/** An array inside an array is matched by its positions, as a document of "0", "1" … */
const asDoc = (value: Doc | unknown[]): Doc => (Array.isArray(value) ? { ...value } : value);

/** Any value at the path passes; an array's elements are tried before the array itself. */
function leaf(place: Place, test: Predicate): Match {
	const name = place.path[0] as string;
	const deep: Match = (doc, found) =>
		visit(doc, place.path, place.expandsLeaf, (value, index) => {
			if (!test(value)) return false;
			if (found && index >= 0) found.index = index;
			return true;
		});
	if (place.path.length > 1) return deep;
	return (doc, found) => {
		const value = field(doc, name);
		return Array.isArray(value) ? deep(doc, found) : test(value);
	};
}

/** The value at the path passes, arrays taken as a whole. */
function whole(place: Place, test: Predicate): Match {
	return (doc, found) =>
		visit(doc, place.path, false, (value, index) => {
			if (!test(value)) return false;
			if (found && index >= 0) found.index = index;
			return true;
		});
}

function and(matches: Match[]): Match {
	const [first, second, third] = matches;
	if (!first) return () => true;
	if (!second) return first;
	if (!third) return (doc, found) => first(doc, found) && second(doc, found);
	return (doc, found) => matches.every((match) => match(doc, found));
}

const or =
	(matches: Match[]): Match =>
	(doc, found) =>
		matches.some((match) => match(doc, found));

/** What is not there has no position. */
const not =
	(match: Match): Match =>
	(doc) =>
		!match(doc);

// Which stretches of an index can hold documents that meet a condition. Always enough, often more: the filter is applied again.
import type { BSONRegExp } from 'bson';
import { after, keyOf, typeRange } from './keys.ts';
import { type Doc, emptyArrayKey, isDoc, typeOf } from './values.ts';

/** One condition of a filter on one path: an operator's name and operand. A bare value is `$eq`, a bare regex `$regex`. */
export type Condition = { operator: string; operand: unknown };

/** A stretch [from, to) of ascending key bytes of one field. A point is one value. */
export type Stretch = { from: Buffer; to: Buffer; isPoint: boolean };

/** What a filter demands of each path, all at once, and the `$or`s that stand beside it. */
export type Demands = { paths: Map<string, Condition[]>; alternatives: Doc[][] };

export function demandsOf(filter: Doc): Demands {
	const demands: Demands = { paths: new Map(), alternatives: [] };
	collect(filter, '', demands);
	for (const alternatives of demands.alternatives) {
		for (const [path, stretches] of shared(alternatives)) add(demands, path, anyOf, stretches);
	}
	return demands;
}

/** The operator of a condition made here: one of the stretches in its operand. */
const anyOf = 'any of';

/** What all alternatives demand of a path, each in its way: { a: { $lt: 5 } } or { a: 5, b: 1 } both demand an a up to 5. */
function shared(alternatives: Doc[]): Map<string, Stretch[]> {
	const [first, ...others] = alternatives.map((alternative) => demandsOf(alternative).paths);
	const common = new Map<string, Stretch[]>();
	for (const path of first?.keys() ?? []) {
		const lists = [first!, ...others].map((paths) =>
			(paths.get(path) ?? []).map(stretchesOf).find((list) => list !== null),
		);
		if (lists.every((list) => list !== undefined)) common.set(path, merge(lists.flat()));
	}
	return common;
}

function collect(filter: Doc, prefix: string, demands: Demands): void {
	for (const [name, operand] of Object.entries(filter)) {
		if (name === '$and' && Array.isArray(operand)) for (const part of operand) collect(part as Doc, prefix, demands);
		else if (name === '$or' && Array.isArray(operand) && prefix === '') {
			if (operand.length === 1) collect(operand[0] as Doc, prefix, demands);
			else demands.alternatives.push(operand as Doc[]);
		} else if (!name.startsWith('$')) collectField(prefix + name, operand, demands);
	}
}

function collectField(path: string, operand: unknown, demands: Demands): void {
	const isOperators = isDoc(operand) && Object.keys(operand)[0]?.startsWith('$');
	if (!isOperators) return add(demands, path, isRegex(operand) ? '$regex' : '$eq', operand);
	for (const [operator, value] of Object.entries(operand)) {
		if (operator === '$elemMatch' && isDoc(value)) {
			add(demands, path, '$elemMatch', value);
			if (
				Object.keys(value)[0]?.startsWith('$') &&
				!['$and', '$or', '$nor', '$expr'].includes(Object.keys(value)[0]!)
			) {
				collectField(path, value, demands);
			} else collect(value, `${path}.`, demands);
		} else if (operator === '$regex') {
			if (operand['$options'] === undefined) add(demands, path, '$regex', value);
			else add(demands, path, '$regex', null);
		} else add(demands, path, operator, value);
	}
}

function add(demands: Demands, path: string, operator: string, operand: unknown): void {
	const known = demands.paths.get(path);
	if (known) known.push({ operator, operand });
	else demands.paths.set(path, [{ operator, operand }]);
}

export const isRegex = (value: unknown): boolean => typeOf(value) === 11;

const point = (value: unknown): Stretch => {
	const from = keyOf([value], [false]);
	return { from, to: after(from)!, isPoint: true };
};
const nothing = () => [point(emptyArrayKey), point(null)];
const isNothing = (value: unknown) => value === null || value === undefined;

/** The stretches a condition allows, ascending, or null when it allows all. */
export function stretchesOf({ operator, operand }: Condition): Stretch[] | null {
	if (operator === anyOf) return operand as Stretch[];
	if (hasNoKey(operand)) return null;
	switch (operator) {
		case '$eq':
			return equalTo(operand);
		case '$in': {
			const lists = (operand as unknown[]).map((value) => (isRegex(value) ? matching(value) : equalTo(value)));
			return merge(lists.flat());
		}
		case '$all': {
			const first = (operand as unknown[])[0];
			if (first === undefined || (isDoc(first) && '$elemMatch' in first)) return null;
			return isRegex(first) ? matching(first) : equalTo(first);
		}
		case '$gt':
		case '$gte':
		case '$lt':
		case '$lte':
			return compared(operator, operand);
		case '$exists':
			return operand === false ? nothing() : null;
		case '$regex':
			return matching(operand);
		default:
			return null;
	}
}

function hasNoKey(operand: unknown): boolean {
	if (Array.isArray(operand)) return operand.some(hasNoKey);
	const type = typeOf(operand);
	return type === 15 || type === 12;
}

function equalTo(value: unknown): Stretch[] {
	if (isNothing(value)) return nothing();
	if (!Array.isArray(value)) return [point(value)];
	return merge([point(value), point(value.length === 0 ? emptyArrayKey : value[0])]);
}

function compared(operator: string, operand: unknown): Stretch[] | null {
	if (isNothing(operand)) return nothing();
	const type = typeOf(operand);
	if (type === -1 || type === 127 || type === 4) return null;
	const bracket = typeRange(operand);
	const key = keyOf([operand], [false]);
	switch (operator) {
		case '$gt':
			return [{ from: after(key)!, to: bracket.to, isPoint: false }];
		case '$gte':
			return [{ from: key, to: bracket.to, isPoint: false }];
		case '$lt':
			return [{ from: bracket.from, to: key, isPoint: false }];
		default:
			return [{ from: bracket.from, to: after(key)!, isPoint: false }];
	}
}

/** Strings that may match, and stored regular expressions, which match when they are the same one. */
function matching(regex: unknown): Stretch[] {
	const strings = typeRange('');
	const regexes = { ...typeRange(/x/), isPoint: false };
	const prefix = literalPrefix(regex);
	if (prefix === '') return [{ ...strings, isPoint: false }, regexes];
	const key = keyOf([prefix], [false]);
	const from = key.subarray(0, key.length - 2);
	return [{ from, to: after(from)!, isPoint: false }, regexes];
}

/** The text every match must start with; '' when the expression is not anchored or not plain. */
function literalPrefix(regex: unknown): string {
	let pattern = regex;
	let options = '';
	if (regex instanceof RegExp) [pattern, options] = [regex.source, regex.flags];
	else if (isRegex(regex)) [pattern, options] = [(regex as BSONRegExp).pattern, (regex as BSONRegExp).options];
	if (typeof pattern !== 'string' || /[imx]/.test(options) || pattern.includes('|') || !pattern.startsWith('^'))
		return '';
	const [, literal = '', next = ''] = /^\^([\p{L}\p{N} @_<>,;:"'#%&=~/!-]*)(.?)/su.exec(pattern) ?? [];
	// The last character may be made optional or repeated by what follows it.
	return /[?*{]/.test(next) ? [...literal].slice(0, -1).join('') : literal;
}

/** Sorted, and stretches that touch or overlap made one. */
export function merge(stretches: Stretch[]): Stretch[] {
	const sorted = stretches.toSorted((a, b) => Buffer.compare(a.from, b.from) || Buffer.compare(a.to, b.to));
	const merged: Stretch[] = [];
	for (const stretch of sorted) {
		const last = merged.at(-1);
		if (last && Buffer.compare(stretch.from, last.to) < 0) {
			if (Buffer.compare(stretch.to, last.to) > 0)
				merged[merged.length - 1] = { ...last, to: stretch.to, isPoint: false };
		} else merged.push(stretch);
	}
	return merged;
}

export function intersect(left: Stretch[], right: Stretch[]): Stretch[] {
	const common: Stretch[] = [];
	for (const a of left) {
		for (const b of right) {
			const from = Buffer.compare(a.from, b.from) >= 0 ? a.from : b.from;
			const to = Buffer.compare(a.to, b.to) <= 0 ? a.to : b.to;
			if (Buffer.compare(from, to) < 0) common.push({ from, to, isPoint: a.isPoint || b.isPoint });
		}
	}
	return merge(common);
}

// What an upsert starts from: the fields its filter pins to one value.
import { notSingleValue } from './errors.ts';
import { isOperators } from './matcher.ts';
import { isRegex } from './regex.ts';
import { changeAt, type UpdatePath } from './update-paths.ts';
import { type Doc, isDoc } from './values.ts';

/** The document an upsert's update is applied to: `{ workspace: 1, score: { $gt: 3 } }` gives `{ workspace: 1 }`. */
export function upsertSeed(filter: Doc): Doc {
	const pinned = new Map<string, unknown>();
	collect(filter, pinned);
	let seed: Doc = {};
	for (const [name, value] of pinned) {
		for (const other of pinned.keys()) {
			if (other.startsWith(`${name}.`))
				throw notSingleValue(`cannot infer query fields to set, both paths '${name}' and '${other}' are matched`);
		}
		seed = changeAt(seed, name.split('.') as UpdatePath, () => value, true);
	}
	return seed;
}

function collect(filter: Doc, pinned: Map<string, unknown>): void {
	for (const [name, operand] of Object.entries(filter)) {
		if (name === '$and' || (name === '$or' && Array.isArray(operand) && operand.length === 1)) {
			for (const clause of operand as Doc[]) if (isDoc(clause)) collect(clause, pinned);
		} else if (!name.startsWith('$')) collectField(name, operand, pinned);
	}
}

function collectField(name: string, operand: unknown, pinned: Map<string, unknown>): void {
	if (!isOperators(operand)) {
		if (!isRegex(operand)) pin(name, operand, pinned);
		return;
	}
	for (const [operator, value] of Object.entries(operand)) {
		if (operator === '$eq') pin(name, value, pinned);
		const isList = (operator === '$all' || operator === '$in') && Array.isArray(value) && value.length === 1;
		const only: unknown = isList ? value[0] : undefined;
		if (isList && !isRegex(only) && !isOperators(only)) pin(name, only, pinned);
	}
}

function pin(name: string, value: unknown, pinned: Map<string, unknown>): void {
	if (pinned.has(name)) throw notSingleValue(`cannot infer query fields to set, path '${name}' is matched twice`);
	pinned.set(name, value);
}

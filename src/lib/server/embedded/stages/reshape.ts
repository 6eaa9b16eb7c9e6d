// The stages that look at one document at a time: $match, $project, $addFields, $unset, $replaceRoot, $unwind, $skip and $limit.
import { CommandError } from '../errors.ts';
import type { Expression } from '../expressions/scope.ts';
import { compileFilter } from '../matcher.ts';
import { asLong, toInteger } from '../numbers.ts';
import { compileAddedFields, compileStageProjection, type Projection } from '../projection.ts';
import { changeAt } from '../update-paths.ts';
import { fieldPath, valueAt } from '../paths.ts';
import { type Doc, isDoc, show, typeName } from '../values.ts';
import type { Stage, StageCompiler } from './stage.ts';

const each = (change: (doc: Doc) => Doc): Stage =>
	function* (docs) {
		for (const doc of docs) yield change(doc);
	};

export const compileMatch: StageCompiler = (operand, { scope }) => {
	if (!isDoc(operand)) throw new CommandError(15959, 'the match filter must be an expression in an object');
	const test = compileFilter(operand, scope);
	return function* (docs) {
		for (const doc of docs) if (test(doc)) yield doc;
	};
};

export const compileProject: StageCompiler = (operand, { scope }) => {
	if (!isDoc(operand)) throw new CommandError(15969, '$project specification must be an object');
	return each(compileStageProjection(operand, scope));
};

export const compileAddFields: StageCompiler = (operand, { scope }, name) =>
	each(compileAddedFields(name, operand, scope));

export const compileUnset: StageCompiler = (operand, { scope }) => {
	if (!Array.isArray(operand) && typeof operand !== 'string')
		throw new CommandError(31002, '$unset specification must be a string or an array');
	const names: unknown[] = Array.isArray(operand) ? operand : [operand];
	if (names.length === 0) throw new CommandError(31119, '$unset specification must name at least one field');
	if (names.some((name) => typeof name !== 'string'))
		throw new CommandError(31120, '$unset specification must be a string or an array containing only string values');
	return each(compileStageProjection(Object.fromEntries(names.map((name) => [name, false])), scope));
};

export const compileReplaceRoot: StageCompiler = (operand, { scope }, name) => {
	return each(newRoot(scope.compile(name === '$replaceWith' ? operand : rootOf(operand))));
};

function rootOf(operand: unknown): unknown {
	if (!isDoc(operand)) throw new CommandError(40229, 'expected an object as specification for $replaceRoot stage');
	const unknown = Object.keys(operand).find((name) => name !== 'newRoot');
	if (unknown) throw new CommandError(40415, `BSON field '$replaceRoot.${unknown}' is an unknown field.`);
	if (!('newRoot' in operand))
		throw new CommandError(40414, "BSON field '$replaceRoot.newRoot' is missing but a required field");
	return operand.newRoot;
}

const newRoot =
	(expression: Expression): Projection =>
	(doc) => {
		const root = expression(doc);
		if (isDoc(root)) return root;
		throw new CommandError(
			40228,
			`'newRoot' expression must evaluate to an object, but resulting value was: ${show(root)} of type ${typeName(root)}`,
		);
	};

export const compileSkip: StageCompiler = (operand) => {
	const count = countOf('$skip', operand);
	return function* (docs) {
		let seen = 0;
		for (const doc of docs) if (seen++ >= count) yield doc;
	};
};

export const compileLimit: StageCompiler = (operand) => {
	const count = countOf('$limit', operand);
	return function* (docs) {
		let left = count;
		for (const doc of docs) {
			yield doc;
			if (--left === 0) return;
		}
	};
};

/** The operand of $skip and $limit, checked. */
export function countOf(name: '$skip' | '$limit', operand: unknown): number {
	const isLimit = name === '$limit';
	const count = toInteger(operand);
	if (count === undefined || count < 0n)
		throw new CommandError(
			isLimit ? 5107201 : 5107200,
			`invalid argument to ${name} stage: Expected a non-negative whole number in: ${name}: ${show(operand)}`,
		);
	if (isLimit && count === 0n) throw new CommandError(15958, 'the limit must be positive');
	return Number(count);
}

export const compileUnwind: StageCompiler = (operand) => {
	if (!isDoc(operand) && typeof operand !== 'string')
		throw new CommandError(
			15981,
			`expected either a string or an object as specification for $unwind stage, got ${typeName(operand)}`,
		);
	const spec = isDoc(operand) ? operand : { path: operand };
	const { path: text, includeArrayIndex: indexName, preserveNullAndEmptyArrays: isPreserving, ...others } = spec as Doc;
	for (const name of Object.keys(others))
		throw new CommandError(28811, `unrecognized option to $unwind stage: ${name}`);
	if (text === undefined) throw new CommandError(28812, 'no path specified to $unwind stage');
	if (typeof text !== 'string')
		throw new CommandError(28808, `expected a string as the path for $unwind stage, got ${typeName(text)}`);
	if (!text.startsWith('$') || text.startsWith('$$'))
		throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${text}`);
	if (indexName !== undefined && (typeof indexName !== 'string' || indexName === ''))
		throw new CommandError(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
	if (indexName?.startsWith('$'))
		throw new CommandError(28822, `includeArrayIndex option to $unwind stage should not be prefixed with a '$'`);
	if (isPreserving !== undefined && typeof isPreserving !== 'boolean') {
		throw new CommandError(28809, 'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage');
	}
	const path = fieldPath(text.slice(1));
	const indexPath = indexName === undefined ? undefined : fieldPath(indexName);
	const place = (doc: Doc, value: unknown, index: unknown): Doc => {
		const unwound = changeAt(doc, path, () => value, value !== undefined);
		return indexPath ? changeAt(unwound, indexPath, () => index, true) : unwound;
	};
	return function* (docs) {
		for (const doc of docs) {
			const value = plainAt(doc, path);
			if (Array.isArray(value)) {
				for (let at = 0; at < value.length; at++) yield place(doc, value[at], asLong(BigInt(at)));
				if (value.length === 0 && isPreserving) yield place(doc, undefined, null);
			} else if ((value !== undefined && value !== null) || isPreserving)
				yield indexPath ? place(doc, value, null) : doc;
		}
	};
};

/** An array on the way to the path ends it: only documents are entered. */
function plainAt(doc: Doc, path: string[]): unknown {
	const parent =
		path.length > 1
			? path.slice(0, -1).reduce<unknown>((inner, name) => (isDoc(inner) ? inner[name] : undefined), doc)
			: doc;
	return isDoc(parent) ? valueAt(parent, path.slice(-1)) : undefined;
}

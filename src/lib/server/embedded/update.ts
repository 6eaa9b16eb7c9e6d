// What an update makes of a document: operators, a full replacement or a pipeline, each compiled once.
import { compileArrayFilters } from './array-filters.ts';
import { isEqual, isIdentical } from './compare.ts';
import { badValue, dollarPrefixed, failedToParse, immutableField, unsupported } from './errors.ts';
import { compilePosition } from './matcher.ts';
import { compileUpdateStages } from './stages/pipeline.ts';
import { operators, type Step } from './update-operators.ts';
import {
	changeAt,
	comparePaths,
	isPositional,
	parseUpdatePath,
	type Positions,
	read,
	refuseConflicts,
	resolve,
	type UpdatePath,
} from './update-paths.ts';
import { type Doc, field, isDoc, show, typeName } from './values.ts';

export interface UpdateOptions {
	arrayFilters?: readonly Doc[] | undefined;
	/** The query that selected the document, needed by the positional `$`. */
	filter?: Doc | undefined;
}

export interface UpdateContext {
	/** Whether the document is being made by an upsert, from what `upsertSeed` returned. */
	isInsert?: boolean;
	/** The time `$currentDate` sets. */
	now?: Date;
}

/** Returns the document after the update, never changing the one it is given: the very same one when nothing changed. */
export type Update = (doc: Doc, context?: UpdateContext) => Doc;

/** Compiles an update, refusing what is unknown or contradictory before any document is looked at. */
export function compileUpdate(update: Doc | Doc[], options: UpdateOptions = {}): Update {
	if (Array.isArray(update)) return compilePipelineForm(update, options);
	if (!isDoc(update)) throw failedToParse('Update argument must be either an object or an array');
	const isOperatorForm = Object.keys(update)[0]?.startsWith('$') ?? false;
	if (isOperatorForm) return compileOperators(update, options);
	if (options.arrayFilters?.length)
		throw failedToParse('arrayFilters may not be specified for a replacement-style update');
	return compileReplacement(update);
}

/** A pipeline computes the new document from the old one; its _id stays. */
function compilePipelineForm(pipeline: Doc[], options: UpdateOptions): Update {
	if (options.arrayFilters?.length) throw failedToParse('arrayFilters may not be specified for pipeline-style updates');
	const run = compileUpdateStages(pipeline);
	return (doc, context) => {
		const id = field(doc, '_id');
		const next = run(doc);
		const newId = field(next, '_id');
		if (id !== undefined && newId !== undefined && !isEqual(id, newId)) throw changedId(id, newId);
		const whole = id !== undefined && newId === undefined ? { _id: id, ...next } : next;
		return !context?.isInsert && isIdentical(doc, whole) ? doc : whole;
	};
}

/** The whole document is replaced; only its _id stays. */
function compileReplacement(replacement: Doc): Update {
	const operator = Object.keys(replacement).find((name) => name.startsWith('$'));
	if (operator)
		throw dollarPrefixed(`The dollar ($) prefixed field '${operator}' is not allowed in a replacement document`);
	return (doc, context) => {
		const { _id: newId, ...rest } = replacement;
		const id = field(doc, '_id');
		if (id !== undefined && newId !== undefined && !isEqual(id, newId)) throw changedId(id, newId);
		const kept = id ?? newId;
		const next = kept === undefined ? rest : { _id: kept, ...rest };
		return !context?.isInsert && isIdentical(doc, next) ? doc : next;
	};
}

const changedId = (id: unknown, newId: unknown) =>
	immutableField(
		`After applying the update, the (immutable) field '_id' was found to have been altered from ${show(id)} to ${show(newId)}`,
	);

interface Assignment {
	path: UpdatePath;
	step: Step;
	/** Whether the step makes the documents its path leads through. */
	isCreating: boolean;
	isInsertOnly: boolean;
}

/** The update operators there are, for the table in the README. */
export const updateOperators: readonly string[] = [...Object.keys(operators), '$rename'];

function compileOperators(update: Doc, options: UpdateOptions): Update {
	const assignments: Assignment[] = [];
	const renames: { from: UpdatePath; to: UpdatePath }[] = [];
	for (const [operator, fields] of Object.entries(update)) {
		if (!updateOperators.includes(operator)) {
			if (operator.startsWith('$')) throw unsupported('update operator', operator);
			throw failedToParse(
				`Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
			);
		}
		if (!isDoc(fields)) {
			throw failedToParse(
				`Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${show(fields)}}`,
			);
		}
		for (const [name, operand] of Object.entries(fields)) {
			const path = parseUpdatePath(name);
			if (operator === '$rename') renames.push(parseRename(path, operand));
			else {
				const { isCreating, compile } = operators[operator] as (typeof operators)[string];
				assignments.push({ path, step: compile(name, operand), isCreating, isInsertOnly: operator === '$setOnInsert' });
			}
		}
	}
	assignments.sort((a, b) => comparePaths(a.path, b.path));
	const paths = [...assignments.map(({ path }) => path), ...renames.flatMap(({ from, to }) => [from, to])];
	refuseConflicts(paths);
	return applyAll(assignments, renames, paths, options);
}

function applyAll(
	assignments: Assignment[],
	renames: { from: UpdatePath; to: UpdatePath }[],
	paths: UpdatePath[],
	options: UpdateOptions,
): Update {
	const filters = compileArrayFilters(options.arrayFilters ?? [], paths);
	const hasPositional = paths.some(isPositional);
	const position = paths.some((path) => path.includes('$')) ? compilePosition(options.filter ?? {}) : undefined;
	const touchesId = paths.some((path) => path[0] === '_id');
	return (doc, context = {}) => {
		const now = context.now ?? new Date();
		const id = field(doc, '_id');
		const positions: Positions = { matched: () => (position && !context.isInsert ? position(doc) : -1), filters };
		let next = doc;
		const written: UpdatePath[] = [];
		for (const { from, to } of renames) next = rename(next, from, to);
		for (const { path, step, isCreating, isInsertOnly } of assignments) {
			if (isInsertOnly && !context.isInsert) continue;
			for (const concrete of resolve(path, doc, positions)) {
				if (hasPositional) written.push(concrete);
				next = changeAt(next, concrete, (old) => unlessSame(old, step(old, id, now)), isCreating);
			}
		}
		if (hasPositional) refuseConflicts(written);
		if (touchesId && id !== undefined && !isEqual(id, field(next, '_id'))) {
			throw immutableField("Performing an update on the path '_id' would modify the immutable field '_id'");
		}
		return next;
	};
}

const unlessSame = (old: unknown, next: unknown) =>
	old !== undefined && next !== undefined && isIdentical(old, next) ? old : next;

function parseRename(from: UpdatePath, operand: unknown): { from: UpdatePath; to: UpdatePath } {
	if (typeof operand !== 'string')
		throw badValue(`The 'to' field for $rename must be a string: ${from.join('.')}: ${show(operand)}`);
	const to = parseUpdatePath(operand);
	if (from.join('.') === operand)
		throw badValue(`The source and target field for $rename must differ: ${operand}: "${operand}"`);
	if (isWithin(from, to) || isWithin(to, from))
		throw badValue(
			`The source and target field for $rename must not be on the same path: ${from.join('.')}: "${operand}"`,
		);
	if (isPositional(from)) throw badValue(`The source field for $rename may not be dynamic: ${from.join('.')}`);
	if (isPositional(to)) throw badValue(`The destination field for $rename may not be dynamic: ${operand}`);
	return { from, to };
}

const isWithin = (inner: UpdatePath, outer: UpdatePath) => outer.every((name, at) => inner[at] === name);

function rename(doc: Doc, from: UpdatePath, to: UpdatePath): Doc {
	for (const [end, path] of [
		['source', from],
		['destination', to],
	] as const) {
		for (let depth = 1; depth < path.length; depth++) {
			if (Array.isArray(read(doc, path.slice(0, depth)))) {
				throw badValue(
					`The ${end} field cannot be an array element, '${path.join('.')}' in doc with _id: ${show(field(doc, '_id'))} has an array field called '${path[depth - 1]}'`,
				);
			}
		}
	}
	const value = read(doc, from);
	if (value === undefined) return doc;
	return changeAt(
		changeAt(doc, from, () => undefined, false),
		to,
		() => value,
		true,
	);
}

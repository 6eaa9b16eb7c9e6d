// What an update makes of a document: operators, a full replacement or a pipeline, each compiled once.
import { Timestamp } from 'bson';
import { compare, isEqual, isIdentical } from './compare.ts';
import { badValue, failedToParse, immutableField, typeMismatch, unsupported } from './errors.ts';
import { compileFilter, compilePosition } from './matcher.ts';
import { numberType } from './numbers.ts';
import { compileUpdateStages } from './stages/pipeline.ts';
import { calculate, compileBits, requireNumber, zeroLike } from './update-arithmetic.ts';
import { compileAddToSet, compilePop, compilePull, compilePullAll, compilePush } from './update-arrays.ts';
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
	if (operator) throw badValue(`the replacement document must not contain update operators, found '${operator}'`);
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

type Step = (old: unknown, id: unknown, now: Date) => unknown;

interface Assignment {
	path: UpdatePath;
	step: Step;
	/** Whether the step makes the documents its path leads through. */
	isCreating: boolean;
	isInsertOnly: boolean;
}

const always =
	(value: unknown): Step =>
	() =>
		value;

/** The operators that change the value at a path from what it was. */
const operators: Record<string, { isCreating: boolean; compile: (name: string, operand: unknown) => Step }> = {
	$set: { isCreating: true, compile: (_, operand) => always(operand) },
	$setOnInsert: { isCreating: true, compile: (_, operand) => always(operand) },
	$unset: { isCreating: false, compile: () => always(undefined) },
	$inc: { isCreating: true, compile: (name, operand) => arithmetic('$inc', name, operand) },
	$mul: { isCreating: true, compile: (name, operand) => arithmetic('$mul', name, operand) },
	$min: { isCreating: true, compile: (_, operand) => extreme(operand, -1) },
	$max: { isCreating: true, compile: (_, operand) => extreme(operand, 1) },
	$currentDate: { isCreating: true, compile: (_, operand) => currentDate(operand) },
	$bit: { isCreating: true, compile: compileBit },
	$push: { isCreating: true, compile: compilePush },
	$addToSet: { isCreating: true, compile: compileAddToSet },
	$pop: { isCreating: false, compile: compilePop },
	$pull: { isCreating: false, compile: (_, operand) => compilePull(operand) },
	$pullAll: { isCreating: false, compile: (_, operand) => compilePullAll(operand) },
};

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
	refuseConflicts(paths.sort(comparePaths));
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
		if (hasPositional) refuseConflicts(written.sort(comparePaths));
		if (touchesId && id !== undefined && !isEqual(id, field(next, '_id'))) {
			throw immutableField("Performing an update on the path '_id' would modify the immutable field '_id'");
		}
		return next;
	};
}

const unlessSame = (old: unknown, next: unknown) =>
	old !== undefined && next !== undefined && isIdentical(old, next) ? old : next;

function compileArrayFilters(
	arrayFilters: readonly Doc[],
	paths: readonly UpdatePath[],
): Map<string, (element: unknown) => boolean> {
	const filters = new Map<string, (element: unknown) => boolean>();
	for (const filter of arrayFilters) {
		const identifier = identifierOf(filter);
		if (filters.has(identifier))
			throw failedToParse(`Found multiple array filters with the same top-level field name ${identifier}`);
		const match = compileFilter(filter);
		filters.set(identifier, (element) => match({ [identifier]: element }));
	}
	const used = new Set(
		paths.flatMap((path) => path.filter((part) => /^\$\[.+\]$/.test(part)).map((part) => part.slice(2, -1))),
	);
	for (const identifier of used) {
		if (!filters.has(identifier)) throw badValue(`No array filter found for identifier '${identifier}'`);
	}
	for (const identifier of filters.keys()) {
		if (!used.has(identifier))
			throw failedToParse(`The array filter for identifier '${identifier}' was not used in the update`);
	}
	return filters;
}

/** The one identifier an array filter is about: `{ 'answer.score': 9 }` is about `answer`. */
function identifierOf(filter: Doc): string {
	if (!isDoc(filter)) throw typeMismatch('an array filter must be a document');
	const names = (clause: Doc): string[] =>
		Object.entries(clause).flatMap(([name, operand]) =>
			name.startsWith('$')
				? Array.isArray(operand)
					? operand.filter(isDoc).flatMap(names)
					: []
				: [name.split('.')[0] as string],
		);
	const [identifier, ...others] = new Set(names(filter));
	if (identifier === undefined)
		throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters');
	if (others.length > 0)
		throw failedToParse(
			`Error parsing array filter :: caused by :: Expected a single top-level field name, found '${identifier}' and '${others[0]}'`,
		);
	if (!/^[a-z][A-Za-z0-9]*$/.test(identifier)) {
		throw badValue(
			`Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${identifier}'`,
		);
	}
	return identifier;
}

function arithmetic(operation: '$inc' | '$mul', name: string, operand: unknown): Step {
	requireNumber(operation, name, operand);
	return (old, id) => {
		if (old === undefined) return operation === '$inc' ? operand : zeroLike(operand);
		if (!numberType(old)) {
			throw typeMismatch(
				`Cannot apply ${operation} to a value of non-numeric type. {_id: ${show(id)}} has the field '${name.split('.').at(-1)}' of non-numeric type ${typeName(old)}`,
			);
		}
		return calculate(operation, old, operand, id);
	};
}

const extreme =
	(operand: unknown, sign: 1 | -1): Step =>
	(old) =>
		old === undefined || compare(operand, old) * sign > 0 ? operand : old;

function currentDate(operand: unknown): Step {
	const type = isDoc(operand) ? operand.$type : operand === true || operand === false ? 'date' : undefined;
	if (isDoc(operand) && Object.keys(operand).some((key) => key !== '$type')) {
		throw badValue(`Unrecognized $currentDate option: ${Object.keys(operand).find((key) => key !== '$type')}`);
	}
	if (type === 'date') return (_old, _id, now) => now;
	if (type !== 'timestamp') {
		throw badValue(
			`${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
		);
	}
	return (_old, _id, now) => new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
}

function compileBit(name: string, operand: unknown): Step {
	if (!isDoc(operand))
		throw badValue(
			`The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
		);
	return compileBits(name, operand);
}

function parseRename(from: UpdatePath, operand: unknown): { from: UpdatePath; to: UpdatePath } {
	if (typeof operand !== 'string')
		throw badValue(`The 'to' field for $rename must be a string: ${from.join('.')}: ${show(operand)}`);
	const to = parseUpdatePath(operand);
	if (from.join('.') === operand)
		throw badValue(`The source and target field for $rename must differ: ${operand}: "${operand}"`);
	if (isPositional(from)) throw badValue(`The source field for $rename may not be dynamic: ${from.join('.')}`);
	if (isPositional(to)) throw badValue(`The destination field for $rename may not be dynamic: ${operand}`);
	return { from, to };
}

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

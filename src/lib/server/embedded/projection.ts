// The fields a find returns: inclusion or exclusion, computed fields, $slice, $elemMatch and the positional `$`.
import { badValue, CommandError, unsupported } from './errors.ts';
import { type Expression, newScope, type Scope } from './expressions/compile.ts';
import { compilePosition, isOperators } from './matcher.ts';
import { toInteger, toNumber } from './numbers.ts';
import { fieldPath } from './paths.ts';
import { type Leaf, type Mode, newBranch, plant, project } from './projection-tree.ts';
import { type Doc, field, isDoc, show, typeName } from './values.ts';

export type Projection = (doc: Doc) => Doc;

interface Field {
	name: string;
	path: string[];
	kind: 'include' | 'exclude' | 'slice' | 'match' | 'positional' | 'computed';
	leaf: Leaf;
}

/** Compiles the projection of a find; `filter` is needed for the positional `$`. */
export function compileProjection(spec: Doc, filter: Doc = {}): Projection {
	return compile(spec, newScope(), filter);
}

/** Compiles the projection of a `$project` stage, where $slice is an expression and `$` has no meaning. */
export function compileStageProjection(spec: Doc, scope: Scope): Projection {
	if (isDoc(spec) && Object.keys(spec).length === 0)
		throw new CommandError(
			51272,
			'Invalid $project :: caused by :: projection specification must have at least one field',
		);
	return compile(spec, scope);
}

/** Only a find has a `filter`, and with it $slice, $elemMatch and the positional `$`. */
function compile(spec: Doc, scope: Scope, filter?: Doc): Projection {
	if (!isDoc(spec)) throw badValue('a projection must be a document');
	const fields = Object.entries(spec).flatMap(([name, value]) => parse(name, value, scope, filter !== undefined));
	if (fields.length === 0) return (doc) => doc;
	const mode = modeOf(fields);
	const root = newBranch();
	for (const { path, leaf } of fields) plant(root, path, leaf);
	if (mode === 'include' && !root.children.has('_id')) plant(root, ['_id'], included);
	const positional = fields.filter(({ kind }) => kind === 'positional');
	if (positional.length > 1)
		throw new CommandError(31276, 'Cannot specify more than one positional projection per query.');
	const [only] = positional;
	if (!only) return (doc) => project(root, mode, doc);
	const position = compilePosition(filter ?? {});
	return (doc) => project(root, mode, pickElement(doc, only.path, position(doc)));
}

/** Compiles `$addFields`: every field stays, and the computed ones are set, at any depth. */
export function compileAddedFields(name: string, spec: unknown, scope: Scope): Projection {
	if (!isDoc(spec))
		throw new CommandError(40272, `${name} specification stage must be an object, got ${typeName(spec)}`);
	if (Object.keys(spec).length === 0)
		throw new CommandError(40177, `${name} specification must have at least one field`);
	const root = newBranch();
	const add = (field: string, value: unknown) => {
		const path = fieldPath(field);
		if (!isDoc(value) || isOperators(value)) return plant(root, path, computed(scope.compile(value)));
		const inner = Object.entries(value);
		if (inner.length === 0)
			throw new CommandError(40180, `an empty object is not a valid value. Found at path ${field}`);
		for (const [part, innerValue] of inner) add(`${field}.${part}`, innerValue);
	};
	for (const [field, value] of Object.entries(spec)) add(field, value);
	return (doc) => project(root, 'add', doc);
}

const included: Leaf = { keep: (value) => value };

function parse(name: string, value: unknown, scope: Scope, isFind: boolean): Field[] {
	if (name.endsWith('.$')) {
		if (!isFind) throw new CommandError(31324, `positional projection is not allowed in $project: '${name}'`);
		const wanted = typeof value === 'boolean' ? Number(value) : toNumber(value);
		if (wanted === undefined) throw unsupported('positional projection value', show(value));
		if (wanted === 0) throw new CommandError(31395, 'positional projection cannot be used with exclusion');
		return [{ name, path: fieldPath(name.slice(0, -2)), kind: 'positional', leaf: included }];
	}
	const path = fieldPath(name);
	const number = typeof value === 'boolean' ? Number(value) : toNumber(value);
	if (number !== undefined) {
		return [
			number === 0
				? { name, path, kind: 'exclude', leaf: { drop: true } }
				: { name, path, kind: 'include', leaf: included },
		];
	}
	if (isFind && isOperators(value)) {
		const special = parseOperator(name, path, value);
		if (special) return [special];
	}
	if (isDoc(value) && !isOperators(value)) {
		if (Object.keys(value).length === 0) {
			throw new CommandError(
				51270,
				`An empty sub-projection is not a valid value. Found empty object at path '${name}'`,
			);
		}
		return Object.entries(value).flatMap(([inner, innerValue]) => parse(`${name}.${inner}`, innerValue, scope, isFind));
	}
	return [{ name, path, kind: 'computed', leaf: computed(scope.compile(value)) }];
}

const computed = (expression: Expression): Leaf => ({ compute: expression });

function parseOperator(name: string, path: string[], value: Doc): Field | undefined {
	if ('$slice' in value) return { name, path, kind: 'slice', leaf: { keep: compileSlice(value.$slice) } };
	if (!('$elemMatch' in value)) return undefined;
	if (path.length > 1) throw new CommandError(31275, 'Cannot use $elemMatch projection on a nested field.');
	if (!isDoc(value.$elemMatch))
		throw new CommandError(31274, `elemMatch: Invalid argument, object required, but got ${show(value.$elemMatch)}`);
	const position = compilePosition({ [name]: { $elemMatch: value.$elemMatch } });
	const keep = (array: unknown) => {
		const at = Array.isArray(array) ? position({ [name]: array }) : -1;
		return at < 0 ? undefined : [(array as unknown[])[at]];
	};
	return { name, path, kind: 'match', leaf: { keep } };
}

/** `$slice: n` takes from the start or, negative, the end; `$slice: [skip, limit]` skips first. */
function compileSlice(operand: unknown): (value: unknown) => unknown {
	const numbers = (Array.isArray(operand) ? operand : [operand]).map((part: unknown) => {
		const whole =
			toInteger(part) ?? (toNumber(part) === undefined ? undefined : BigInt(Math.trunc(toNumber(part) as number)));
		if (whole === undefined)
			throw new CommandError(28724, `First argument to $slice must be an array, but is of type: ${show(operand)}`);
		return Number(whole);
	});
	const [first, limit] = numbers;
	if (first === undefined || numbers.length > 2)
		throw new CommandError(28667, 'Expression $slice takes at least 1 and at most 2 arguments');
	if (!Array.isArray(operand) || limit === undefined) {
		return (value) => (Array.isArray(value) ? (first < 0 ? value.slice(first) : value.slice(0, first)) : value);
	}
	if (limit <= 0) throw new CommandError(28729, `The $slice limit must be positive, found ${limit}`);
	return (value) => {
		if (!Array.isArray(value)) return value;
		const from = first < 0 ? Math.max(value.length + first, 0) : first;
		return value.slice(from, from + limit);
	};
}

/** Inclusion or exclusion; _id may differ from the rest, and a lone $slice keeps everything else. */
function modeOf(fields: Field[]): Mode {
	let mode: Mode | undefined;
	for (const { name, kind } of fields) {
		if (name === '_id' && (kind === 'include' || kind === 'exclude')) continue;
		if (kind === 'slice') continue;
		const wanted: Mode = kind === 'exclude' ? 'exclude' : 'include';
		if (mode !== undefined && mode !== wanted) {
			throw wanted === 'exclude'
				? new CommandError(31254, `Cannot do exclusion on field ${name} in inclusion projection`)
				: new CommandError(31253, `Cannot do inclusion on field ${name} in exclusion projection`);
		}
		mode = wanted;
	}
	return mode ?? (fields.some(({ name, kind }) => name === '_id' && kind === 'include') ? 'include' : 'exclude');
}

/** Narrows the first array on the path to the element the query matched. */
function pickElement(doc: Doc, path: readonly string[], position: number): Doc {
	const [name, ...rest] = path as [string, ...string[]];
	const value = field(doc, name);
	if (Array.isArray(value)) {
		if (position < 0 || position >= value.length) {
			throw new CommandError(
				51246,
				"Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
			);
		}
		return { ...doc, [name]: [value[position]] };
	}
	return rest.length > 0 && isDoc(value) ? { ...doc, [name]: pickElement(value, rest, position) } : doc;
}

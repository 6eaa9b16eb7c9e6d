// A plain second reading of updates, for the fuzz tests: copy everything, then change in place. Throws what an update would refuse.
import { isPulled } from './model-query.ts';
import { copy, type Fields, type Kind, Numeric, order, type Value } from './model-values.ts';

type Step = { path: string[]; operator: string; operand: Value };
type Parent = { parent: Fields | Value[]; key: string };

const isIndex = (part: string) => /^(0|[1-9]\d*)$/.test(part);
const creating = new Set(['$set', '$setOnInsert', '$inc', '$mul', '$min', '$max', '$push', '$addToSet', '$bit']);

export function update(doc: Fields, spec: Fields, isInsert = false): Fields {
	const steps: Step[] = [...spec].flatMap(([operator, fields]) =>
		[...(fields as Fields)].map(([name, operand]) => ({ path: name.split('.'), operator, operand })),
	);
	refuseOverlaps(
		steps.flatMap((step) =>
			step.operator === '$rename' ? [step.path, (step.operand as string).split('.')] : [step.path],
		),
	);
	const next = copy(doc) as Fields;
	for (const step of steps.filter(({ operator }) => operator === '$rename'))
		rename(next, step.path, (step.operand as string).split('.'));
	const others = steps.filter(({ operator }) => operator !== '$rename').sort((a, b) => byName(a.path, b.path));
	const resolved = others
		.filter(({ operator }) => operator !== '$setOnInsert' || isInsert)
		.map((step) => ({ ...step, paths: positions(doc, step.path) }));
	refuseOverlaps(resolved.flatMap(({ paths }) => paths));
	for (const { paths, operator, operand } of resolved) for (const path of paths) change(next, path, operator, operand);
	if (doc.has('_id') && (!next.has('_id') || order(doc.get('_id') as Value, next.get('_id') as Value) !== 0))
		throw new Error('_id');
	return next;
}

function byName(a: string[], b: string[]): number {
	const at = a.findIndex((part, depth) => part !== b[depth]);
	const [left = '', right = ''] = [a[at], b[at]];
	if (isIndex(left) && isIndex(right)) return Number(left) - Number(right);
	return left < right ? -1 : 1;
}

function refuseOverlaps(paths: string[][]): void {
	const names = paths.map((path) => `${path.join('.')}.`);
	for (const [at, name] of names.entries()) {
		if (names.some((other, which) => which !== at && other.startsWith(name))) throw new Error('conflict');
	}
}

/** The paths a path with `$[]` stands for. */
function positions(doc: Value, path: string[]): string[][] {
	const at = path.indexOf('$[]');
	if (at < 0) return [path];
	const [before, after] = [path.slice(0, at), path.slice(at + 1)];
	let value: Value | undefined = doc;
	for (const part of before) value = child(value, part);
	if (!Array.isArray(value)) throw new Error('not an array');
	return value.flatMap((_, index) => positions(doc, [...before, String(index), ...after]));
}

function child(value: Value | undefined, part: string): Value | undefined {
	if (value instanceof Map) return value.get(part);
	return Array.isArray(value) && isIndex(part) ? value[Number(part)] : undefined;
}

/** What holds the end of a path, made on the way when `isCreating`; undefined where the path leads nowhere. */
function holder(doc: Fields, path: string[], isCreating: boolean): Parent | undefined {
	let parent: Value = doc;
	for (const [depth, part] of path.entries()) {
		if (Array.isArray(parent) && !isIndex(part)) {
			if (isCreating) throw new Error('named field of an array');
			return undefined;
		}
		if (!(parent instanceof Map) && !Array.isArray(parent)) {
			if (isCreating) throw new Error('field of a value');
			return undefined;
		}
		if (depth === path.length - 1) return { parent, key: part };
		if (child(parent, part) === undefined) {
			if (!isCreating) return undefined;
			put({ parent, key: part }, new Map());
		}
		parent = child(parent, part) as Value;
	}
	return undefined;
}

function put({ parent, key }: Parent, value: Value): void {
	if (parent instanceof Map) {
		parent.set(key, value);
		if (isIndex(key)) numbersFirst(parent);
	} else {
		while (parent.length < Number(key)) parent.push(null);
		parent[Number(key)] = value;
	}
}

/** A known limit of the engine: names that are whole numbers come first. */
function numbersFirst(doc: Fields): void {
	const fields = [...doc];
	doc.clear();
	const numbered = fields.filter(([name]) => isIndex(name)).sort(([a], [b]) => Number(a) - Number(b));
	for (const [name, value] of [...numbered, ...fields.filter(([name]) => !isIndex(name))]) doc.set(name, value);
}

function remove({ parent, key }: Parent): void {
	if (parent instanceof Map) parent.delete(key);
	else if (Number(key) < parent.length) parent[Number(key)] = null;
}

function rename(doc: Fields, from: string[], to: string[]): void {
	for (const path of [from, to]) {
		let value: Value | undefined = doc;
		for (const part of path.slice(0, -1)) {
			value = child(value, part);
			if (Array.isArray(value)) throw new Error('rename through an array');
		}
	}
	const source = holder(doc, from, false);
	const value = source && child(source.parent, source.key);
	if (!source || value === undefined) return;
	remove(source);
	put(holder(doc, to, true) as Parent, value);
}

function change(doc: Fields, path: string[], operator: string, operand: Value): void {
	const place = holder(doc, path, creating.has(operator));
	if (!place) return;
	const old = child(place.parent, place.key);
	if (operator === '$unset') {
		if (old !== undefined) remove(place);
		return;
	}
	const next = compute(old, operator, operand);
	if (next !== undefined) put(place, next);
}

function compute(old: Value | undefined, operator: string, operand: Value): Value | undefined {
	switch (operator) {
		case '$set':
		case '$setOnInsert':
			return operand;
		case '$min':
			return old !== undefined && order(old, operand) <= 0 ? old : operand;
		case '$max':
			return old !== undefined && order(old, operand) >= 0 ? old : operand;
		case '$inc':
		case '$mul':
			return calculate(old, operator, operand as Numeric);
		case '$bit':
			return bits(old, operand as Fields);
		default:
			return arrayChange(old, operator, operand);
	}
}

function calculate(old: Value | undefined, operator: string, by: Numeric): Value {
	if (old !== undefined && !(old instanceof Numeric)) throw new Error('not a number');
	if (old === undefined) return operator === '$inc' ? by : new Numeric(by.kind, by.kind === 'double' ? 0 : 0n);
	const from = old;
	if (from.kind === 'double' || by.kind === 'double') {
		const [left, right] = [Number(from.value), Number(by.value)];
		return new Numeric('double', operator === '$inc' ? left + right : left * right);
	}
	const [left, right] = [BigInt(from.value), BigInt(by.value)];
	return sized(
		operator === '$inc' ? left + right : left * right,
		from.kind === 'long' || by.kind === 'long' ? 'long' : 'int',
	);
}

function sized(value: bigint, kind: Kind): Numeric {
	if (BigInt.asIntN(64, value) !== value) throw new Error('overflow');
	return new Numeric(BigInt.asIntN(32, value) === value ? kind : 'long', value);
}

function bits(old: Value | undefined, operations: Fields): Value {
	if (old !== undefined && (!(old instanceof Numeric) || old.kind === 'double')) throw new Error('not whole');
	let { kind, value } = old ?? new Numeric('int', 0n);
	for (const [operation, operand] of operations) {
		const { kind: other, value: mask } = operand as Numeric;
		const [left, right] = [BigInt(value), BigInt(mask)];
		value = operation === 'and' ? left & right : operation === 'or' ? left | right : left ^ right;
		if (other === 'long') kind = 'long';
	}
	return new Numeric(kind, value);
}

function arrayChange(old: Value | undefined, operator: string, operand: Value): Value | undefined {
	if (old !== undefined && !Array.isArray(old)) throw new Error('not an array');
	if (operator === '$push') return push(old ?? [], operand);
	if (operator === '$addToSet') {
		const next = [...(old ?? [])];
		const added = operand instanceof Map && operand.has('$each') ? (operand.get('$each') as Value[]) : [operand];
		for (const value of added) if (next.every((element) => order(element, value) !== 0)) next.push(value);
		return next;
	}
	if (old === undefined) return undefined;
	if (operator === '$pop') return (operand as Numeric).value === 1n ? old.slice(0, -1) : old.slice(1);
	if (operator === '$pull') return old.filter((element) => !isPulled(element, operand));
	if (operator === '$pullAll')
		return old.filter((element) => (operand as Value[]).every((value) => order(element, value) !== 0));
	throw new Error(`the model has no ${operator}`);
}

function push(array: Value[], operand: Value): Value[] {
	const isModified = operand instanceof Map && operand.has('$each');
	if (!isModified) return [...array, operand];
	const number = (name: string) => (operand.has(name) ? Number((operand.get(name) as Numeric).value) : undefined);
	let at = number('$position') ?? array.length;
	if (at < 0) at = Math.max(0, array.length + at);
	const next = [...array.slice(0, at), ...(operand.get('$each') as Value[]), ...array.slice(at)];
	const by = operand.get('$sort');
	if (by instanceof Numeric) next.sort((a, b) => order(a, b) * Number(by.value));
	if (by instanceof Map) {
		const key = (value: Value, name: string) => (value instanceof Map ? (value.get(name) ?? null) : null);
		next.sort((a, b) =>
			[...by].reduce((so, [name, way]) => so || order(key(a, name), key(b, name)) * Number((way as Numeric).value), 0),
		);
	}
	const slice = number('$slice');
	if (slice === undefined) return next;
	return slice < 0 ? next.slice(Math.max(0, next.length + slice)) : next.slice(0, slice);
}

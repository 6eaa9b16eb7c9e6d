// Aggregation expressions, compiled once into closures: literals, field paths, variables, documents, arrays and operators.
import { CommandError, unsupported } from '../errors.ts';
import { fieldPath, valueAt } from '../paths.ts';
import { isTruthy } from '../predicates.ts';
import { type Doc, field, isDoc, setField } from '../values.ts';
import { operators } from './operators.ts';
import { type Expression, Scope } from './scope.ts';

export type { Expression, Scope } from './scope.ts';

/** A scope with the system's variables; `$$NOW` is the moment the command was compiled. */
export function newScope(now = new Date()): Scope {
	return new Scope(compileIn, new Map([['NOW', { value: now }]]));
}

/** Compiles an expression, refusing what is unknown before any document is looked at. */
export function compileExpression(expression: unknown, scope = newScope()): Expression {
	return compileIn(expression, scope);
}

/** Compiles an expression used as a condition, as `$expr` does. */
export function compileCondition(expression: unknown, scope = newScope()): (doc: Doc) => boolean {
	const compute = compileIn(expression, scope);
	return (doc) => isTruthy(compute(doc));
}

function compileIn(expression: unknown, scope: Scope): Expression {
	if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression, scope);
	if (Array.isArray(expression)) {
		const elements = expression.map((element: unknown) => compileIn(element, scope));
		return (doc) => elements.map((element) => element(doc) ?? null);
	}
	if (!isDoc(expression)) return () => expression;
	const [name] = Object.keys(expression);
	if (!name?.startsWith('$')) return compileDocument(expression, scope);
	if (Object.keys(expression).length > 1) {
		throw new CommandError(
			15983,
			`An object representing an expression must have exactly one field: ${Object.keys(expression).join(', ')}`,
		);
	}
	const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
	if (!operator) throw unsupported('expression', name);
	return operator(expression[name], scope, name);
}

function compileDocument(fields: Doc, scope: Scope): Expression {
	const compiled = Object.entries(fields).map(([name, value]) => {
		if (name.startsWith('$')) throw new CommandError(16410, `FieldPath field names may not start with '$': '${name}'`);
		if (name.includes('.')) throw new CommandError(16412, `FieldPath field names may not contain '.': '${name}'`);
		return { name, compute: compileIn(value, scope) };
	});
	return (doc) => {
		const made: Doc = {};
		for (const { name, compute } of compiled) {
			const value = compute(doc);
			if (value !== undefined) setField(made, name, value);
		}
		return made;
	};
}

function compilePath(text: string, scope: Scope): Expression {
	if (text === '$' || text === '$$') throw new CommandError(16872, `'${text}' by itself is not a valid FieldPath`);
	const isVariable = text.startsWith('$$');
	const path = fieldPath(text.slice(isVariable ? 2 : 1));
	const [first, ...rest] = path as [string, ...string[]];
	if (!isVariable) return rest.length === 0 ? (doc) => field(doc, first) : (doc) => valueAt(doc, path);
	if (first === 'ROOT' || first === 'CURRENT') return rest.length === 0 ? (doc) => doc : (doc) => valueAt(doc, rest);
	if (first === 'REMOVE') return () => undefined;
	if (/^[A-Z]/.test(first) && first !== 'NOW') throw unsupported('system variable', `$$${first}`);
	const cell = scope.cell(first);
	return rest.length === 0 ? () => cell.value : () => valueAt(cell.value, rest);
}

// Aggregation expressions, compiled once into closures.
import { unsupported } from '../errors.ts';
import { type Doc, isDoc } from '../values.ts';

/** Computes a value from the document at hand; undefined stands for a missing value. */
export type Expression = (doc: Doc) => unknown;

/** Compiles an expression, refusing what is unknown before any document is looked at. */
export function compileExpression(expression: unknown): Expression {
	throw unsupported('expression', isDoc(expression) ? (Object.keys(expression)[0] ?? '{}') : String(expression));
}

/** Compiles an expression used as a condition, as `$expr` does. */
export function compileCondition(_expression: unknown): (doc: Doc) => boolean {
	throw unsupported('query operator', '$expr');
}

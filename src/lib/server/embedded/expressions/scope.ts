// What an expression is compiled in: the variables it may name, and the functions that operators are made of.
import { CommandError } from '../errors.ts';
import type { Doc } from '../values.ts';

/** Computes a value from the document at hand; undefined stands for a missing value. */
export type Expression = (doc: Doc) => unknown;

/** Compiles the operand of one operator. */
export type Operator = (operand: unknown, scope: Scope, name: string) => Expression;

/** A variable's place: set just before what reads it runs. Evaluation never interleaves, so one place is enough. */
export interface Cell {
	value: unknown;
}

export class Scope {
	private readonly cells: ReadonlyMap<string, Cell>;
	private readonly compileIn: (expression: unknown, scope: Scope) => Expression;

	constructor(compileIn: (expression: unknown, scope: Scope) => Expression, cells: ReadonlyMap<string, Cell>) {
		this.compileIn = compileIn;
		this.cells = cells;
	}

	compile(expression: unknown): Expression {
		return this.compileIn(expression, this);
	}

	cell(name: string): Cell {
		const cell = this.cells.get(name);
		if (!cell) throw new CommandError(17276, `Use of undefined variable: ${name}`);
		return cell;
	}

	/** A scope that knows these variables too, and their cells in the order given. */
	declare(names: readonly string[]): { scope: Scope; cells: Cell[] } {
		for (const name of names) {
			if (name !== 'CURRENT' && !/^[a-z\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*$/u.test(name)) {
				throw new CommandError('FailedToParse', `'${name}' starts with an invalid character for a user variable name`);
			}
		}
		const cells = names.map((): Cell => ({ value: undefined }));
		const known = new Map([...this.cells, ...names.map((name, at) => [name, cells[at] as Cell] as const)]);
		return { scope: new Scope(this.compileIn, known), cells };
	}
}

// What a pipeline is made of: stages that turn a stream of documents into another, and what they need from outside.
import type { Scope } from '../expressions/scope.ts';
import type { Doc } from '../values.ts';

/** Documents in, documents out; reads no further than what it hands out needs. */
export type Stage = (docs: Iterable<Doc>) => Iterable<Doc>;

/** What stages may ask of the database they run in. */
export interface Ports {
	/** The documents of another collection of the same database that a filter selects; none when there is no such collection. */
	find: (collection: string, filter: Doc) => Iterable<Doc>;
}

export interface StageContext {
	scope: Scope;
	ports: Ports;
	/** Compiles the pipeline within a stage, `$facet` or `$lookup`. */
	compileInner: (pipeline: unknown, context: StageContext) => Stage;
}

/** Compiles the operand of one stage. */
export type StageCompiler = (operand: unknown, context: StageContext, name: string) => Stage;

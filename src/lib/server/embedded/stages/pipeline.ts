// Aggregation pipelines: checked and compiled as a whole, with what the planner can do itself taken off the front.
import { CommandError, unsupported } from '../errors.ts';
import { newScope, type Scope } from '../expressions/compile.ts';
import { compileSort } from '../sort.ts';
import { compileFilter } from '../matcher.ts';
import { type Doc, isDoc } from '../values.ts';
import { compileBucket, compileCount, compileGroup, compileSortByCount } from './group.ts';
import { compileFacet, compileLookup } from './lookup.ts';
import { compileMerge, type Merge } from './merge.ts';
import {
	compileAddFields,
	compileLimit,
	compileMatch,
	compileProject,
	compileReplaceRoot,
	compileSkip,
	compileUnset,
	compileUnwind,
	countOf,
} from './reshape.ts';
import { sortDocs } from './sort.ts';
import type { Ports, Stage, StageCompiler, StageContext } from './stage.ts';

export type { Merge } from './merge.ts';
export type { Ports } from './stage.ts';

/** What a find can do before the first stage of `run`: filter, then sort, then skip, then limit. */
export interface Lead {
	filter: Doc;
	sort?: Doc;
	skip?: number;
	limit?: number;
}

export interface Pipeline {
	/** Already taken off the pipeline; `run` expects its documents filtered, sorted and limited so. */
	lead: Lead;
	run: Stage;
	/** Whether `run` only hands on what it gets. */
	isLeadOnly: boolean;
	/** Set when the pipeline ends by writing what it produces. */
	merge?: Merge;
}

/** Every stage there is but $merge, which ends a pipeline; a name that is not here is refused. */
export const stages: Record<string, StageCompiler> = {
	$match: compileMatch,
	$group: compileGroup,
	$sort: (operand) => {
		const sort = compileStageSort(operand);
		return (docs) => sortDocs(docs, sort);
	},
	$skip: compileSkip,
	$limit: compileLimit,
	$project: compileProject,
	$addFields: compileAddFields,
	$set: compileAddFields,
	$unset: compileUnset,
	$unwind: compileUnwind,
	$facet: compileFacet,
	$count: compileCount,
	$lookup: compileLookup,
	$replaceRoot: compileReplaceRoot,
	$replaceWith: compileReplaceRoot,
	$sortByCount: compileSortByCount,
	$bucket: compileBucket,
};

function compileStageSort(operand: unknown) {
	if (!isDoc(operand)) throw new CommandError(15973, 'the $sort key specification must be an object');
	if (Object.keys(operand).length === 0) throw new CommandError(15976, '$sort stage must have at least one sort key');
	return compileSort(operand);
}

/** Compiles a pipeline, refusing what is unknown in any of its stages, however deep, before any document is read. */
export function compilePipeline(pipeline: unknown, ports: Ports, now = new Date()): Pipeline {
	const parsed = parse(pipeline);
	const context: StageContext = { scope: newScope(now), ports, compileInner };
	const last = parsed.at(-1);
	const merge = last?.name === '$merge' ? compileMerge(last.operand, context.scope, compileUpdateStages) : undefined;
	if (merge) parsed.pop();
	const { lead, rest } = takeLead(parsed);
	return { lead, run: compileStages(rest, context), isLeadOnly: rest.length === 0, ...(merge && { merge }) };
}

interface Parsed {
	name: string;
	operand: unknown;
}

function parse(pipeline: unknown): Parsed[] {
	if (!Array.isArray(pipeline))
		throw new CommandError('TypeMismatch', "'pipeline' option must be specified as an array");
	return pipeline.map((stage: unknown) => {
		if (!isDoc(stage)) throw new CommandError('TypeMismatch', 'Each element of the pipeline array must be an object');
		const [name, ...others] = Object.keys(stage);
		if (name === undefined || others.length > 0)
			throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
		return { name, operand: stage[name] };
	});
}

function compileStages(parsed: Parsed[], context: StageContext): Stage {
	const compiled: Stage[] = [];
	for (const [at, { name, operand }] of parsed.entries()) {
		const compile = Object.hasOwn(stages, name) ? stages[name] : undefined;
		if (name === '$merge') throw new CommandError(40601, '$merge can only be the final stage in the pipeline');
		if (!compile) throw unsupported('aggregation stage', name);
		const next = parsed[at + 1];
		if (name === '$sort' && next?.name === '$limit') compiled.push(compileTop(operand, next.operand));
		else compiled.push(compile(operand, context, name));
	}
	return (docs) => compiled.reduce((stream, stage) => stage(stream), docs);
}

/** A sort of which only the start is wanted holds no more than that. */
function compileTop(operand: unknown, limit: unknown): Stage {
	const sort = compileStageSort(operand);
	const count = countOf('$limit', limit);
	return (docs) => sortDocs(docs, sort, count);
}

const compileInner = (pipeline: unknown, context: StageContext): Stage => compileStages(parse(pipeline), context);

/** Takes leading matches, one sort, one skip and one limit; what comes in another order stays in the pipeline. */
function takeLead(parsed: Parsed[]): { lead: Lead; rest: Parsed[] } {
	const lead: Lead = { filter: {} };
	const filters: Doc[] = [];
	let at = 0;
	for (; parsed[at]?.name === '$match' && isDoc(parsed[at]?.operand); at++) filters.push(parsed[at]?.operand as Doc);
	lead.filter = filters.length > 1 ? { $and: filters } : (filters[0] ?? {});
	compileFilter(lead.filter);
	const here = () => parsed[at];
	if (here()?.name === '$sort') {
		compileStageSort(here()?.operand);
		lead.sort = parsed[at++]?.operand as Doc;
	}
	if (here()?.name === '$skip') lead.skip = countOf('$skip', parsed[at++]?.operand);
	if (here()?.name === '$limit') lead.limit = countOf('$limit', parsed[at++]?.operand);
	return { lead, rest: parsed.slice(at) };
}

const updateStages = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

/** Compiles the pipeline form of an update, which changes one document. */
export function compileUpdateStages(pipeline: unknown, scope: Scope = newScope()): (doc: Doc) => Doc {
	const parsed = parse(pipeline);
	for (const { name } of parsed) {
		if (name in stages && !updateStages.has(name))
			throw new CommandError('InvalidOptions', `${name} is not allowed to be used within an update`);
	}
	const noPorts: Ports = { find: () => [] };
	const run = compileStages(parsed, { scope, ports: noPorts, compileInner });
	return (doc) => [...run([doc])][0] ?? doc;
}

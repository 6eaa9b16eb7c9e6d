// $lookup and $facet: pipelines within a pipeline.
import { CommandError, failedToParse } from '../errors.ts';
import { isNullish } from '../expressions/operands.ts';
import { fieldPath, valueAt } from '../paths.ts';
import { isRegex } from '../regex.ts';
import { changeAt } from '../update-paths.ts';
import { type Doc, isDoc, show } from '../values.ts';
import { Budget, sizeOf } from './memory.ts';
import type { StageCompiler, StageContext } from './stage.ts';

const options = ['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'];

export const compileLookup: StageCompiler = (operand, context) => {
	if (!isDoc(operand)) throw failedToParse('the $lookup specification must be an Object');
	for (const name of Object.keys(operand)) {
		if (!options.includes(name)) throw failedToParse(`unknown argument to $lookup: ${name}`);
	}
	const { from, as, localField, foreignField, let: variables = {}, pipeline } = operand;
	for (const [name, value] of Object.entries({ from, as, localField, foreignField })) {
		if (name.endsWith('Field') && value === undefined) continue;
		if (typeof value !== 'string' || value === '')
			throw failedToParse(`$lookup argument '${name}: ${show(value)}' must be a string`);
		if (name !== 'from') fieldPath(value);
	}
	if ((localField === undefined) !== (foreignField === undefined))
		throw failedToParse('$lookup requires both or neither of localField and foreignField to be specified');
	if (localField === undefined && pipeline === undefined)
		throw failedToParse('$lookup requires either localField and foreignField or a pipeline');
	if (!isDoc(variables)) throw failedToParse('$lookup argument let must be an object');
	if (Array.isArray(pipeline) && pipeline.some((stage) => isDoc(stage) && '$merge' in stage))
		throw new CommandError(51047, "$merge is not allowed within a $lookup's sub-pipeline");
	const bind = compileVariables(variables, context);
	const inner = context.compileInner(pipeline ?? [], bind.context);
	const filterFor =
		typeof localField === 'string' ? joinFilter(localField.split('.'), foreignField as string) : () => ({});
	const isConstant = localField === undefined && Object.keys(variables).length === 0;
	const target = (as as string).split('.');
	return function* (docs) {
		let shared: Doc[] | undefined;
		for (const doc of docs) {
			bind.set(doc);
			const found: Doc[] = shared ?? gather(inner(context.ports.find(from as string, filterFor(doc))), '$lookup');
			if (isConstant) shared = found;
			yield changeAt(doc, target, () => found, true);
		}
	};
};

function compileVariables(variables: Doc, context: StageContext): { context: StageContext; set: (doc: Doc) => void } {
	const values = Object.values(variables).map((value) => context.scope.compile(value));
	const { scope, cells } = context.scope.declare(Object.keys(variables));
	return {
		context: { ...context, scope },
		set(doc) {
			for (const [at, cell] of cells.entries()) cell.value = values[at]?.(doc);
		},
	};
}

/** Equality between fields: nothing joins with null and missing, an array with whatever equals one of its elements. */
function joinFilter(localPath: string[], foreignField: string): (doc: Doc) => Doc {
	return (doc) => {
		const value = valueAt(doc, localPath);
		const wanted: unknown[] = Array.isArray(value) ? value : [isNullish(value) ? null : value];
		if (!wanted.some(isRegex)) return { [foreignField]: { $in: wanted } };
		return { $or: wanted.map((one) => ({ [foreignField]: { $eq: one } })) };
	};
}

function gather(docs: Iterable<Doc>, stage: string): Doc[] {
	const budget = new Budget(stage);
	const gathered: Doc[] = [];
	for (const doc of docs) {
		budget.take(sizeOf(doc));
		gathered.push(doc);
	}
	return gathered;
}

export const compileFacet: StageCompiler = (operand, context) => {
	if (!isDoc(operand) || Object.keys(operand).length === 0)
		throw new CommandError(40169, 'the $facet specification must be a non-empty object');
	const facets = Object.entries(operand).map(([name, pipeline]) => {
		if (name === '' || name.startsWith('$') || name.includes('.'))
			throw failedToParse(`$facet field names must be plain: '${name}'`);
		for (const stage of Array.isArray(pipeline) ? (pipeline as unknown[]) : []) {
			const kind = isDoc(stage) ? Object.keys(stage)[0] : undefined;
			if (kind === '$facet' || kind === '$merge')
				throw new CommandError(40600, `${kind} is not allowed to be used within a $facet stage`);
		}
		return { name, run: context.compileInner(pipeline, context) };
	});
	return function* (docs) {
		const all = gather(docs, '$facet');
		yield Object.fromEntries(facets.map(({ name, run }) => [name, gather(run(all), '$facet')]));
	};
};

// aggregate: the leading $match, $sort, $skip and $limit become a planned query; the other stages stream over what it selects.
import { badValue, failedToParse, unsupported } from '../errors.ts';
import { firstBatchSize } from '../cursors.ts';
import { toNumber } from '../numbers.ts';
import { type Query, select } from '../query.ts';
import { type Doc, encode, isDoc } from '../values.ts';
import { type Command, countOption, docOption, listOption, refuseCollation, refuseOn, targetOf } from './command.ts';

export const aggregate: Command = {
	kind: 'read',
	options: ['pipeline', 'cursor', 'explain', 'allowDiskUse', 'bypassDocumentValidation', 'collation', 'hint', 'let'],
	run(call) {
		const { engine, command, db, budget } = call;
		refuseOn(call, 'explain', 'let');
		refuseCollation(command, 'aggregate');
		const name = targetOf(call);
		const stages = listOption(command, 'pipeline').map(stageOf);
		const { query, rest } = lead(stages);
		const rows = select(engine.store, engine.catalog.find(db, name), { ...query, hint: command['hint'] }, budget);
		const results = rest.length === 0 ? encoded(rows) : counted(rows, rest);
		return engine.cursors.open(`${db}.${name}`, results, countOption(docOption(command, 'cursor'), 'batchSize', firstBatchSize), false);
	},
};

function stageOf(stage: unknown): [string, unknown] {
	const entries = isDoc(stage) ? Object.entries(stage) : [];
	if (entries.length !== 1) throw failedToParse('A pipeline stage specification object must contain exactly one field.');
	return entries[0]!;
}

/** What the first stages ask for, as a query, and the stages after them. */
function lead(stages: [string, unknown][]): { query: Query; rest: [string, unknown][] } {
	const query: Query = { filter: {} };
	const filters: Doc[] = [];
	let at = 0;
	for (; stages[at]?.[0] === '$match'; at++) filters.push(document(stages[at]!));
	if (stages[at]?.[0] === '$sort') query.sort = document(stages[at++]!);
	if (stages[at]?.[0] === '$skip') query.skip = natural(stages[at++]!);
	if (stages[at]?.[0] === '$limit') query.limit = natural(stages[at++]!);
	query.filter = filters.length === 1 ? filters[0]! : filters.length > 1 ? { $and: filters } : {};
	return { query, rest: stages.slice(at) };
}

function document([name, operand]: [string, unknown]): Doc {
	if (!isDoc(operand)) throw badValue(`the ${name} stage needs a document`);
	return operand;
}

function natural([name, operand]: [string, unknown]): number {
	const number = toNumber(operand);
	if (number === undefined || !Number.isInteger(number) || number < 0) throw badValue(`invalid argument to ${name} stage`);
	return number;
}

function* encoded(rows: Iterable<{ bytes: Uint8Array }>): Generator<Uint8Array> {
	for (const { bytes } of rows) yield bytes;
}

function* counted(rows: Iterable<unknown>, rest: [string, unknown][]): Generator<Uint8Array> {
	if (JSON.stringify(rest.map(([name, operand]) => ({ [name]: operand }))) !== '[{"$group":{"_id":1,"n":{"$sum":1}}}]') {
		throw unsupported('stage', rest[0]![0]);
	}
	let n = 0;
	for (const _ of rows) n++;
	if (n > 0) yield encode({ _id: 1, n });
}

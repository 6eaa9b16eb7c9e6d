// aggregate: the leading $match, $sort, $skip and $limit become a planned query; the other stages stream over what it selects.
import { ObjectId } from 'bson';
import type { Collection } from '../catalog.ts';
import { CommandError, failedToParse } from '../errors.ts';
import { firstBatchSize } from '../cursors.ts';
import { noFields, pipelineFields } from '../fields.ts';
import { cursorReply } from '../replies.ts';
import { type Query, select, type Selected } from '../query.ts';
import { Budget as Memory, sizeOf } from '../stages/memory.ts';
import { compilePipeline, type Merge, type Pipeline } from '../stages/pipeline.ts';
import { type Doc, encode, isDoc } from '../values.ts';
import { applyTo, insertOne } from './changes.ts';
import { type Call, type Command, countOption, docOption, refuseCollation, refuseOn, targetOf } from './command.ts';

export const aggregate: Command = {
	kind: (command) => (endsInMerge(command) ? 'gather' : 'read'),
	options: ['pipeline', 'cursor', 'explain', 'allowDiskUse', 'bypassDocumentValidation', 'collation', 'hint', 'let'],
	run(call) {
		const { engine, command, db } = call;
		refuseOn(call, 'explain', 'let');
		refuseCollation(command, 'aggregate');
		if (!isDoc(command['cursor'])) throw failedToParse("The 'cursor' option is required");
		const name = targetOf(call);
		const find = (collection: string, query: Query) =>
			select(engine.store, engine.catalog.find(db, collection), query, call.budget);
		const ports = { find: (collection: string, filter: Doc) => documents(find(collection, { filter })) };
		const pipeline = compilePipeline(command['pipeline'], ports, new Date(engine.clock()));
		const stages = command['pipeline'] as Doc[];
		const fields = pipeline.isLeadOnly && !pipeline.merge ? noFields : pipelineFields(stages);
		const rows = find(name, { ...pipeline.lead, hint: command['hint'], fields });
		if (pipeline.merge) {
			const docs = call.gathered ?? gather(pipeline.merge, pipeline.run(documents(rows)));
			if (engine.isReader) return cursorReply('firstBatch', docs.map(encode), 0n, `${db}.${name}`);
			merge(call, pipeline.merge, docs);
		}
		const results = pipeline.merge ? [].values() : resultsOf(pipeline, rows);
		return engine.cursors.open(
			`${db}.${name}`,
			results,
			countOption(docOption(command, 'cursor'), 'batchSize', firstBatchSize),
			false,
		);
	},
};

function endsInMerge(command: Doc): boolean {
	const last: unknown = Array.isArray(command['pipeline']) ? command['pipeline'].at(-1) : undefined;
	return isDoc(last) && '$merge' in last;
}

function* documents(rows: Iterable<Selected>): Generator<Doc> {
	for (const { doc } of rows) yield doc;
}

function* resultsOf(pipeline: Pipeline, rows: Iterable<Selected>): Generator<Uint8Array> {
	if (pipeline.isLeadOnly) for (const { bytes } of rows) yield bytes;
	else for (const doc of pipeline.run(documents(rows))) yield encode(doc);
}

/** All that a pipeline produces, before any of it is written: what is written may be what is being read. */
function gather(target: Merge, produced: Iterable<Doc>): Doc[] {
	const memory = new Memory('$merge');
	const needsId = target.on.includes('_id');
	const docs: Doc[] = [];
	for (const doc of produced) {
		memory.take(sizeOf(doc));
		docs.push(needsId && doc['_id'] === undefined ? { _id: new ObjectId(), ...doc } : doc);
	}
	return docs;
}

function merge(call: Call, target: Merge, docs: readonly Doc[]): void {
	const there = { ...call, db: target.database ?? call.db };
	const find = () => call.engine.catalog.find(there.db, target.collection);
	requireUnique(find(), target.on);
	for (const doc of docs) {
		const collection = find();
		const [row] = select(call.engine.store, collection, { filter: target.filterFor(doc), limit: 1 }, call.budget);
		const next = target.combine(doc, row?.doc);
		if (next && row) applyTo(there, collection!, row, () => next);
		else if (next) insertOne(there, target.collection, next);
	}
}

/** Only a unique index on exactly these fields makes sure that one document is meant. */
function requireUnique(collection: Collection | undefined, on: readonly string[]): void {
	const wanted = on.toSorted().join();
	if (
		wanted === '_id' ||
		collection?.indexes.some((index) => index.isUnique && !index.partial && index.names.toSorted().join() === wanted)
	)
		return;
	throw new CommandError(51183, `Cannot find index to verify that join fields will be unique: ${on.join(', ')}`);
}

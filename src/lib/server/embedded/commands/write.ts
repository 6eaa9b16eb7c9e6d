// Commands that write: insert, update and delete. A refused statement is reported beside the others, not instead of them.
import { CommandError, failedToParse, unsupported } from '../errors.ts';
import { refuseExpression } from '../matcher.ts';
import { toNumber } from '../numbers.ts';
import { remove as removeRecord } from '../records.ts';
import { decode, type Doc, isDoc } from '../values.ts';
import { applyTo, compile, insertOne, matching, upsert } from './changes.ts';
import {
	type Call,
	type Command,
	decodedOf,
	docOption,
	documentsOf,
	isOn,
	listOption,
	refuseCollation,
	refuseOn,
	targetOf,
} from './command.ts';

const ordinary = ['ordered', 'bypassDocumentValidation', 'let', 'maxTimeMS'];

export const insert: Command = {
	kind: 'write',
	options: ['documents', ...ordinary],
	run(call) {
		const documents = documentsOf(call, 'documents');
		const name = targetOf(call);
		let n = 0;
		const writeErrors = eachInOrder(call, documents, (doc) => {
			insertOne(call, name, decode(doc), doc);
			n++;
		});
		return { n, ...(writeErrors.length > 0 ? { writeErrors } : {}), ok: 1 };
	},
};

export const update: Command = {
	kind: 'write',
	options: ['updates', ...ordinary],
	run(call) {
		refuseOn(call, 'let');
		const name = targetOf(call);
		const upserted: Doc[] = [];
		let n = 0;
		let nModified = 0;
		const writeErrors = eachInOrder(call, decodedOf(call, 'updates'), (statement, index) => {
			const done = updateStatement(call, name, statement);
			n += done.matched;
			nModified += done.modified;
			if (done.upserted) {
				n++;
				upserted.push({ index, _id: done.upserted['_id'] });
			}
		});
		const lists = { ...(upserted.length > 0 ? { upserted } : {}), ...(writeErrors.length > 0 ? { writeErrors } : {}) };
		return { n, nModified, ...lists, ok: 1 };
	},
};

const remove: Command = {
	kind: 'write',
	options: ['deletes', ...ordinary],
	run(call) {
		refuseOn(call, 'let');
		const name = targetOf(call);
		let n = 0;
		const writeErrors = eachInOrder(call, decodedOf(call, 'deletes'), (statement) => {
			checkStatement('delete', statement, ['q', 'limit', 'hint', 'collation']);
			const limit = toNumber(statement['limit']);
			if (limit !== 0 && limit !== 1)
				throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${String(limit)}`);
			const collection = call.engine.catalog.find(call.db, name);
			for (const row of matching(call, collection, {
				filter: docOption(statement, 'q'),
				hint: statement['hint'],
				limit,
			})) {
				removeRecord(call.engine.store, collection!, row.rid, row.doc);
				n++;
			}
		});
		return { n, ...(writeErrors.length > 0 ? { writeErrors } : {}), ok: 1 };
	},
};
export { remove as delete };

/** Does each statement; a refused one is reported, and ends the command when it is ordered. */
function eachInOrder<Statement>(
	call: Call,
	statements: Statement[],
	act: (statement: Statement, index: number) => void,
): Doc[] {
	if (statements.length === 0)
		throw new CommandError('InvalidLength', `Write batch sizes must be between 1 and 100000. Got 0 operations.`);
	if (statements.length > 100_000)
		throw new CommandError('InvalidLength', 'Write batch sizes must be between 1 and 100000.');
	const isOrdered = call.command['ordered'] !== false;
	const writeErrors: Doc[] = [];
	for (const [index, statement] of statements.entries()) {
		try {
			act(statement, index);
		} catch (error) {
			if (!(error instanceof CommandError)) throw error;
			writeErrors.push({ index, code: error.code, codeName: error.codeName, errmsg: error.message, ...error.extra });
			if (isOrdered) break;
		}
	}
	return writeErrors;
}

function checkStatement(kind: string, statement: Doc, known: string[]): void {
	for (const name of Object.keys(statement)) {
		if (!known.includes(name) && statement[name] !== null) throw unsupported('option', `${kind}.${name}`);
	}
	if (!isDoc(statement['q'])) throw failedToParse(`BSON field '${kind}.q' is missing but a required field`);
	refuseCollation(statement, kind);
}

type Done = { matched: number; modified: number; upserted?: Doc };

function updateStatement(call: Call, name: string, statement: Doc): Done {
	checkStatement('update', statement, ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation', 'sort']);
	const filter = docOption(statement, 'q');
	const isMulti = isOn(statement, 'multi');
	const change = statement['u'];
	const isReplacement = isDoc(change) && !Object.keys(change)[0]?.startsWith('$');
	if (isMulti && isReplacement) throw failedToParse('multi update is not supported for replacement-style update');
	if (isMulti && statement['sort']) throw failedToParse('Cannot specify sort with multi=true');
	if (isOn(statement, 'upsert')) refuseExpression(filter, 'the query predicate for an upsert');
	const apply = compile(change, filter, listOption(statement, 'arrayFilters'));
	const collection = call.engine.catalog.find(call.db, name);
	const query = { filter, hint: statement['hint'], sort: docOption(statement, 'sort'), limit: isMulti ? 0 : 1 };
	const done: Done = { matched: 0, modified: 0 };
	for (const row of matching(call, collection, query)) {
		done.matched++;
		if (applyTo(call, collection!, row, apply).isChanged) done.modified++;
	}
	if (done.matched === 0 && isOn(statement, 'upsert')) done.upserted = upsert(call, name, filter, apply);
	return done;
}

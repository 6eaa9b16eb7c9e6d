// Commands that read: find, count, distinct, and fetching or closing what find and aggregate left open.
import { badValue, typeMismatch } from '../errors.ts';
import { compare } from '../compare.ts';
import { firstBatchSize } from '../cursors.ts';
import { headsOf, noFields, projectionFields } from '../fields.ts';
import { keyOf } from '../keys.ts';
import { visit } from '../paths.ts';
import { compileProjection } from '../projection.ts';
import { type Query, select, type Selected } from '../query.ts';
import { TooManyRows } from '../scan.ts';
import { type Doc, encode, isDoc, typeOf } from '../values.ts';
import {
	type Command,
	countOption,
	docOption,
	isOn,
	listOption,
	numberOption,
	refuseCollation,
	refuseOn,
	targetOf,
} from './command.ts';

export const find: Command = {
	kind: 'read',
	options: (
		'filter sort projection hint skip limit batchSize singleBatch collation let min max returnKey showRecordId ' +
		'tailable awaitData noCursorTimeout allowPartialResults allowDiskUse oplogReplay'
	).split(' '),
	run(call) {
		const { engine, command, db } = call;
		const name = targetOf(call);
		refuseOn(call, 'let', 'min', 'max', 'returnKey', 'showRecordId', 'tailable', 'awaitData', 'oplogReplay');
		refuseCollation(command, 'find');
		const filter = docOption(command, 'filter');
		const spec = docOption(command, 'projection');
		const project = Object.keys(spec).length > 0 ? compileProjection(spec, filter) : null;
		const query: Query = {
			filter,
			sort: docOption(command, 'sort'),
			skip: countOption(command, 'skip', 0),
			limit: countOption(command, 'limit', 0),
			hint: command['hint'],
			fields: project ? projectionFields(spec) : noFields,
		};
		const rows = select(engine.store, engine.catalog.find(db, name), query, call.budget);
		return engine.cursors.open(
			`${db}.${name}`,
			encoded(rows, project),
			countOption(command, 'batchSize', firstBatchSize),
			isOn(command, 'singleBatch'),
		);
	},
};

function* encoded(rows: Iterable<Selected>, project: ((doc: Doc) => Doc) | null): Generator<Uint8Array> {
	for (const { doc, bytes } of rows) yield project ? encode(project(doc)) : bytes;
}

export const count: Command = {
	kind: 'read',
	options: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'],
	run(call) {
		const { engine, command, db, budget } = call;
		refuseCollation(command, 'count');
		const collection = engine.catalog.find(db, targetOf(call));
		const filter = docOption(command, 'query');
		const query: Query = {
			filter,
			skip: countOption(command, 'skip', 0),
			limit: Math.abs(numberOption(command, 'limit', 0)),
			hint: command['hint'],
			fields: noFields,
		};
		if (collection && Object.keys(filter).length === 0 && !query.skip && !query.limit && !query.hint) {
			const from = `SELECT count(*) FROM (SELECT 1 FROM i${collection.indexes[0]!.id} LIMIT ?)`;
			const most = Math.min(budget.rowsLeft + 1, Number.MAX_SAFE_INTEGER);
			const n = Number((engine.store.sql(from).get(most) as unknown as [number])[0]);
			if (n > budget.rowsLeft) throw new TooManyRows();
			return { n, ok: 1 };
		}
		let n = 0;
		for (const _ of select(engine.store, collection, query, budget)) n++;
		return { n, ok: 1 };
	},
};

export const distinct: Command = {
	kind: 'read',
	options: ['key', 'query', 'collation', 'hint'],
	run(call) {
		const { engine, command, db, budget } = call;
		refuseCollation(command, 'distinct');
		const collection = engine.catalog.find(db, targetOf(call));
		const key = command['key'];
		if (typeof key !== 'string' || key === '')
			throw typeMismatch("BSON field 'distinct.key' is the wrong type, expected type 'string'");
		const values = new Map<string, unknown>();
		const query = { filter: docOption(command, 'query'), hint: command['hint'], fields: headsOf([key]) };
		for (const { doc } of select(engine.store, collection, query, budget)) {
			visit(doc, key.split('.'), false, (found) => {
				for (const value of Array.isArray(found) ? (found as unknown[]) : [found]) {
					const id = keyOf([value], [false]).toString('latin1');
					if (value !== undefined && !values.has(id)) values.set(id, value);
				}
				return false;
			});
		}
		return { values: [...values.values()].toSorted(compare), ok: 1 };
	},
};

export const getMore: Command = {
	kind: 'reader',
	options: ['collection', 'batchSize'],
	run({ engine, command, db }) {
		const collection = command['collection'];
		if (typeof collection !== 'string')
			throw typeMismatch("BSON field 'getMore.collection' is missing or not a string");
		const batchSize = countOption(command, 'batchSize', 0);
		return engine.cursors.more(
			cursorId(command['getMore']),
			`${db}.${collection}`,
			batchSize === 0 ? Infinity : batchSize,
		);
	},
};

export const killCursors: Command = {
	kind: 'reader',
	options: ['cursors'],
	run({ engine, command }) {
		const ids = listOption(command, 'cursors');
		const isKilled = ids.map((id) => engine.cursors.close(cursorId(id)));
		const only = (wanted: boolean) => ids.filter((_, at) => isKilled[at] === wanted);
		return { cursorsKilled: only(true), cursorsNotFound: only(false), cursorsAlive: [], cursorsUnknown: [], ok: 1 };
	},
};

function cursorId(value: unknown): bigint {
	const type = typeOf(value);
	if (type !== 18 && type !== 16 && type !== 1) throw badValue('a cursor id must be a long');
	return BigInt(String(isDoc(value) ? 0 : value));
}

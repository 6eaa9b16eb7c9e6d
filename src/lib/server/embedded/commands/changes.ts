// The single steps that writing commands are made of: find what to change, change it, add it.
import { ObjectId, Timestamp } from 'bson';
import type { Collection } from '../catalog.ts';
import { idFirst } from '../elements.ts';
import { CommandError, typeMismatch } from '../errors.ts';
import { noFields } from '../fields.ts';
import { type Query, select, type Selected } from '../query.ts';
import { insert, replace } from '../records.ts';
import { fetch } from '../scan.ts';
import { compileUpdate, type Update } from '../update.ts';
import { upsertSeed } from '../upsert.ts';
import { decode, type Doc, encode, isDoc, typeOf } from '../values.ts';
import type { Call } from './command.ts';

/** The collection to write to, made when it is not there yet. */
export function collectionFor(call: Call, name: string): Collection {
	return call.engine.catalog.find(call.db, name) ?? call.engine.catalog.create(call.db, name);
}

/** Adds a document as it is stored: with an _id, which comes first. `bytes` spares encoding it, when it came encoded. */
export function insertOne(call: Call, name: string, given: Doc, bytes?: Uint8Array): Doc {
	const stamped = stamp(call, given);
	const { _id: id = new ObjectId(), ...rest } = stamped;
	checkId(id);
	const doc: Doc = { _id: id, ...rest };
	const stored = (bytes && stamped === given && idFirst(bytes)) || encode(doc);
	insert(call.engine.store, call.engine.catalog, collectionFor(call, name), doc, stored);
	return doc;
}

/** An empty timestamp at the top of a document is filled with the time of its insertion. */
function stamp(call: Call, doc: Doc): Doc {
	const empty = Object.keys(doc).filter((name) => doc[name] instanceof Timestamp && doc[name].isZero());
	if (empty.length === 0) return doc;
	const now = new Timestamp({ t: Math.floor(call.engine.clock() / 1000), i: 1 });
	return { ...doc, ...Object.fromEntries(empty.map((name) => [name, now])) };
}

function checkId(id: unknown): void {
	const type = typeOf(id);
	if (type === 4 || type === 11 || type === 0) {
		throw new CommandError(
			'InvalidIdField',
			`The '_id' value cannot be of type ${type === 4 ? 'array' : type === 11 ? 'regex' : 'undefined'}`,
		);
	}
	const operator = isDoc(id) ? Object.keys(id).find((name) => name.startsWith('$') && !isReference(name)) : undefined;
	if (operator)
		throw new CommandError(
			'DollarPrefixedFieldName',
			`_id fields may not contain '$'-prefixed fields: ${operator} is not valid for storage.`,
		);
}

const isReference = (name: string) => name === '$ref' || name === '$id' || name === '$db';

/** Compiles what a statement wants changed, before any document is looked at. */
export function compile(change: unknown, filter: Doc, arrayFilters: unknown[]): Update {
	for (const part of arrayFilters) if (!isDoc(part)) throw typeMismatch('arrayFilters must be documents');
	return compileUpdate(change as Doc | Doc[], { filter, arrayFilters: arrayFilters as Doc[] });
}

/** The rows to change, found before any is changed: a changed row may move in the index that is being read. */
export function* matching(call: Call, collection: Collection | undefined, query: Query): Generator<Selected> {
	if (query.limit === 1) {
		for (const row of select(call.engine.store, collection, query, call.budget)) {
			yield row;
			return;
		}
		return;
	}
	const places: number[] = [];
	const rows = select(call.engine.store, collection, { ...query, fields: noFields }, call.budget);
	for (const { rid } of rows) places.push(rid);
	for (const rid of places) {
		const bytes = fetch(call.engine.store, collection!, rid);
		if (bytes) yield { rid, bytes, doc: decode(bytes) };
	}
}

/** Stores what the update makes of a row, when that is something else. */
export function applyTo(
	call: Call,
	collection: Collection,
	row: Selected,
	apply: Update,
): { doc: Doc; isChanged: boolean } {
	const doc = apply(row.doc, { isInsert: false, now: new Date(call.engine.clock()) });
	if (doc === row.doc) return { doc, isChanged: false };
	const bytes = encode(doc);
	if (Buffer.compare(bytes, row.bytes) === 0) return { doc, isChanged: false };
	replace(call.engine.store, call.engine.catalog, collection, row.rid, row.doc, doc, bytes);
	return { doc, isChanged: true };
}

/** Adds what an update makes of the fields its filter pins. */
export function upsert(call: Call, name: string, filter: Doc, apply: Update): Doc {
	const made = apply(upsertSeed(filter), { isInsert: true, now: new Date(call.engine.clock()) });
	return insertOne(call, name, made);
}

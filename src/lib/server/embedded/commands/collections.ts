// Commands on collections and databases: create, drop, rename and list.
import { Binary } from 'bson';
import type { Collection } from '../catalog.ts';
import { CommandError, illegalOperation, namespaceExists, namespaceNotFound } from '../errors.ts';
import { compileFilter } from '../matcher.ts';
import { type Doc, encode } from '../values.ts';
import { type Command, docOption, isOn, refuseCollation, targetOf } from './command.ts';

export const create: Command = {
	kind: 'write',
	isAtomic: true,
	options: ['autoIndexId', 'idIndex', 'collation'],
	run(call) {
		refuseCollation(call.command, 'create');
		const name = targetOf(call);
		// Creating what is there already, with the same options, is no error.
		if (!call.engine.catalog.find(call.db, name)) call.engine.catalog.create(call.db, name);
		return { ok: 1 };
	},
};

export const drop: Command = {
	kind: 'write',
	isAtomic: true,
	options: [],
	run(call) {
		const collection = call.engine.catalog.find(call.db, targetOf(call));
		if (!collection) return { ok: 1 };
		const nIndexesWas = collection.indexes.length;
		call.engine.catalog.drop(collection);
		return { nIndexesWas, ns: collection.namespace, ok: 1 };
	},
};

export const dropDatabase: Command = {
	kind: 'write',
	isAtomic: true,
	options: [],
	run({ engine, db }) {
		for (const collection of engine.catalog.list(db)) engine.catalog.drop(collection);
		return { dropped: db, ok: 1 };
	},
};

export const renameCollection: Command = {
	kind: 'write',
	isAtomic: true,
	options: ['to', 'dropTarget'],
	run({ engine, command, db }) {
		if (db !== 'admin')
			throw new CommandError('Unauthorized', 'renameCollection may only be run against the admin database.');
		const [fromDb, fromName] = splitNamespace(command['renameCollection']);
		const [toDb, toName] = splitNamespace(command['to']);
		const collection = engine.catalog.find(fromDb, fromName);
		if (!collection) throw namespaceNotFound(`Source collection ${fromDb}.${fromName} does not exist`);
		const target = engine.catalog.find(toDb, toName);
		if (target === collection) throw illegalOperation("Can't rename a collection to itself");
		if (target && !isOn(command, 'dropTarget')) throw namespaceExists('target namespace exists');
		if (target) engine.catalog.drop(target);
		engine.catalog.rename(collection, toDb, toName);
		return { ok: 1 };
	},
};

function splitNamespace(namespace: unknown): [string, string] {
	const text = typeof namespace === 'string' ? namespace : '';
	const dot = text.indexOf('.');
	if (dot < 1) throw new CommandError('InvalidNamespace', `Invalid namespace specified '${text}'`);
	return [text.slice(0, dot), text.slice(dot + 1)];
}

export const listCollections: Command = {
	kind: 'read',
	options: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
	run({ engine, command, db }) {
		const matches = compileFilter(docOption(command, 'filter'));
		const described = engine.catalog.list(db).map(describe).filter(matches);
		const shown = isOn(command, 'nameOnly') ? described.map(({ name, type }) => ({ name, type })) : described;
		return engine.cursors.open(`${db}.$cmd.listCollections`, shown.map(encode).values(), Infinity, true);
	},
};

function describe(collection: Collection): Doc {
	return {
		name: collection.name,
		type: 'collection',
		options: {},
		info: { readOnly: false, uuid: new Binary(collection.uuid, Binary.SUBTYPE_UUID) },
		idIndex: collection.indexes[0]!.spec,
	};
}

export const listDatabases: Command = {
	kind: 'read',
	options: ['filter', 'nameOnly', 'authorizedDatabases'],
	run({ engine, command, db }) {
		if (db !== 'admin')
			throw new CommandError('Unauthorized', 'listDatabases may only be run against the admin database.');
		const matches = compileFilter(docOption(command, 'filter'));
		const isNameOnly = isOn(command, 'nameOnly');
		const databases: Doc[] = engine.catalog
			.databases()
			.map((name) =>
				isNameOnly ? { name } : { name, sizeOnDisk: sizeOf(engine.catalog.list(name).length), empty: false },
			)
			.filter(matches);
		const totalSize = databases.reduce((sum, database) => sum + Number(database['sizeOnDisk'] ?? 0), 0);
		return { databases, ...(isNameOnly ? {} : { totalSize, totalSizeMb: Math.floor(totalSize / 1048576) }), ok: 1 };
	},
};

/** All databases share one file; a database counts the least its collections can take there. */
const sizeOf = (collections: number) => collections * 8192;

// Commands on indexes: createIndexes, dropIndexes, listIndexes, and the one thing collMod may change.
import type { Collection } from '../catalog.ts';
import { CommandError, indexNotFound, namespaceNotFound, typeMismatch, unsupported } from '../errors.ts';
import { compare } from '../compare.ts';
import { type Index, isAlreadyThere, specify } from '../indexes.ts';
import { build } from '../records.ts';
import { decode, type Doc, encode, isDoc } from '../values.ts';
import { type Call, type Command, docOption, listOption, targetOf } from './command.ts';
import { collectionFor } from './changes.ts';

export const createIndexes: Command = {
	kind: 'write',
	isAtomic: true,
	options: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'],
	run(call) {
		const asked = listOption(call.command, 'indexes');
		if (asked.length === 0) throw new CommandError('BadValue', 'Must specify at least one index to create');
		const specs = asked.map((spec) => {
			if (!isDoc(spec)) throw typeMismatch("The elements of the 'indexes' array must be documents");
			return specify(spec);
		});
		const name = targetOf(call);
		const createdCollectionAutomatically = !call.engine.catalog.find(call.db, name);
		const collection = collectionFor(call, name);
		const numIndexesBefore = collection.indexes.length;
		for (const spec of specs) {
			if (isAlreadyThere(collection.indexes, spec)) continue;
			const index = call.engine.catalog.addIndex(collection, spec);
			build(call.engine.store, call.engine.catalog, collection, index, decode);
		}
		const numIndexesAfter = collection.indexes.length;
		const note = numIndexesAfter === numIndexesBefore ? { note: 'all indexes already exist' } : {};
		return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ...note, ok: 1 };
	},
};

export const dropIndexes: Command = {
	kind: 'write',
	isAtomic: true,
	options: ['index'],
	run(call) {
		const collection = existing(call);
		const nIndexesWas = collection.indexes.length;
		const asked = call.command['index'];
		for (const index of Array.isArray(asked)
			? asked.map((one) => indexNamed(collection, one))
			: indexesNamed(collection, asked)) {
			if (index.name === '_id_') throw new CommandError('InvalidOptions', 'cannot drop _id index');
			call.engine.catalog.dropIndex(collection, index);
		}
		return { nIndexesWas, ok: 1 };
	},
};

const indexesNamed = (collection: Collection, asked: unknown): Index[] =>
	asked === '*' ? collection.indexes.filter((index) => index.name !== '_id_') : [indexNamed(collection, asked)];

function indexNamed(collection: Collection, asked: unknown): Index {
	const found = collection.indexes.find((index) =>
		typeof asked === 'string' ? index.name === asked : compare(index.spec['key'], asked) === 0,
	);
	if (!found)
		throw indexNotFound(`index not found with name [${isDoc(asked) ? JSON.stringify(asked) : String(asked)}]`);
	return found;
}

export const listIndexes: Command = {
	kind: 'read',
	options: ['cursor'],
	run(call) {
		const collection = existing(call);
		const specs = collection.indexes.map((index) => encode(index.spec));
		return call.engine.cursors.open(`${collection.namespace}`, specs.values(), Infinity, true);
	},
};

/** Changes when a TTL index lets documents go. Everything else collMod can do elsewhere is refused. */
export const collMod: Command = {
	kind: 'write',
	isAtomic: true,
	options: ['index'],
	run(call) {
		const collection = existing(call);
		const asked = docOption(call.command, 'index');
		const index = indexNamed(collection, asked['name'] ?? asked['keyPattern']);
		const unknown = Object.keys(asked).find((name) => !['name', 'keyPattern', 'expireAfterSeconds'].includes(name));
		if (unknown) throw unsupported('option', `collMod.index.${unknown}`);
		const before = index.expireAfterSeconds;
		const spec: Doc = specify({ ...index.spec, expireAfterSeconds: asked['expireAfterSeconds'] });
		call.engine.catalog.setSpec(index, decode(encode(spec)));
		return {
			...(before === undefined ? {} : { expireAfterSeconds_old: before }),
			expireAfterSeconds_new: index.expireAfterSeconds,
			ok: 1,
		};
	},
};

function existing(call: Call): Collection {
	const name = targetOf(call);
	const collection = call.engine.catalog.find(call.db, name);
	if (!collection) throw namespaceNotFound(`ns does not exist: ${call.db}.${name}`);
	return collection;
}

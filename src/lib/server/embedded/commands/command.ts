// What a command is: what it may be asked, where it runs, and what it gets to work with.
import type { Catalog } from '../catalog.ts';
import type { Cursors } from '../cursors.ts';
import { badValue, CommandError, typeMismatch, unsupported } from '../errors.ts';
import { toNumber } from '../numbers.ts';
import type { Budget } from '../scan.ts';
import type { Store } from '../store.ts';
import { decode, type Doc, encode, isDoc } from '../values.ts';

/** One thread's view of the file. */
export type Engine = {
	store: Store;
	catalog: Catalog;
	cursors: Cursors;
	clock: () => number;
	startedAt: number;
	file: string;
	/** Whether this is the reader's view, which writes nothing. */
	isReader: boolean;
};

export type Call = {
	engine: Engine;
	name: string;
	db: string;
	command: Doc;
	sequences: Map<string, Buffer[]>;
	budget: Budget;
	connectionId: number;
	/** What the reader gathered for this command to write. */
	gathered?: Doc[] | undefined;
};

/**
 * plain: answered from memory. read: tried where writes run, moved to the reader when it looks at many rows.
 * reader: always there, where cursors are kept. write: in the group's transaction. gather: first in the reader, whose
 * answer is a batch of documents, and then with these as a write.
 */
export type Kind = 'plain' | 'read' | 'reader' | 'write' | 'gather';

export type Command = {
	kind: Kind | ((command: Doc) => Kind);
	/** Everything it may be asked beside what every command may be. A greeting may carry anything: each driver adds to it. */
	options: readonly string[] | 'any';
	/** Whether it is undone as a whole when it is refused half-way; others refuse before they change anything. */
	isAtomic?: boolean;
	run: (call: Call) => Doc | Uint8Array;
};

const everywhere = new Set(
	'$db lsid $clusterTime $readPreference comment maxTimeMS readConcern writeConcern apiVersion'.split(' '),
);
const transactional = ['txnNumber', 'startTransaction', 'autocommit'];

/** Refuses every option that is not understood, and understood options with values that are not. */
export function checkOptions(name: string, command: Command, asked: Doc): void {
	for (const option of transactional) {
		if (asked[option] === undefined || asked[option] === null) continue;
		throw new CommandError(
			'IllegalOperation',
			'Transaction numbers are only allowed on a replica set member or mongos',
		);
	}
	for (const option of Object.keys(asked)) {
		if (option === name || everywhere.has(option) || command.options === 'any' || command.options.includes(option))
			continue;
		if (asked[option] === null || asked[option] === undefined) continue;
		throw unsupported('option', `${name}.${option}`);
	}
	checkConcerns(asked);
}

function checkConcerns(asked: Doc): void {
	const write = asked['writeConcern'];
	if (isDoc(write)) {
		const w = toNumber(write['w']);
		if (w !== undefined ? w > 1 || w < 0 : write['w'] !== undefined && write['w'] !== 'majority') {
			throw badValue("cannot use 'w' > 1 when a host is not replicated");
		}
	}
	const read = asked['readConcern'];
	if (isDoc(read)) {
		for (const [name, value] of Object.entries(read)) {
			if (name === 'level' && (value === 'local' || value === 'majority' || value === 'available')) continue;
			throw unsupported('read concern', name === 'level' ? String(value) : name);
		}
	}
	if (asked['apiVersion'] !== undefined && asked['apiVersion'] !== '1')
		throw unsupported('API version', String(asked['apiVersion']));
}

/** The collection a command names in its first field. */
export function targetOf(call: Call): string {
	const name = call.command[call.name];
	if (typeof name !== 'string')
		throw new CommandError('InvalidNamespace', `collection name has invalid type for '${call.name}'`);
	if (name === '') throw new CommandError('InvalidNamespace', `Invalid namespace specified '${call.db}.'`);
	return name;
}

/** A list of documents, sent beside the command or inside it. */
export function documentsOf(call: Pick<Call, 'name' | 'command' | 'sequences'>, name: string): Buffer[] {
	const beside = call.sequences.get(name);
	if (beside) return beside;
	return listOption(call.command, name).map((doc) => {
		if (!isDoc(doc)) throw typeMismatch(`BSON field '${call.name}.${name}' is the wrong type, expected documents`);
		return Buffer.from(encode(doc));
	});
}

export const decodedOf = (call: Call, name: string): Doc[] => documentsOf(call, name).map(decode);

export function docOption(command: Doc, name: string): Doc {
	const value = command[name];
	if (value === undefined || value === null) return {};
	if (!isDoc(value)) throw typeMismatch(`BSON field '${name}' is the wrong type, expected type 'object'`);
	return value;
}

export function listOption(command: Doc, name: string): unknown[] {
	const value = command[name];
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) throw typeMismatch(`BSON field '${name}' is the wrong type, expected type 'array'`);
	return value;
}

export function numberOption(command: Doc, name: string, otherwise: number): number {
	const value = command[name];
	if (value === undefined || value === null) return otherwise;
	const number = toNumber(value);
	if (number === undefined) throw typeMismatch(`BSON field '${name}' is the wrong type, expected a number`);
	return number;
}

/** A number of documents: a whole number, not negative. */
export function countOption(command: Doc, name: string, otherwise: number): number {
	const number = numberOption(command, name, otherwise);
	if (number !== Infinity && (!Number.isInteger(number) || number < 0)) {
		throw badValue(`BSON field '${name}' value must be >= 0, actual value '${number}'`);
	}
	return number;
}

export function isOn(command: Doc, name: string): boolean {
	const value = command[name];
	return value === true || (toNumber(value) ?? 0) !== 0;
}

/** Options that may be sent as long as they ask for nothing. */
export function refuseOn(call: Call, ...names: string[]): void {
	for (const name of names) {
		const value = call.command[name];
		const isEmpty =
			value === undefined || value === null || value === false || (isDoc(value) && Object.keys(value).length === 0);
		if (!isEmpty) throw unsupported('option', `${call.name}.${name}`);
	}
}

/** The simple collation is what there is; every other is refused. */
export function refuseCollation(options: Doc, where: string): void {
	const collation = options['collation'];
	if (collation === undefined || collation === null) return;
	const locale = isDoc(collation) ? collation['locale'] : undefined;
	if (isDoc(collation) && (locale === 'simple' || Object.keys(collation).length === 0)) return;
	throw unsupported('option', `${where}.collation`);
}

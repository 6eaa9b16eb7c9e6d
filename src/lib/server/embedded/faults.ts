// For tests only: the bad days of a real database on demand, so that every verb is known to survive them.
import { documentsOf } from './commands/command.ts';
import { CommandError, duplicateKey } from './errors.ts';
import type { Request } from './group.ts';
import { failure } from './replies.ts';
import { decode, type Doc, encode, isDoc } from './values.ts';

export type Faults = {
	/** The share of requests that meet a fault, from 0 to 1. */
	rate: number;
	/** The same seed gives the same row of faults for the same row of requests. */
	seed: number;
	/**
	 * For each collection the field or fields of its shard key; every write's filter or document has to name them. A
	 * collection that is not listed is exempt from this. `exempt` names collections that meet no faults at all.
	 */
	shardKeys?: Readonly<Record<string, string | readonly string[]>>;
	exempt?: readonly string[];
	/** Only connections that gave this name (appName in the URI) meet faults. Left out: all do. */
	appName?: string;
};

type Fault = 'duplicate' | 'lostBefore' | 'lostAfter' | 'refused' | 'slow' | 'closedCursor';

const writes = new Set(['insert', 'update', 'delete', 'findAndModify', 'findandmodify']);
const reads = new Set(['find', 'aggregate', 'count', 'distinct', 'getMore']);

/** A `submit` that lets some requests through unharmed. */
export function withFaults(submit: (request: Request) => void, faults: Faults): (request: Request) => void {
	const random = randomFrom(faults.seed);
	const spared = new Set<number>();
	return (request) => {
		const name = Object.keys(request.command)[0] ?? '';
		if (faults.appName && isDoc(request.command['client']) && appNameIn(request.command['client']) !== faults.appName)
			spared.add(request.connectionId);
		if (spared.has(request.connectionId)) return submit(request);
		const collection = String(name === 'getMore' ? request.command['collection'] : request.command[name]);
		const isExempt = faults.exempt?.includes(collection) || !(writes.has(name) || reads.has(name));
		if (isExempt) return submit(request);
		const missing = writes.has(name) ? missingShardKey(request, name, faults.shardKeys?.[collection]) : null;
		if (missing) return request.answer(encode(failure(missing)));
		if (random() >= faults.rate) return submit(request);
		const possible = possibleFaults(request, name);
		befall(request, possible[Math.floor(random() * possible.length)]!, random, submit);
	};
}

/** From what a driver says of itself when it greets. */
function appNameIn(client: Doc): unknown {
	return isDoc(client['application']) ? client['application']['name'] : undefined;
}

function possibleFaults(request: Request, name: string): Fault[] {
	const always: Fault[] = ['lostBefore', 'lostAfter', 'refused', 'slow'];
	if (name === 'getMore') return [...always, 'closedCursor'];
	return isUpsert(request, name) ? [...always, 'duplicate', 'duplicate', 'duplicate'] : always;
}

function befall(request: Request, fault: Fault, random: () => number, submit: (request: Request) => void): void {
	switch (fault) {
		case 'lostBefore':
			return request.hangUp();
		case 'lostAfter':
			return submit({ ...request, answer: () => request.hangUp() });
		case 'slow': {
			const delayMs = 5 + random() * 100;
			return submit({ ...request, answer: (reply) => void setTimeout(() => request.answer(reply), delayMs) });
		}
		case 'refused': {
			const error = new CommandError(262, 'operation exceeded time limit (a fault raised for a test)');
			return request.answer(encode({ ...failure(error), errorLabels: ['RetryableWriteError'] }));
		}
		case 'closedCursor':
			return request.answer(
				encode(failure(new CommandError('CursorNotFound', 'cursor id not found (a fault raised for a test)'))),
			);
		case 'duplicate':
			return request.answer(encode(lostRace(request)));
	}
}

/** What an upsert answers when another was quicker. */
function lostRace(request: Request): Doc {
	const error = duplicateKey('a.collection', 'raised for a test', { _id: 1 }, { _id: null }, '{ _id: null }');
	if (!('update' in request.command) || isDoc(request.command['update'])) return failure(error);
	return {
		n: 0,
		nModified: 0,
		writeErrors: [{ index: 0, code: error.code, errmsg: error.message, ...error.extra }],
		ok: 1,
	};
}

function isUpsert(request: Request, name: string): boolean {
	if (name === 'findAndModify' || name === 'findandmodify') return request.command['upsert'] === true;
	return name === 'update' && statements(request, name, 'updates').some((statement) => statement['upsert'] === true);
}

function statements(request: Request, name: string, list: string): Doc[] {
	const { command, sequences } = request;
	return documentsOf({ name, command, sequences }, list).map(decode);
}

function missingShardKey(
	request: Request,
	name: string,
	shardKey: string | readonly string[] | undefined,
): CommandError | null {
	if (!shardKey) return null;
	const fields = typeof shardKey === 'string' ? [shardKey] : shardKey;
	const missing = filtersOf(request, name).flatMap((filter) => fields.filter((field) => !pins(filter, field)));
	if (missing.length === 0) return null;
	return new CommandError(61, `${name} must name the shard key's field '${missing[0]}' with one value`);
}

function filtersOf(request: Request, name: string): Doc[] {
	switch (name) {
		case 'insert':
			return statements(request, name, 'documents');
		case 'update':
			return statements(request, name, 'updates').map((statement) => statement['q'] as Doc);
		case 'delete':
			return statements(request, name, 'deletes').map((statement) => statement['q'] as Doc);
		default:
			return [(request.command['query'] ?? {}) as Doc];
	}
}

function pins(filter: Doc, field: string): boolean {
	const value = filter[field];
	if (value !== undefined && value !== null)
		return !isDoc(value) || !Object.keys(value)[0]?.startsWith('$') || '$eq' in value;
	const parts = filter['$and'];
	return Array.isArray(parts) && parts.some((part) => isDoc(part) && pins(part, field));
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

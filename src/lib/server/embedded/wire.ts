// The wire: frames in and out of a socket. OP_MSG both ways, and the old OP_QUERY for a driver's first hello.
import { decode, type Doc } from './values.ts';

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const checksumPresent = 1;
const moreToCome = 2;
const knownRequiredFlags = checksumPresent | moreToCome;

export const maxMessageBytes = 48_000_000;
export const maxDocumentBytes = 16 * 1024 * 1024;

/** One request as it came: `command` is the body, `sequences` the documents sent beside it, still encoded. */
export type Message = {
	requestId: number;
	isLegacy: boolean;
	expectsReply: boolean;
	command: Doc;
	body: Buffer;
	sequences: Map<string, Buffer[]>;
};

export class WireError extends Error {}

/** Collects the bytes of one connection and gives back whole frames. A frame that cannot be one throws WireError. */
export function frames(): (chunk: Buffer) => Buffer[] {
	let pending: Buffer[] = [];
	let pendingBytes = 0;
	return (chunk) => {
		pending.push(chunk);
		pendingBytes += chunk.length;
		const whole: Buffer[] = [];
		while (pendingBytes >= 16) {
			const head = pending[0]!.length >= 16 ? pending[0]! : Buffer.concat(pending);
			if (head !== pending[0]) pending = [head];
			const length = head.readInt32LE(0);
			if (length < 16 || length > maxMessageBytes) throw new WireError(`a message of ${length} bytes`);
			if (pendingBytes < length) break;
			const all = pending.length === 1 ? head : Buffer.concat(pending);
			whole.push(all.subarray(0, length));
			pending = length < all.length ? [all.subarray(length)] : [];
			pendingBytes -= length;
		}
		return whole;
	};
}

/** Reads one frame. Throws WireError on a frame this server does not speak. */
export function parse(frame: Buffer): Message {
	const requestId = frame.readInt32LE(4);
	const opCode = frame.readInt32LE(12);
	if (opCode === opQuery) return parseQuery(frame, requestId);
	if (opCode !== opMsg) throw new WireError(`operation ${opCode} is not spoken here`);
	const flags = frame.readUInt32LE(16);
	if ((flags & 0xffff & ~knownRequiredFlags) !== 0) throw new WireError(`unknown flags ${flags}`);
	const end = flags & checksumPresent ? frame.length - 4 : frame.length;
	let body: Buffer | undefined;
	const sequences = new Map<string, Buffer[]>();
	for (let at = 20; at < end;) {
		const kind = frame[at++];
		const length = sectionLength(frame, at, end);
		if (kind === 0) {
			if (body) throw new WireError('two bodies in one message');
			body = frame.subarray(at, at + length);
		} else if (kind === 1) {
			const nameEnd = frame.indexOf(0, at + 4);
			if (nameEnd < 0 || nameEnd >= at + length) throw new WireError('a document sequence without a name');
			sequences.set(frame.toString('utf8', at + 4, nameEnd), splitDocuments(frame, nameEnd + 1, at + length));
		} else throw new WireError(`unknown section kind ${kind}`);
		at += length;
	}
	if (!body) throw new WireError('a message without a body');
	const command = decode(body);
	return { requestId, isLegacy: false, expectsReply: !(flags & moreToCome), command, body, sequences };
}

function parseQuery(frame: Buffer, requestId: number): Message {
	const nameEnd = frame.indexOf(0, 20);
	if (nameEnd < 0) throw new WireError('a query without a collection name');
	const at = nameEnd + 9;
	const body = frame.subarray(at, at + sectionLength(frame, at, frame.length));
	const command = decode(body);
	const namespace = frame.toString('utf8', 20, nameEnd);
	command['$db'] ??= namespace.slice(0, namespace.indexOf('.'));
	return { requestId, isLegacy: true, expectsReply: true, command, body, sequences: new Map() };
}

function sectionLength(frame: Buffer, at: number, end: number): number {
	const length = at + 4 <= end ? frame.readInt32LE(at) : -1;
	if (length < 5 || at + length > end) throw new WireError('a section longer than its message');
	return length;
}

function splitDocuments(frame: Buffer, from: number, end: number): Buffer[] {
	const documents: Buffer[] = [];
	for (let at = from; at < end;) {
		const length = sectionLength(frame, at, end);
		documents.push(frame.subarray(at, at + length));
		at += length;
	}
	return documents;
}

/** The frame that answers `message` with an encoded document. */
export function reply(message: { requestId: number; isLegacy: boolean }, body: Uint8Array): Buffer {
	const headBytes = message.isLegacy ? 36 : 21;
	const frame = Buffer.alloc(headBytes + body.length);
	frame.writeInt32LE(frame.length, 0);
	frame.writeInt32LE(message.requestId, 8);
	frame.writeInt32LE(message.isLegacy ? opReply : opMsg, 12);
	if (message.isLegacy) frame.writeInt32LE(1, 32);
	frame.set(body, headBytes);
	return frame;
}

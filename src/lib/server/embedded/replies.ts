// Answers in BSON, put together from documents that are already encoded, so that reading a document does not rewrite it.
import { CommandError } from './errors.ts';
import { type Doc, encode } from './values.ts';

/** The answer to a command that failed. */
export function failure(error: unknown): Doc {
	if (error instanceof CommandError) {
		return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.extra };
	}
	const message = error instanceof Error ? error.message : String(error);
	return { ok: 0, errmsg: `the embedded database failed: ${message}`, code: 1, codeName: 'InternalError' };
}

const documentType = 3;
const arrayType = 4;

/** { cursor: { firstBatch | nextBatch: [documents], id, ns }, ok: 1 } */
export function cursorReply(
	batchName: 'firstBatch' | 'nextBatch',
	batch: readonly Uint8Array[],
	id: bigint,
	namespace: string,
): Uint8Array {
	const tail = encode({ id, ns: namespace });
	const array = element(arrayType, batchName, arrayOf(batch));
	const cursor = document([array, tail.subarray(4, tail.length - 1)]);
	const ok = encode({ ok: 1 });
	return document([element(documentType, 'cursor', cursor), ok.subarray(4, ok.length - 1)]);
}

function arrayOf(documents: readonly Uint8Array[]): Buffer {
	let size = 5;
	for (let at = 0; at < documents.length; at++) size += 2 + String(at).length + documents[at]!.length;
	const bytes = Buffer.allocUnsafe(size);
	let offset = bytes.writeInt32LE(size, 0);
	for (let at = 0; at < documents.length; at++) {
		bytes[offset++] = documentType;
		offset += bytes.write(String(at), offset, 'latin1');
		bytes[offset++] = 0;
		bytes.set(documents[at]!, offset);
		offset += documents[at]!.length;
	}
	bytes[offset] = 0;
	return bytes;
}

function element(type: number, name: string, value: Uint8Array): Buffer {
	return Buffer.concat([Buffer.of(type), Buffer.from(`${name}\0`), value]);
}

function document(elements: readonly Uint8Array[]): Buffer {
	const size = elements.reduce((sum, part) => sum + part.length, 5);
	const head = Buffer.allocUnsafe(4);
	head.writeInt32LE(size);
	return Buffer.concat([head, ...elements, Buffer.of(0)], size);
}

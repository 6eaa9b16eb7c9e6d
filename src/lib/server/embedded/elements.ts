// The elements of an encoded document, moved or left out without decoding their values.

/** The length of a value whose type and start are known. */
function valueLength(bytes: Buffer, type: number, at: number): number {
	switch (type) {
		case 1:
		case 9:
		case 17:
		case 18:
			return 8;
		case 2:
		case 13:
		case 14:
			return 4 + bytes.readInt32LE(at);
		case 3:
		case 4:
		case 15:
			return bytes.readInt32LE(at);
		case 5:
			return 5 + bytes.readInt32LE(at);
		case 7:
			return 12;
		case 8:
			return 1;
		case 11:
			return bytes.indexOf(0, bytes.indexOf(0, at) + 1) + 1 - at;
		case 12:
			return 16 + bytes.readInt32LE(at);
		case 16:
			return 4;
		case 19:
			return 16;
		case 6:
		case 10:
		case 127:
		case 255:
			return 0;
		default:
			throw new RangeError(`unknown BSON type ${type}`);
	}
}

const bufferOf = (bytes: Uint8Array) =>
	bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Field names as their bytes, made once for many documents. */
export type Names = readonly Buffer[];
export const namesOf = (names: Iterable<string>): Names => [...names].map((name) => Buffer.from(name));

function isOneOf(bytes: Buffer, start: number, end: number, names: Names): boolean {
	for (const name of names) {
		if (name.length === end - start && bytes.compare(name, 0, name.length, start, end) === 0) return true;
	}
	return false;
}

/** The document with only the top-level fields that are named. */
export function pick(document: Uint8Array, names: Names): Buffer {
	const bytes = bufferOf(document);
	const picked = Buffer.allocUnsafe(bytes.length);
	let length = 4;
	const end = bytes.length - 1;
	for (let at = 4; at < end;) {
		const nameEnd = bytes.indexOf(0, at + 1);
		const next = nameEnd + 1 + valueLength(bytes, bytes[at]!, nameEnd + 1);
		if (isOneOf(bytes, at + 1, nameEnd, names)) length += bytes.copy(picked, length, at, next);
		at = next;
	}
	picked[length++] = 0;
	picked.writeInt32LE(length, 0);
	return picked.subarray(0, length);
}

const id = namesOf(['_id']);

/** The document with its _id before all other fields, or null when it has none. */
export function idFirst(document: Uint8Array): Uint8Array | null {
	const bytes = bufferOf(document);
	const end = bytes.length - 1;
	for (let at = 4; at < end;) {
		const nameEnd = bytes.indexOf(0, at + 1);
		const next = nameEnd + 1 + valueLength(bytes, bytes[at]!, nameEnd + 1);
		if (isOneOf(bytes, at + 1, nameEnd, id)) {
			if (at === 4) return document;
			const parts = [bytes.subarray(0, 4), bytes.subarray(at, next), bytes.subarray(4, at), bytes.subarray(next)];
			return Buffer.concat(parts, bytes.length);
		}
		at = next;
	}
	return null;
}

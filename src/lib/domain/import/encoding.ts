// How the bytes of a file spell its text.

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * The encoding of a file by its byte-order mark, else UTF-8 where its bytes are valid UTF-8, else Windows-1252.
 * `chunks` is the whole file: one odd byte in the last line decides too.
 */
export const encodingOf = async (chunks: AsyncIterable<Uint8Array>): Promise<Encoding> => {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let isFirst = true;
	try {
		for await (const chunk of chunks) {
			if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
			if (isFirst && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
			isFirst = false;
			decoder.decode(chunk, { stream: true });
		}
		decoder.decode();
		return 'utf-8';
	} catch {
		return 'windows-1252';
	}
};

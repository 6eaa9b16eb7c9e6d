// How the bytes of a file spell its text.

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const broken = 0xfffd;

/**
 * The encoding of a file by its byte-order mark, else by all of its bytes: UTF-8 where they are valid UTF-8, or most of
 * what is beyond ASCII is, so that one odd byte does not spoil every name; else Windows-1252. `chunks` is the whole file.
 */
export const encodingOf = async (chunks: AsyncIterable<Uint8Array>): Promise<Encoding> => {
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	let isFirst = true;
	let whole = 0;
	let odd = 0;
	const count = (text: string) => {
		for (let at = 0; at < text.length; at++) {
			const code = text.charCodeAt(at);
			if (code === broken) odd++;
			else if (code > 0x7f) whole++;
		}
	};
	for await (const chunk of chunks) {
		if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
		if (isFirst && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
		if (isFirst && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) return 'utf-8';
		isFirst = false;
		count(decoder.decode(chunk, { stream: true }));
	}
	count(decoder.decode());
	return odd <= whole ? 'utf-8' : 'windows-1252';
};

// Text from strangers as it is kept: control characters go, everything else stays as it was written.

/** One line: " Ana\tPerera\n" is "Ana Perera". Emoji, zero-width and combining characters and both directions stay. */
export const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

/** The beginning of a text that is quoted in a sentence: at most 40 characters, no emoji cut in two. */
export const shortly = (text: string): string =>
	text.length > 40 ? `${text.slice(0, 40).replace(/\p{Cs}$/u, '')}…` : text;

/** Several lines, each break written \n. */
export const manyLines = (text: string): string =>
	text
		.replace(/\r\n?/g, '\n')
		.replace(/[^\P{Cc}\n\t]/gu, '')
		.trim();

// Text from strangers as it is kept: control characters go, everything else stays as it was written.

/** One line: " Ana\tPerera\n" is "Ana Perera". Emoji, zero-width and combining characters and both directions stay. */
export const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

/** Several lines, each break written \n. */
export const manyLines = (text: string): string =>
	text
		.replace(/\r\n?/g, '\n')
		.replace(/[^\P{Cc}\n\t]/gu, '')
		.trim();

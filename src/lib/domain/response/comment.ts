// What a customer may write beside a score.

/** In characters, counted as people see them typed: an emoji is one, not two. */
export const commentLimit = 10_000;

export const lengthOf = (comment: string): number => [...comment].length;

/** A comment as it is kept: \n for every line break, no NUL and no half of a character, no space around it. */
export const tidyComment = (comment: string): string =>
	comment.replace(/\r\n?/g, '\n').replaceAll('\0', '').toWellFormed().trim();

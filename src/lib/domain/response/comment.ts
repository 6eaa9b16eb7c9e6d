// What a customer may write beside a score.

/** In characters, counted as people see them typed: an emoji is one, not two. */
export const commentLimit = 10_000;

export const lengthOf = (comment: string): number => [...comment].length;

/** Something that is seen: neither space nor of zero width. */
const visible = /[^\s\p{Default_Ignorable_Code_Point}]/u;

/**
 * A comment as it is kept: \n for every line break, no NUL and no half of a character, no space around it. One in which
 * nothing is seen is none.
 */
export const tidyComment = (comment: string): string => {
	const tidied = comment.replace(/\r\n?/g, '\n').replaceAll('\0', '').toWellFormed().trim();
	return visible.test(tidied) ? tidied : '';
};

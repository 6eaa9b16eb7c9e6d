// One difference between two versions of a survey, and the few ways to say it.

/**
 * One difference: a sentence such as "Question 2 was added", or a name with what stood there and stands there now, null
 * being the standard wording. `endsComparison` says that scores before and after it are not to be compared.
 */
export type Difference = {
	what: string;
	change: { from: string | null; to: string | null } | null;
	endsComparison: boolean;
};

/** One that is said in full. */
export const sentence = (what: string, endsComparison = false): Difference => ({ what, change: null, endsComparison });

/** A text that changed, as a list of one; an empty one where it did not. */
export const worded = (
	what: string,
	from: string | undefined,
	to: string | undefined,
	endsComparison = false,
): Difference[] => (from === to ? [] : [{ what, change: { from: from ?? null, to: to ?? null }, endsComparison }]);

/** Whether two values say the same. */
export const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);
/** As JSON with its fields in order, so that what was written in another order is the same. */
const canonical = (value: unknown): string =>
	JSON.stringify(value, (_, inner: unknown) =>
		typeof inner === 'object' && inner !== null && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	) ?? 'undefined';

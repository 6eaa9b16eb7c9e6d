// The filters behind the identifiers of an update's paths: `answers.$[low]` with `{ 'low.score': { $lt: 7 } }`.
import { badValue, failedToParse, typeMismatch } from './errors.ts';
import { compileFilter, refuseExpression } from './matcher.ts';
import type { UpdatePath } from './update-paths.ts';
import { type Doc, isDoc } from './values.ts';

/** Compiles array filters, refusing one that is missing, left over or about more than one identifier. */
export function compileArrayFilters(
	arrayFilters: readonly Doc[],
	paths: readonly UpdatePath[],
): Map<string, (element: unknown) => boolean> {
	const filters = new Map<string, (element: unknown) => boolean>();
	for (const filter of arrayFilters) {
		const identifier = identifierOf(filter);
		if (filters.has(identifier))
			throw failedToParse(`Found multiple array filters with the same top-level field name ${identifier}`);
		refuseExpression(filter, 'an array filter');
		const match = compileFilter(filter);
		filters.set(identifier, (element) => match({ [identifier]: element }));
	}
	const used = new Set(
		paths.flatMap((path) => path.filter((part) => /^\$\[.+\]$/.test(part)).map((part) => part.slice(2, -1))),
	);
	for (const identifier of used) {
		if (!filters.has(identifier)) throw badValue(`No array filter found for identifier '${identifier}'`);
	}
	for (const identifier of filters.keys()) {
		if (!used.has(identifier))
			throw failedToParse(`The array filter for identifier '${identifier}' was not used in the update`);
	}
	return filters;
}

/** The one identifier an array filter is about: `{ 'answer.score': 9 }` is about `answer`. */
function identifierOf(filter: Doc): string {
	if (!isDoc(filter)) throw typeMismatch('an array filter must be a document');
	const names = (clause: Doc): string[] =>
		Object.entries(clause).flatMap(([name, operand]) =>
			name.startsWith('$')
				? Array.isArray(operand)
					? operand.filter(isDoc).flatMap(names)
					: []
				: [name.split('.')[0] as string],
		);
	const [identifier, ...others] = new Set(names(filter));
	if (identifier === undefined)
		throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters');
	if (others.length > 0)
		throw failedToParse(
			`Error parsing array filter :: caused by :: Expected a single top-level field name, found '${identifier}' and '${others[0]}'`,
		);
	if (!/^[a-z][A-Za-z0-9]*$/.test(identifier)) {
		throw badValue(
			`Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${identifier}'`,
		);
	}
	return identifier;
}

// Why a part of a survey's file is refused, in words for somebody who edits it by hand.
import type { z } from 'zod';

const kinds: Partial<Record<string, string>> = {
	string: 'It should be a text',
	number: 'It should be a number',
	int: 'It should be a whole number',
	boolean: 'It should be true or false',
	array: 'It should be a list',
	object: 'It should be an object',
	record: 'It should be an object',
};

const oneOf = (values: readonly unknown[]): string => `It should be one of: ${values.map(String).join(', ')}`;

/** The reason for an issue that has no words of its own; undefined leaves it to zod's. */
export const reasonFor = (issue: z.core.$ZodRawIssue): string | undefined => {
	const isMissing = issue.input === undefined && issue.path !== undefined && issue.path.length > 0;
	switch (issue.code) {
		case 'invalid_type':
			return isMissing ? 'It is missing' : kinds[issue.expected];
		case 'invalid_value':
			return isMissing ? 'It is missing' : oneOf(issue.values);
		case 'invalid_union':
			return Array.isArray(issue.options) ? oneOf(issue.options) : undefined;
		case 'unrecognized_keys':
			return `Nothing here is named ${issue.keys.map((key) => `“${key}”`).join(', ')}`;
		case 'too_big':
			return issue.origin === 'number' ? `It should be at most ${issue.maximum}` : undefined;
		case 'too_small':
			return issue.origin === 'number' ? `It should be at least ${issue.minimum}` : undefined;
		default:
			return undefined;
	}
};

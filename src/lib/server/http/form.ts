// Reads a form through a zod schema: dotted names nest, and what is wrong comes back by field.
import type { z } from 'zod';
import { Invalid } from '#lib/domain/errors.ts';
import { t } from '#lib/messages/managers.ts';
import { inWords } from '#lib/messages/rules.ts';

type Tree = { [name: string]: FormDataEntryValue | FormDataEntryValue[] | Tree };

const isSafe = (name: string) => !['__proto__', 'constructor', 'prototype'].includes(name);

/** `a.b=1` becomes { a: { b: '1' } }; a name that ends in [] or comes twice becomes a list. */
const treeOf = (form: FormData): Tree => {
	const tree: Tree = {};
	for (const name of new Set(form.keys())) {
		const path = name.replace(/\[\]$/, '').split('.');
		if (!path.every(isSafe)) throw new Invalid(t.refusals_field_name({ name }));
		const all = form.getAll(name);
		const value = name.endsWith('[]') || all.length > 1 ? all : all[0]!;
		let branch = tree;
		for (const step of path.slice(0, -1)) {
			const next = (branch[step] ??= {});
			if (typeof next !== 'object' || Array.isArray(next) || next instanceof File)
				throw new Invalid(t.refusals_field_twice({ name }));
			branch = next;
		}
		branch[path.at(-1)!] = value;
	}
	return tree;
};

/** The problems of a failed parse by dotted field name, the first of each field. */
export const fieldsOf = (error: z.ZodError): Record<string, string> => {
	const fields: Record<string, string> = {};
	for (const issue of error.issues) fields[issue.path.join('.')] ??= inWords(issue.message);
	return fields;
};

/** Parses a form. Throws Invalid with the fields that are wrong and why. */
export const parseForm = <Schema extends z.ZodType>(form: FormData, schema: Schema): z.output<Schema> => {
	const parsed = schema.safeParse(treeOf(form));
	if (parsed.success) return parsed.data;
	const fields = fieldsOf(parsed.error);
	throw new Invalid(Object.values(fields)[0] ?? t.refusals_form_wrong(), fields);
};

/** Parses the address's query the same way. */
export const parseQuery = <Schema extends z.ZodType>(query: URLSearchParams, schema: Schema): z.output<Schema> => {
	const form = new FormData();
	for (const [name, value] of query) form.append(name, value);
	return parseForm(form, schema);
};

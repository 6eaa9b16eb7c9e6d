// What a refused form held, by place again: it comes back with the names of its fields.
import type { Typed } from '#lib/domain/survey/draft.ts';

type Tree = { [name: string]: unknown };

/** { 'draft.texts.en.thanks': 'Bye' } → { draft: { texts: { en: { thanks: 'Bye' } } } }; null where it held no words. */
export function typedFrom(values: Record<string, string>): Typed | null {
	const tree: Tree = {};
	for (const [field, value] of Object.entries(values)) {
		const name = field.replace(/^(?=brand\.)/, 'draft.');
		const path = name.split('.');
		if (path.length > 1 ? !/^draft\.(?:texts|brand|sender|language)(?:\.|$)/.test(name) : name !== 'name') continue;
		let branch = tree;
		for (const step of path.slice(0, -1)) branch = (branch[step] ??= {}) as Tree;
		branch[path.at(-1)!] = value;
	}
	return Object.keys(tree).length > 0 ? { draft: {}, ...tree } : null;
}

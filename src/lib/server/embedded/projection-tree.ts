// Projections as trees: which fields of a document stay, which go, and which are computed, through arrays at any depth.
import { CommandError } from './errors.ts';
import { type Doc, field, isDoc, setField } from './values.ts';

/** Keep only the named fields, keep all but them, or keep everything and add. */
export type Mode = 'include' | 'exclude' | 'add';

/** What happens at the end of a path: `keep` works on the field's own value, `compute` on the whole document. */
export type Leaf = { keep: (value: unknown) => unknown } | { drop: true } | { compute: (root: Doc) => unknown };

export interface Branch {
	children: Map<string, Branch | Leaf>;
	hasComputed: boolean;
}

export const newBranch = (): Branch => ({ children: new Map(), hasComputed: false });

const isBranch = (node: Branch | Leaf): node is Branch => 'children' in node;

/** Puts a leaf at a path, refusing a path that another one passes through. */
export function plant(root: Branch, path: readonly string[], leaf: Leaf): void {
	let branch = root;
	for (const [depth, name] of path.entries()) {
		const existing = branch.children.get(name);
		const isLast = depth === path.length - 1;
		if (existing && (isLast || !isBranch(existing))) {
			const rest = path.slice(depth + 1).join('.');
			throw isLast
				? new CommandError(31250, `Path collision at ${path.join('.')}`)
				: new CommandError(31249, `Path collision at ${path.join('.')} remaining portion ${rest}`);
		}
		if ('compute' in leaf) branch.hasComputed = true;
		if (isLast) branch.children.set(name, leaf);
		else {
			const next = existing && isBranch(existing) ? existing : newBranch();
			branch.children.set(name, next);
			branch = next;
		}
	}
}

/** Applies a tree to a document, which stays as it is. */
export function project(branch: Branch, mode: Mode, doc: Doc, root: Doc = doc): Doc {
	const out: Doc = {};
	for (const name of Object.keys(doc)) {
		const node = branch.children.get(name);
		const value = field(doc, name);
		if (!node) {
			if (mode !== 'include') setField(out, name, value);
			continue;
		}
		const kept = keep(node, mode, value, root);
		if (kept !== undefined) setField(out, name, kept);
	}
	if (branch.hasComputed) compute(branch, mode, doc, out, root);
	return out;
}

function keep(node: Branch | Leaf, mode: Mode, value: unknown, root: Doc): unknown {
	if (isBranch(node)) return projectValue(node, mode, value, root);
	if ('keep' in node) return node.keep(value);
	// Adding over a field keeps its place among the others; the value comes after.
	return 'compute' in node && mode === 'add' ? value : undefined;
}

function projectValue(branch: Branch, mode: Mode, value: unknown, root: Doc): unknown {
	if (isDoc(value)) return project(branch, mode, value, root);
	if (Array.isArray(value)) {
		return value.map((element) => projectValue(branch, mode, element, root)).filter((element) => element !== undefined);
	}
	if (branch.hasComputed) return project(branch, mode, {}, root);
	return mode === 'include' ? undefined : value;
}

function compute(branch: Branch, mode: Mode, doc: Doc, out: Doc, root: Doc): void {
	for (const [name, node] of branch.children) {
		if (isBranch(node)) {
			if (!node.hasComputed || field(doc, name) !== undefined) continue;
			const made = project(node, mode, {}, root);
			if (Object.keys(made).length > 0) setField(out, name, made);
		} else if ('compute' in node) {
			const value = node.compute(root);
			if (value !== undefined) setField(out, name, value);
			else delete out[name];
		}
	}
}

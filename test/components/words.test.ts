// What a manager reads is a message, so that it can be translated: no English stands in a page, a component or a chart.
import { globSync, readFileSync } from 'node:fs';
import { parse, type AST } from 'svelte/compiler';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { messageOf } from '#lib/messages/rules.ts';

const files = globSync('src/{routes/(app),routes/(auth),lib/components,lib/charts}/**/*.{svelte,ts}').filter(
	// Customers' words are messages too, in their own 27 languages; the compiler of svelte draws those pages from one root.
	(file) => !file.includes('components/customer/'),
);

/** Attributes and props that are shown or read out. */
const spoken =
	/^(label|title|placeholder|alt|legend|hint|intro|text|heading|caption|description|message|summary|unit|prefix|suffix|aria-(label|description|roledescription|valuetext))$/;

/** Shown as they are in every language: names, samples of a typeface, example addresses. */
const names = /^(Heed|heed|· Heed|Aa|Aa 10|px)$|@shop\.lk/;

const hasWords = (text: string) => /\p{L}{2}/u.test(text) && !names.test(text.trim());
/** "Choose a file", "row was refused." but neither "preview-title" nor "li input" nor "Control+Z Meta+Z". */
const isSentence = (text: string) =>
	!names.test(text.trim()) &&
	(/^\p{Lu}[\p{Ll}’]* [\p{L}“(]/u.test(text.trim()) || /\p{Ll}{2,},? \p{Ll}.*[.!?…]$/u.test(text.trim()));

const sentencesIn = (code: string): string[] => {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
		if (ts.isStringLiteralLike(node) && isSentence(node.text)) found.push(node.text);
		if (ts.isTemplateExpression(node)) {
			const text = node.head.text + node.templateSpans.map(({ literal }) => `x${literal.text}`).join('');
			if (isSentence(text)) found.push(text);
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('file.ts', code, ts.ScriptTarget.Latest, true));
	return found;
};

const isNode = (value: unknown): value is { type?: string } & Record<string, unknown> =>
	typeof value === 'object' && value !== null;

/** What stands in the markup of a component: its texts, its spoken attributes, and sentences in its expressions. */
const wordsIn = (source: string, root: AST.Root): string[] => {
	const found: string[] = [];
	const visit = (value: unknown, attribute?: string): void => {
		if (Array.isArray(value)) return value.forEach((each) => visit(each, attribute));
		if (!isNode(value)) return;
		if (value.type === 'Text') {
			const text = String(value.data);
			if (hasWords(text) && (attribute === undefined || spoken.test(attribute))) found.push(text.trim());
			return;
		}
		if (value.type === 'ExpressionTag' || value.type === 'SpreadAttribute') {
			found.push(...sentencesIn(`(${source.slice(Number(value.start) + 1, Number(value.end) - 1)})`));
			return;
		}
		const name = value.type === 'Attribute' ? String(value.name) : undefined;
		for (const [key, part] of Object.entries(value)) if (key !== 'metadata') visit(part, name ?? attribute);
	};
	visit(root.fragment);
	return found;
};

const englishIn = (file: string): string[] => {
	const source = readFileSync(file, 'utf8');
	if (!file.endsWith('.svelte')) return sentencesIn(source);
	const root = parse(source, { modern: true });
	const scripts = [root.instance, root.module].map((script) => {
		const content = script?.content as unknown as { start: number; end: number } | undefined;
		return content ? source.slice(content.start, content.end) : '';
	});
	return [...scripts.flatMap(sentencesIn), ...wordsIn(source, root)];
};

test.each(files)('%s', (file) => {
	expect(englishIn(file), 'Move it to a file under src/lib/messages/managers and say t.…()').toEqual([]);
});

/** The sentences that a file's own errors begin with. */
const refusalsIn = (code: string): string[] => {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (
			ts.isNewExpression(node) &&
			/^(Invalid|Conflict|NotFound|Forbidden|Closed|TooMany)$/.test(node.expression.getText())
		)
			found.push(...(node.arguments ?? []).flatMap((argument) => sentencesIn(argument.getText())));
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('file.ts', code, ts.ScriptTarget.Latest, true));
	return found;
};

/** Customers are told by the reason, in their own words; a job's errors are for the log. */
const elsewhere = /services\/(asking|unsubscribes|importing\/(answers|people))\.ts$/;

test.each(globSync('src/lib/server/{services,http}/**/*.ts').filter((file) => !elsewhere.test(file)))(
	'%s refuses in messages',
	(file) => {
		expect(refusalsIn(readFileSync(file, 'utf8')), 'Say t.…() instead').toEqual([]);
	},
);

/**
 * Sentences that a rule or the server makes, other than of errors and for the log: what would be kept or shown in English.
 * A rule's refusal is a message by its own words.
 */
const keptIn = (code: string): string[] => {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
		if (
			ts.isNewExpression(node) &&
			/^(Invalid|Conflict|NotFound|Forbidden|Closed|\w*Error)$/.test(node.expression.getText())
		)
			return;
		if (ts.isCallExpression(node) && /\blog\.\w+$/.test(node.expression.getText())) return;
		if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
			if (ts.isPropertyAssignment(node.parent) && node.parent.name === node) return;
			found.push(...sentencesIn(`(${node.getText()})`).filter((sentence) => !messageOf(sentence)));
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('file.ts', code, ts.ScriptTarget.Latest, true));
	return found;
};

/** Sample data, columns of exports, names of languages, the note in a survey's file, what no code may ask for. */
const inEnglish =
	/domain\/(sample\/.*|report\/export-columns|survey\/(language|file|metric|lifecycle))\.ts$|services\/(exports|anonymous-answers)\.ts$/;
const keepers = globSync('src/lib/{domain,server/{services,jobs,mail,http}}/**/*.ts');

test.each(keepers.filter((file) => !inEnglish.test(file)))('%s keeps kinds', (file) => {
	expect(keptIn(readFileSync(file, 'utf8')), 'Keep a kind, and say it in src/lib/messages').toEqual([]);
});

test('the search finds English where there is some', () => {
	const source = `<script>const a = 'Choose a file';</script><p title="Hi you">Some words {n ? 'It is not here.' : ''}</p>`;
	const root = parse(source, { modern: true });
	expect(wordsIn(source, root)).toEqual(['Hi you', 'Some words', 'It is not here.']);
	expect(sentencesIn("const a = 'Choose a file', b = 'preview-title', c = `${n} rows were refused.`")).toEqual([
		'Choose a file',
		'x rows were refused.',
	]);
	expect(
		keptIn("const a = { reason: 'The score is empty', b: `${x} is not a number, alas.` }; log.warn('Of no use');"),
	).toEqual(['The score is empty', 'x is not a number, alas.']);
	expect(refusalsIn("throw new Conflict('It is closed.')")).toEqual(['It is closed.']);
});

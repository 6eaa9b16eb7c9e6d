// Every sentence that a rule refuses with has its message, so that a translator can reach it.
import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import english from '#lib/messages/managers/rules/en.json' with { type: 'json' };
import { inWords, messageOf } from '#lib/messages/rules.ts';

/** A value at each place of a template: any will do, since the message is found by the words around it. */
const textOf = (node: ts.Node): string | null => {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (ts.isTemplateExpression(node))
		return node.head.text + node.templateSpans.map(({ literal }) => `17${literal.text}`).join('');
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
		const [left, right] = [textOf(node.left), textOf(node.right)];
		return left !== null && right !== null ? left + right : null;
	}
	return null;
};

const errors = /^(Invalid|Conflict|NotFound|Forbidden|Closed|TooMany)$/;
const checks =
	/^(string|number|int|enum|literal|min|max|regex|refine|email|url|length|gt|lt|gte|lte|check|array|date)$/;

/** The sentences of errors and of zod's checks in a file of rules. */
const sentencesOf = (file: string): string[] => {
	const found: string[] = [];
	const add = (node: ts.Node | undefined) => {
		const text = node && textOf(node);
		if (text && /\p{L} \p{L}/u.test(text)) found.push(text);
	};
	const visit = (node: ts.Node): void => {
		if (ts.isNewExpression(node) && errors.test(node.expression.getText())) add(node.arguments?.[0]);
		if (
			ts.isCallExpression(node) &&
			ts.isPropertyAccessExpression(node.expression) &&
			checks.test(node.expression.name.text)
		)
			node.arguments.forEach(add);
		if (ts.isPropertyAssignment(node) && /^(message|error|refusal)$/.test(node.name.getText())) add(node.initializer);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
	return found;
};

const sentences = globSync('src/lib/domain/**/*.ts').flatMap(sentencesOf);

test('there are sentences', () => expect(sentences.length).toBeGreaterThan(50));

test.each([...new Set(sentences)])('“%s” has a message, which says the same in English', (sentence) => {
	expect(messageOf(sentence), 'Add it to src/lib/messages/managers/rules/en.json').not.toBeNull();
	expect(inWords(sentence)).toBe(sentence);
});

test.each(Object.entries(english).filter(([key]) => !key.startsWith('$')))(
	'%s is found by its own words',
	(key, text) => {
		expect(messageOf(text.replace(/\{\w+\}/g, '17'))?.key).toBe(key);
	},
);

test('what no rule says stays as it is', () => {
	expect(inWords('Ana’s question')).toBe('Ana’s question');
	expect(messageOf('At most 20 rules at one question')?.key).toBe('rules_rules_many');
});

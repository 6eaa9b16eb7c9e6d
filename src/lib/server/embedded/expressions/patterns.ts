// Regular expressions in expressions: whether, where and what they match.
import { CommandError } from '../errors.ts';
import { asInt } from '../numbers.ts';
import { compileRegex, isRegex, optionsOf } from '../regex.ts';
import { typeName } from '../values.ts';
import { isNullish, namedOperands } from './operands.ts';
import type { Operator } from './scope.ts';

const searching =
	(answer: (text: string | undefined, regex: RegExp) => unknown): Operator =>
	(operand, scope, name) => {
		const { input, regex, options } = namedOperands(name, operand, scope, ['input', 'regex'], ['options']);
		const literal = (operand as { regex: unknown }).regex;
		// A pattern that is written out is checked at once, so that what is not supported is refused before any document.
		if (isRegex(literal) || (typeof literal === 'string' && !literal.startsWith('$'))) compileRegex(literal);
		return (doc) => {
			const text = input(doc);
			const pattern = regex(doc);
			const flags = options(doc);
			if (!isNullish(text) && typeof text !== 'string')
				throw new CommandError(51104, `${name} needs 'input' to be of type string, found: ${typeName(text)}`);
			if (!isNullish(flags) && typeof flags !== 'string')
				throw new CommandError(51106, `${name} needs 'options' to be of type string`);
			if (isNullish(pattern)) return answer(undefined, /(?!)/);
			if (!isRegex(pattern) && typeof pattern !== 'string')
				throw new CommandError(51105, `${name} needs 'regex' to be of type string or regex`);
			if (optionsOf(pattern) !== '' && !isNullish(flags))
				throw new CommandError(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
			return answer(text ?? undefined, compileRegex(pattern, flags ?? undefined));
		};
	};

function describe(match: RegExpMatchArray, text: string) {
	return {
		match: match[0],
		idx: asInt([...text.slice(0, match.index)].length),
		captures: match.slice(1).map((capture: string | undefined) => capture ?? null),
	};
}

export const patterns: Record<string, Operator> = {
	$regexMatch: searching((text, regex) => text !== undefined && regex.test(text)),
	$regexFind: searching((text, regex) => {
		const match = text === undefined ? null : regex.exec(text);
		return match && text !== undefined ? describe(match, text) : null;
	}),
	$regexFindAll: searching((text, regex) =>
		text === undefined
			? []
			: [...text.matchAll(new RegExp(regex, `${regex.flags}g`))].map((match) => describe(match, text)),
	),
};

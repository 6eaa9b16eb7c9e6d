// Perl-compatible patterns as JavaScript ones. Whatever does not mean the same in both is refused by name.
import { BSONRegExp } from 'bson';
import { CommandError, badValue, unsupported } from './errors.ts';

const end = '(?![\\s\\S])';
const start = '(?<![\\s\\S])';
const space = ' \\t\\n\\v\\f\\r';

/** The pattern and options of a regular expression value, or of a `$regex` string with its `$options`. */
export function compileRegex(value: unknown, options?: string): RegExp {
	if (isRegex(value)) {
		const pattern = value instanceof BSONRegExp ? value.pattern : value.source;
		return translate(pattern, options ?? optionsOf(value));
	}
	if (typeof value === 'string') return translate(value, options ?? '');
	throw badValue('$regex has to be a string');
}

export const isRegex = (value: unknown): value is RegExp | BSONRegExp =>
	value instanceof RegExp || value instanceof BSONRegExp;

/** The options a regular expression has of its own; a pattern in a string has none. */
export function optionsOf(value: unknown): string {
	if (value instanceof BSONRegExp) return value.options;
	return value instanceof RegExp ? value.flags.replace(/[^imsx]/g, '') : '';
}

function translate(pattern: string, options: string): RegExp {
	const flags = new Set(options);
	const leading = /^\(\?([imsx]+)\)/.exec(pattern);
	for (const flag of leading?.[1] ?? '') flags.add(flag);
	for (const flag of flags) if (!'imsxu'.includes(flag)) throw unsupported('regular expression option', flag);
	const source = new Translator(leading ? pattern.slice(leading[0].length) : pattern, flags).run();
	try {
		return new RegExp(source, flags.has('i') ? 'iu' : 'u');
	} catch (error) {
		throw new CommandError(51091, `Regular expression is invalid: ${(error as Error).message}`);
	}
}

class Translator {
	private at = 0;
	private readonly pattern: string;
	private readonly flags: Set<string>;

	constructor(pattern: string, flags: Set<string>) {
		this.pattern = pattern;
		this.flags = flags;
	}

	run(): string {
		let out = '';
		while (this.at < this.pattern.length) out += this.next();
		return out;
	}

	/** Takes what matches at the current place, which is a sticky pattern's job. */
	private take(shape: RegExp): string | undefined {
		shape.lastIndex = this.at;
		const taken = shape.exec(this.pattern)?.[0];
		if (taken !== undefined) this.at += taken.length;
		return taken;
	}

	private next(): string {
		const verbose = this.flags.has('x');
		if (verbose && this.take(/\s+|#[^\n]*\n?/y) !== undefined) return '';
		const quantifier = this.take(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/y);
		if (quantifier !== undefined) {
			if (this.pattern[this.at] === '+') throw unsupported('regular expression syntax', `${quantifier}+`);
			return quantifier;
		}
		const group = this.take(/\(\?(?:[:=!]|<[=!]|<[A-Za-z_]\w*>)/y);
		if (group !== undefined) return group;
		const char = String.fromCodePoint(this.pattern.codePointAt(this.at) ?? 0);
		if (char === '(' && /[?*]/.test(this.pattern[this.at + 1] ?? '')) {
			throw unsupported('regular expression syntax', this.pattern.slice(this.at, this.at + 3));
		}
		if (char === '\\') return this.escape(false);
		if (char === '[') return this.set();
		this.at += char.length;
		return this.plain(char);
	}

	private plain(char: string): string {
		const isMultiline = this.flags.has('m');
		switch (char) {
			case '.':
				return this.flags.has('s') ? '[\\s\\S]' : '[^\\n]';
			case '^':
				return isMultiline ? `(?:${start}|(?<=\\n)(?=[\\s\\S]))` : start;
			case '$':
				return isMultiline ? `(?=\\n|${end})` : `(?=\\n?${end})`;
			case '{':
			case '}':
			case ']':
				return `\\${char}`;
			default:
				return char;
		}
	}

	private escape(inSet: boolean): string {
		const code = this.take(/\\x(?:\{[\da-f]+\}|[\da-f]{1,2})/iy);
		if (code !== undefined) return `\\u{${code.replace(/\\x|[{}]/g, '')}}`;
		const category = this.take(/\\[pP](?:\{\^?[A-Z][a-z]?\}|[A-Z])/y);
		if (category !== undefined) {
			if (category.includes('^')) throw unsupported('regular expression syntax', category);
			return category.includes('{') ? category : `${category.slice(0, 2)}{${category[2]}}`;
		}
		const name = String.fromCodePoint(this.pattern.codePointAt(this.at + 1) ?? 0);
		if (this.at + 1 >= this.pattern.length)
			throw new CommandError(51091, 'Regular expression is invalid: \\ at end of pattern');
		this.at += 1 + name.length;
		if (/[dDwWtnrf]/.test(name)) return `\\${name}`;
		if (name === 's') return inSet ? space : `[${space}]`;
		if (name === 'S' && !inSet) return `[^${space}]`;
		if (name === 'b') return '\\b';
		if (name === 'a') return '\\x07';
		if (name === 'e') return '\\x1b';
		if (!inSet) {
			if (name === 'B') return '\\B';
			if (name === 'A') return start;
			if (name === 'z') return end;
			if (name === 'Z') return `(?=\\n?${end})`;
		}
		if (/[A-Za-z0-9]/.test(name)) throw unsupported('regular expression syntax', `\\${name}`);
		return this.literal(name);
	}

	private literal(char: string): string {
		return /[\^$\\.*+?()[\]{}|/-]/.test(char) ? `\\u{${char.codePointAt(0)?.toString(16)}}` : char;
	}

	private set(): string {
		let out = this.take(/\[\^?/y) ?? '';
		if (this.take(/\]/y) !== undefined) out += '\\]';
		while (this.pattern[this.at] !== ']') {
			const char = String.fromCodePoint(this.pattern.codePointAt(this.at) ?? 0);
			if (this.at >= this.pattern.length) {
				throw new CommandError(51091, 'Regular expression is invalid: missing terminating ] for character class');
			}
			if (char === '\\') out += this.escape(true);
			else {
				if (/^\[[:.=]/.test(this.pattern.slice(this.at))) {
					throw unsupported('regular expression syntax', this.pattern.slice(this.at, this.at + 2));
				}
				this.at += char.length;
				out += char === '[' ? '\\[' : char;
			}
		}
		this.at++;
		return `${out}]`;
	}
}

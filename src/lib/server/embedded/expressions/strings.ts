// Strings: joining, cutting, trimming and searching, by code points or by UTF-8 bytes. Case is changed for ASCII letters only.
import { compareStrings } from '../compare.ts';
import { CommandError } from '../errors.ts';
import { asInt, toNumber } from '../numbers.ts';
import { typeName } from '../values.ts';
import { requireWhole } from './arrays.ts';
import { toText } from './convert.ts';
import { binary, isNullish, namedOperands, positional, unary, untilNull, variadic } from './operands.ts';
import type { Expression, Operator, Scope } from './scope.ts';

function requireString(value: unknown, name: string, code: number): string {
	if (typeof value === 'string') return value;
	throw new CommandError(code, `${name} requires a string argument, found: ${typeName(value)}`);
}

/** Numbers and dates count as their text, nothing as the empty string. */
const loose = (value: unknown, name: string): string => {
	if (isNullish(value)) return '';
	if (value instanceof Date || typeof value === 'string' || toNumber(value) !== undefined) return toText(value);
	throw new CommandError(16007, `can't convert from BSON type ${typeName(value)} to String for ${name}`);
};

const lower = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
const upper = (text: string) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

function concat(values: unknown[], name: string): string | null {
	return untilNull(values, (value) => requireString(value, name, 16702))?.join('') ?? null;
}

function substringOfPoints(text: unknown, start: unknown, length: unknown, name: string): string {
	const from = requireWhole(start, name, 34450);
	const count = requireWhole(length, name, 34452);
	if (from < 0) throw new CommandError(34455, `${name}: starting index must be non-negative`);
	if (count < 0) throw new CommandError(34454, `${name}: length must be non-negative`);
	return [...loose(text, name)].slice(from, from + count).join('');
}

function substringOfBytes(text: unknown, start: unknown, length: unknown, name: string): string {
	const from = Math.trunc(toNumber(start) ?? NaN);
	const count = Math.trunc(toNumber(length) ?? NaN);
	if (Number.isNaN(from) || Number.isNaN(count))
		throw new CommandError(16034, `${name}: starting index and length must be numeric`);
	if (from < 0) throw new CommandError(50752, `${name}: starting index must be non-negative`);
	const bytes = Buffer.from(loose(text, name));
	const end = count < 0 ? bytes.length : Math.min(from + count, bytes.length);
	const isInside = (at: number) => ((bytes[at] ?? 0) & 0xc0) === 0x80;
	if (isInside(from))
		throw new CommandError(28656, `${name}: Invalid range, starting index is a UTF-8 continuation byte.`);
	if (isInside(end))
		throw new CommandError(28657, `${name}: Invalid range, ending index is in the middle of a UTF-8 character.`);
	return bytes.subarray(from, end).toString();
}

function split(text: unknown, delimiter: unknown, name: string): string[] | null {
	if (isNullish(text) || isNullish(delimiter)) return null;
	const by = requireString(delimiter, name, 40086);
	if (by === '') throw new CommandError(40087, '$split requires a non-empty separator');
	return requireString(text, name, 40085).split(by);
}

const blanks = new Set('\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a');

const trim =
	(ends: 'both' | 'left' | 'right'): Operator =>
	(operand, scope, name) => {
		const { input, chars } = namedOperands(name, operand, scope, ['input'], ['chars']);
		const hasChars = 'chars' in (operand as object);
		return (doc) => {
			const text = input(doc);
			const set = hasChars ? chars(doc) : undefined;
			if (isNullish(text) || (hasChars && isNullish(set))) return null;
			const unwanted = hasChars ? new Set(requireString(set, name, 50700)) : blanks;
			const points = [...requireString(text, name, 50699)];
			let from = 0;
			let to = points.length;
			while (ends !== 'right' && from < to && unwanted.has(points[from] as string)) from++;
			while (ends !== 'left' && to > from && unwanted.has(points[to - 1] as string)) to--;
			return points.slice(from, to).join('');
		};
	};

/** Where a string first occurs in a part of another, counted in units of `units`; -1 when it does not. */
const indexIn =
	(units: (text: string) => readonly unknown[] | Uint8Array): Operator =>
	(operand, scope, name) => {
		const operands = positional(name, operand, scope, 2, 4);
		return (doc) => {
			const [text, token, ...bounds] = operands.map((one) => one(doc));
			if (isNullish(text)) return null;
			const haystack = units(requireString(text, name, 40091));
			const needle = units(requireString(token, name, 40092));
			const [from = 0, to = haystack.length] = bounds.map((bound) => requireWhole(bound, name, 40096));
			if (from < 0 || to < 0) throw new CommandError(40097, `${name} requires a nonnegative index`);
			const last = Math.min(to, haystack.length) - needle.length;
			for (let at = from; at <= last; at++) {
				let same = 0;
				while (same < needle.length && haystack[at + same] === needle[same]) same++;
				if (same === needle.length) return asInt(at);
			}
			return asInt(-1);
		};
	};

function compileReplace(operand: unknown, scope: Scope, name: string): Expression {
	const { input, find, replacement } = namedOperands(name, operand, scope, ['input', 'find', 'replacement']);
	return (doc) => {
		const values = [input(doc), find(doc), replacement(doc)];
		if (values.some(isNullish)) return null;
		const [text, old, next] = values.map((value) => requireString(value, name, 51746)) as [string, string, string];
		if (name === '$replaceOne') return text.replace(old, () => next);
		return old === '' ? `${next}${[...text].map((char) => char + next).join('')}` : text.replaceAll(old, () => next);
	};
}

export const strings: Record<string, Operator> = {
	$concat: variadic(concat),
	$toLower: unary((value, name) => lower(loose(value, name))),
	$toUpper: unary((value, name) => upper(loose(value, name))),
	$substrCP: variadic(([text, start, length], name) => substringOfPoints(text, start, length, name), 3, 3),
	$substrBytes: variadic(([text, start, length], name) => substringOfBytes(text, start, length, name), 3, 3),
	$substr: variadic(([text, start, length], name) => substringOfBytes(text, start, length, name), 3, 3),
	$strLenCP: unary((value, name) => asInt([...requireString(value, name, 34471)].length)),
	$strLenBytes: unary((value, name) => asInt(Buffer.byteLength(requireString(value, name, 34473)))),
	$strcasecmp: binary((left, right, name) =>
		asInt(Math.sign(compareStrings(upper(loose(left, name)), upper(loose(right, name))))),
	),
	$split: binary(split),
	$trim: trim('both'),
	$ltrim: trim('left'),
	$rtrim: trim('right'),
	$indexOfCP: indexIn((text) => [...text]),
	$indexOfBytes: indexIn((text) => Buffer.from(text)),
	$replaceOne: compileReplace,
	$replaceAll: compileReplace,
};
